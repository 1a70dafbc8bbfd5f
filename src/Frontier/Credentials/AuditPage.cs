// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Frontier.Control.OwnApi;

namespace Frontier.Credentials;

/// <summary>Entries of the audit log as a terminal shows them: one line each, or with what changed in its documents below.</summary>
internal static class AuditPage
{
    public static string Text(IEnumerable<AuditEntryDocument> entries, bool withChanges)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.AppendLine(Line(entry));
            if (withChanges)
            {
                AppendChanges(text, entry);
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string Line(AuditEntryDocument entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {entry.AccessKeyId,-20}  {entry.Source,-15}  {entry.Operation,-24}  {$"{entry.ResourceType} {entry.ResourceId}".Trim()}{Result(entry)}").TrimEnd();

    private static string Result(AuditEntryDocument entry) =>
        entry.Error is { } error ? $"  REFUSED: {error}" : entry is { ETagBefore: null, ETagAfter: null } ? "" : $"  {entry.ETagBefore ?? "-"} -> {entry.ETagAfter ?? "-"}";

    /// <summary>Lines that only one of both documents has.</summary>
    private static void AppendChanges(StringBuilder text, AuditEntryDocument entry)
    {
        var (before, after) = (Lines(entry.Before), Lines(entry.After));
        foreach (var line in before.Except(after))
        {
            text.Append("    - ").AppendLine(line);
        }

        foreach (var line in after.Except(before))
        {
            text.Append("    + ").AppendLine(line);
        }
    }

    /// <summary>The values of a document, each with the path to it; of one that was cut the text itself.</summary>
    private static List<string> Lines(string? document)
    {
        if (document is null)
        {
            return [];
        }

        try
        {
            return [.. XElement.Parse(document).Descendants().Where(static element => !element.HasElements).Select(static element => $"{PathOf(element)} = {element.Value}")];
        }
        catch (XmlException)
        {
            return [document];
        }
    }

    private static string PathOf(XElement element) => string.Join('.', element.AncestorsAndSelf().Reverse().Skip(1).Select(static part => part.Name.LocalName));
}
