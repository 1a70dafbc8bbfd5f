// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Frontier.Control.Versions;

/// <summary>
/// What differs between two configuration documents, path by path. Members of lists are matched by what names them, behaviors by
/// their path pattern and origins by their id, so that one more at the front is one addition. Secrets stay masked. Pure.
/// </summary>
internal static class DocumentDiff
{
    /// <summary>In a masked value's place when it became another one.</summary>
    private const string OtherMask = "(masked, another value)";

    /// <summary>The element that names a member of a list, by the name of the members; those without are their own names.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["Origin"] = "Id",
        ["OriginGroup"] = "Id",
        ["OriginGroupMember"] = "OriginId",
        ["OriginCustomHeader"] = "HeaderName",
        ["CacheBehavior"] = "PathPattern",
        ["LambdaFunctionAssociation"] = "EventType",
        ["FunctionAssociation"] = "EventType",
        ["CustomErrorResponse"] = "ErrorCode",
        ["member"] = "Name",
    };

    /// <summary>Behaviors are tried in their order, and an origin group asks its first member first.</summary>
    private static readonly string[] Ordered = ["CacheBehavior", "OriginGroupMember"];

    /// <summary>In the order of the later document. Empty when both say the same.</summary>
    public static List<DocumentChange> Between(XElement from, XElement to)
    {
        var changes = new List<DocumentChange>();
        CompareChildren(from, to, "", changes);
        return changes;
    }

    private static void Compare(XElement from, XElement to, string path, List<DocumentChange> changes)
    {
        if (DocumentJson.IsList(from))
        {
            CompareList([.. from.Elements()], [.. to.Elements()], path, changes);
        }
        else if (from.HasElements || to.HasElements)
        {
            CompareChildren(from, to, path, changes);
        }
        else if (from.Value != to.Value)
        {
            changes.Add(new DocumentChange(DocumentChangeKind.Changed, path, DocumentJson.Write(from), DocumentJson.IsSecret(to) ? OtherMask : DocumentJson.Write(to)));
        }
    }

    private static void CompareChildren(XElement from, XElement to, string path, List<DocumentChange> changes)
    {
        foreach (var name in to.Elements().Concat(from.Elements()).Select(static child => child.Name).Distinct().Where(static name => name.LocalName != DocumentJson.Quantity))
        {
            var inner = name.LocalName == DocumentJson.Items ? path : path.Length == 0 ? name.LocalName : $"{path}.{name.LocalName}";
            switch (from.Element(name), to.Element(name))
            {
                case ({ } before, { } after):
                    Compare(before, after, inner, changes);
                    break;
                case (null, { } after) when DocumentJson.IsList(after):
                    CompareList([], [.. after.Elements()], inner, changes);
                    break;
                case ({ } before, null) when DocumentJson.IsList(before):
                    CompareList([.. before.Elements()], [], inner, changes);
                    break;
                case (null, { } after):
                    changes.Add(new DocumentChange(DocumentChangeKind.Added, inner, null, DocumentJson.Write(after)));
                    break;
                case ({ } before, null):
                    changes.Add(new DocumentChange(DocumentChangeKind.Removed, inner, DocumentJson.Write(before)));
                    break;
            }
        }
    }

    private static void CompareList(List<XElement> from, List<XElement> to, string path, List<DocumentChange> changes)
    {
        // Of members with one name, which no valid document has where a name is an id, the first is compared.
        var before = from.DistinctBy(NameOf).ToDictionary(NameOf);
        var after = to.DistinctBy(NameOf).ToDictionary(NameOf);
        foreach (var gone in from.Where(member => !after.ContainsKey(NameOf(member))))
        {
            changes.Add(new DocumentChange(DocumentChangeKind.Removed, $"{path}[{NameOf(gone)}]", DocumentJson.Write(gone)));
        }

        foreach (var member in to.DistinctBy(NameOf))
        {
            var name = NameOf(member);
            if (before.TryGetValue(name, out var was))
            {
                Compare(was, member, $"{path}[{name}]", changes);
            }
            else
            {
                changes.Add(new DocumentChange(DocumentChangeKind.Added, $"{path}[{name}]", null, DocumentJson.Write(member)));
            }
        }

        string[] first = [.. from.Select(NameOf).Where(after.ContainsKey)], second = [.. to.Select(NameOf).Where(before.ContainsKey)];
        if (to.Count > 0 && Ordered.Contains(to[0].Name.LocalName) && !first.SequenceEqual(second))
        {
            changes.Add(new DocumentChange(DocumentChangeKind.Reordered, path, ToArray(first), ToArray(second)));
        }
    }

    private static string NameOf(XElement member) =>
        Names.TryGetValue(member.Name.LocalName, out var named) ? member.Elements().FirstOrDefault(child => child.Name.LocalName == named)?.Value ?? "" : member.Value;

    private static JsonArray ToArray(string[] names) => new([.. names.Select(static name => (JsonNode?)name)]);
}
