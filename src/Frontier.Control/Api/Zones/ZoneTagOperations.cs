// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Tags;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>Tags of hosted zones and health checks.</summary>
internal sealed class ZoneTagOperations(ZoneParts parts)
{
    /// <summary>Resources of one request.</summary>
    private const int MostResources = 10;

    private static readonly FrozenDictionary<string, ResourceKind> Kinds = new Dictionary<string, ResourceKind>
    {
        ["hostedzone"] = ResourceKind.HostedZone,
        ["healthcheck"] = ResourceKind.HealthCheck,
    }.ToFrozenDictionary();

    public IReadOnlyList<Operation> Table =>
    [
        Route53Xml.New("ChangeTagsForResource", "POST", "tags/{Type}/{Id}", "ChangeTagsForResourceRequest", 200, ChangeAsync),
        Route53Xml.New("ListTagsForResource", "GET", "tags/{Type}/{Id}", null, 200, ListAsync),
        Route53Xml.New("ListTagsForResources", "POST", "tags/{Type}", "ListTagsForResourcesRequest", 200, ListSeveralAsync) with { IsRead = true },
    ];

    public async Task<ApiResponse> ChangeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindKind(request).Failed(out var error, out var kind) || Route53Xml.Read(request, ReadChange).Failed(out error, out var change))
        {
            return error;
        }

        var limit = parts.Options.Quotas.TagsPerZone;
        if (TagRules.Check(change.Set, limit) is { } fault)
        {
            return Route53Errors.InvalidInput.Saying(fault.Message);
        }

        var id = Route53Xml.BareId(request.Id);
        return await parts.Store.ChangeTagsAsync(new TagChange(kind.Kind, id, change.Set, change.Remove, limit) { Audit = AuditScope.Current }, cancellationToken) switch
        {
            TagOutcome.Applied => Route53Xml.Respond("ChangeTagsForResource"),
            TagOutcome.NotFound => kind.Missing(id),
            TagOutcome.TooMany => Route53Errors.InvalidInput.Saying($"A resource may have at most {limit} tags."),
        };
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindKind(request).Failed(out var error, out var kind) || (await ReadAsync(kind, Route53Xml.BareId(request.Id), cancellationToken)).Failed(out error, out var set))
        {
            return error;
        }

        return Route53Xml.Respond("ListTagsForResource", set);
    }

    public async Task<ApiResponse> ListSeveralAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindKind(request).Failed(out var error, out var kind) || Route53Xml.Read(request, ReadIds).Failed(out error, out var ids))
        {
            return error;
        }

        if (ids.Count is 0 or > MostResources)
        {
            return Route53Errors.InvalidInput.Saying($"ResourceIds must name 1 to {MostResources} resources.");
        }

        List<XElement> sets = [];
        foreach (var id in ids)
        {
            if ((await ReadAsync(kind, Route53Xml.BareId(id), cancellationToken)).Failed(out error, out var set))
            {
                return error;
            }

            sets.Add(set);
        }

        return Route53Xml.Respond("ListTagsForResources", Element("ResourceTagSets", sets));
    }

    private async Task<Outcome<XElement>> ReadAsync(TaggedKind kind, string id, CancellationToken cancellationToken) =>
        await parts.Store.ReadTagsAsync(kind.Kind, id, cancellationToken) is { } tags
            ? Element(
                "ResourceTagSet",
                Element("ResourceType", kind.Word),
                Element("ResourceId", id),
                Element("Tags", tags.Select(static tag => Element("Tag", Element("Key", tag.Key), Element("Value", tag.Value)))))
            : kind.Missing(id);

    private static Outcome<TaggedKind> FindKind(ApiRequest request)
    {
        var word = request.PathValues["Type"];
        return Kinds.TryGetValue(word, out var kind)
            ? new TaggedKind(word, kind)
            : Route53Errors.InvalidInput.Saying($"The resource type '{word}' is none of {string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static ReadTags ReadChange(ElementReader root) => new(
        root.Child("AddTags")?.Members("Tag", static tag => new TagRow(tag.RequiredText("Key"), tag.Text("Value") ?? "")) ?? [],
        root.Child("RemoveTagKeys")?.Members("Key", static key => key.Value) ?? []);

    private static IReadOnlyList<string> ReadIds(ElementReader root) => root.RequiredChild("ResourceIds").Members("ResourceId", static id => id.Value.Trim());

    private sealed record ReadTags(ImmutableArray<TagRow> Set, ImmutableArray<string> Remove);

    private sealed record TaggedKind(string Word, ResourceKind Kind)
    {
        public ApiError Missing(string id) => Kind == ResourceKind.HostedZone
            ? Route53Errors.NoSuchHostedZone.Saying($"No hosted zone found with ID: {id}")
            : Route53Errors.NoSuchHealthCheck.Saying($"No health check exists with the specified ID: {id}");
    }
}
