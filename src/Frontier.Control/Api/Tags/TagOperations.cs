// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Tags;

/// <summary>Tags of the resources that have any (<c>api.md</c> §6.13, API-6.8).</summary>
internal sealed class TagOperations(IControlStore store, Publisher publisher, ControlOptions options)
{
    /// <summary>By the word that stands for the kind in ARNs (<c>api.md</c> §5.2).</summary>
    private static readonly FrozenDictionary<string, ResourceKind> Kinds = new Dictionary<string, ResourceKind>
    {
        ["distribution"] = ResourceKind.Distribution,
        [Arn.StreamingType] = ResourceKind.StreamingDistribution,
        ["function"] = ResourceKind.Function,
        ["key-value-store"] = ResourceKind.KeyValueStore,
        [Arn.TrustStoreType] = ResourceKind.TrustStore,
    }.ToFrozenDictionary();

    public IReadOnlyList<Operation> Table =>
    [
        new("TagResource", "POST", "/tagging?Operation=Tag", TagsDocument.RootName, 204, TagAsync),
        new("UntagResource", "POST", "/tagging?Operation=Untag", TagKeysDocument.RootName, 204, UntagAsync),
        new("ListTagsForResource", "GET", "/tagging", null, 200, ListAsync),
    ];

    public async Task<ApiResponse> TagAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindTarget(request).Failed(out var error, out var target) || request.Read(TagsDocument.Read).Failed(out error, out var document))
        {
            return error;
        }

        return (TagRules.Check(document.Tags, options.Quotas.TagsPerResource) ?? OwnTagRules.Check(target.Kind, document.Tags)) is { } fault
            ? fault
            : await ChangeAsync(Change(target) with { Set = document.Tags }, cancellationToken);
    }

    public async Task<ApiResponse> UntagAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindTarget(request).Failed(out var error, out var target) || request.Read(TagKeysDocument.Read).Failed(out error, out var document))
        {
            return error;
        }

        return await ChangeAsync(Change(target) with { Remove = document.Keys }, cancellationToken);
    }

    /// <summary>What a tag sets, edges are told. Should that fail after the tag is there, the caller is told and says it again, and every other change says it, too.</summary>
    private async Task<ApiResponse> ChangeAsync(TagChange change, CancellationToken cancellationToken)
    {
        var outcome = await store.ChangeTagsAsync(change, cancellationToken);
        return outcome is TagOutcome.Applied && change.Set.Select(static tag => tag.Key).Concat(change.Remove).Any(static key => key.StartsWith(OwnTag.Prefix, StringComparison.Ordinal))
            && (await publisher.ChangeAsync(catalogue => DistributionPlans.PlanRepetition(catalogue, change.Id), cancellationToken)).Failed(out var error, out _)
            ? error
            : ToResponse(outcome);
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindTarget(request).Failed(out var error, out var target))
        {
            return error;
        }

        return await store.ReadTagsAsync(target.Kind, target.Id, cancellationToken) is { } tags ? TagsDocument.Write(tags) : ApiErrors.NoSuchResource;
    }

    private TagChange Change(Target target) => new(target.Kind, target.Id, [], [], options.Quotas.TagsPerResource) { Audit = AuditScope.Current };

    private ApiResponse ToResponse(TagOutcome outcome) => outcome switch
    {
        TagOutcome.Applied => ApiResponse.Empty,
        TagOutcome.NotFound => ApiErrors.NoSuchResource,
        TagOutcome.TooMany => ApiErrors.InvalidTagging.Saying($"A resource may have at most {options.Quotas.TagsPerResource} tags."),
    };

    private Outcome<Target> FindTarget(ApiRequest request)
    {
        if (!Arn.TryParse(request.QueryValue("Resource"), out var account, out var type, out var id))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter Resource is not a CloudFront ARN.");
        }

        return account == options.AccountId && Kinds.TryGetValue(type, out var kind) ? new Target(kind, id) : ApiErrors.NoSuchResource;
    }

    private sealed record Target(ResourceKind Kind, string Id);
}
