// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Feed;
using Frontier.Control.Planning;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Distributions;

/// <summary>Distributions: create, get, update, delete, list (<c>api.md</c> §6.1, §6.2).</summary>
internal sealed class DistributionOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, EdgeRegistry edges, LintLog lint, ControlOptions options)
{
    private readonly DistributionPlans _plans = new(options);

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateDistributionWithTags", "POST", "/distribution?WithTags", DistributionWithTagsDocument.RootName, 201, CreateWithTagsAsync),
        new("CreateDistribution", "POST", "/distribution", DistributionWriter.RootName, 201, CreateAsync),
        new("ListDistributions", "GET", "/distribution", null, 200, ListAsync),
        new("GetDistribution", "GET", "/distribution/{Id}", null, 200, GetAsync),
        new("GetDistributionConfig", "GET", "/distribution/{Id}/config", null, 200, GetConfigAsync),
        new("UpdateDistribution", "PUT", "/distribution/{Id}/config", DistributionWriter.RootName, 200, UpdateAsync),
        new("DeleteDistribution", "DELETE", "/distribution/{Id}", null, 204, DeleteAsync),
    ];

    public Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken) =>
        request.Read(DistributionReader.Read).Failed(out var error, out var settings)
            ? Task.FromResult<ApiResponse>(error)
            : CreateAsync(settings, [], cancellationToken);

    public async Task<ApiResponse> CreateWithTagsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(DistributionWithTagsDocument.Read).Failed(out var error, out var document))
        {
            return error;
        }

        return (Tags.TagRules.Check(document.Tags, options.Quotas.TagsPerResource) ?? Tags.OwnTagRules.Check(ResourceKind.Distribution, document.Tags)) is { } fault ? fault : await CreateAsync(document.Settings, document.Tags, cancellationToken);
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await edges.SettleAsync(cancellationToken);
        return await FindAsync(request.Id, cancellationToken) is { } distribution
            ? new ApiResponse { Root = await WriteAsync(distribution, cancellationToken), ETag = distribution.ETag }
            : ApiErrors.NoSuchDistribution;
    }

    public async Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } distribution
            ? new ApiResponse { Root = DistributionWriter.Write(distribution.Settings), ETag = distribution.ETag }
            : ApiErrors.NoSuchDistribution;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        if (await CheckTargetAsync(request, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (request.Read(DistributionReader.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanUpdate(catalogue, request.Id, request.IfMatch, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : await RespondAsync(row, cancellationToken);
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await edges.SettleAsync(cancellationToken);
        var changed = await publisher.ChangeAsync(catalogue => DistributionPlans.PlanDelete(catalogue, request.Id, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await ListWhereAsync(request, static _ => true, cancellationToken);

    /// <summary>The literal id <c>null</c> asks for those without a web ACL (API-6.19).</summary>
    public async Task<ApiResponse> ListByWebAclAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Id == "null" ? "" : request.Id;
        return await ListWhereAsync(request, distribution => distribution.Settings.WebAclId == wanted, cancellationToken);
    }

    /// <summary>Every distribution is of mode <c>direct</c>.</summary>
    public async Task<ApiResponse> ListByConnectionModeAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Vocabulary.ConnectionMode.Contains(request.Id)
            ? await ListWhereAsync(request, distribution => distribution.Settings.ConnectionMode == request.Id, cancellationToken)
            : ApiErrors.InvalidArgument.Saying($"The parameter ConnectionMode must be one of {string.Join(", ", Vocabulary.ConnectionMode)}.");

    /// <summary>The ids of the distributions any of whose behaviors satisfy a condition.</summary>
    public async Task<ApiResponse> ListIdsAsync(ApiRequest request, Func<CacheBehavior, bool> condition, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        var ids = catalogue.Distributions.Where(distribution => distribution.Settings.AllBehaviors.Any(condition)).Select(distribution => distribution.Id).ToList();
        return paging.WriteFamilyA("DistributionIdList", ids, static id => id, static id => XmlNames.Element("DistributionId", id)).Failed(out error, out var root) ? error : root;
    }

    /// <summary>A page of the distributions that satisfy a condition.</summary>
    public async Task<ApiResponse> ListWhereAsync(Paging paging, Func<Distribution, bool> condition, CancellationToken cancellationToken)
    {
        await edges.SettleAsync(cancellationToken);
        var catalogue = await loader.LoadAsync(cancellationToken);
        var chosen = catalogue.Distributions.Where(condition).ToList();
        return paging.WriteFamilyA("DistributionList", chosen, static one => one.Id, one => DistributionDocument.WriteSummary(one, options.AccountId)).Failed(out var error, out var root)
            ? error
            : root;
    }

    private async Task<ApiResponse> CreateAsync(DistributionSettings settings, IReadOnlyList<TagRow> tags, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, settings, tags), cancellationToken);
        return changed.Failed(out var error, out var row)
            ? error
            : await RespondAsync(row, cancellationToken) with { Location = $"distribution/{row.Id}" };
    }

    /// <summary>What is answered for a distribution that was just stored.</summary>
    public async Task<ApiResponse> RespondAsync(ResourceRow row, CancellationToken cancellationToken)
    {
        lint.Report(row.Id);
        var distribution = CatalogueLoader.ToDistribution(row);
        return new ApiResponse { Root = await WriteAsync(distribution, cancellationToken), ETag = distribution.ETag };
    }

    private async Task<ApiResponse> ListWhereAsync(ApiRequest request, Func<Distribution, bool> condition, CancellationToken cancellationToken) =>
        Paging.Read(request).Failed(out var error, out var paging) ? error : await ListWhereAsync(paging, condition, cancellationToken);

    private async Task<ApiError?> CheckTargetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.Distribution, request.Id, cancellationToken) is { } row ? Preconditions.Check(request.IfMatch, row.ETag) : ApiErrors.NoSuchDistribution;

    private async Task<Distribution?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.Distribution, id, cancellationToken) is { } row ? CatalogueLoader.ToDistribution(row) : null;

    private async Task<XElement> WriteAsync(Distribution distribution, CancellationToken cancellationToken)
    {
        var open = await store.CountOpenInvalidationsAsync(cancellationToken);
        var isSigned = distribution.Settings.AllBehaviors.Any(static behavior => behavior.TrustedKeyGroups.Enabled || behavior.TrustedSigners.Enabled);
        var keyGroups = isSigned ? (await loader.LoadAsync(cancellationToken)).KeyGroups : [];
        return DistributionDocument.Write(distribution, options.AccountId, open.GetValueOrDefault(distribution.Id), keyGroups);
    }
}
