// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Feed;
using Frontier.Control.Invalidations;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Invalidations;

/// <summary>Invalidations (<c>api.md</c> §6.3, API-6.20; <c>dataplane.md</c> §27).</summary>
internal sealed class InvalidationOperations(IControlStore store, FeedState feed, EdgeRegistry edges, ControlOptions options, TimeProvider time)
{
    private const int LongestCallerReference = 255;

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateInvalidation", "POST", "/distribution/{DistributionId}/invalidation", InvalidationDocument.RootName, 201, CreateAsync),
        new("ListInvalidations", "GET", "/distribution/{DistributionId}/invalidation", null, 200, ListAsync),
        new("GetInvalidation", "GET", "/distribution/{DistributionId}/invalidation/{Id}", null, 200, GetAsync),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var distributionId = request.PathValues["DistributionId"];
        if (await store.FindResourceAsync(ResourceKind.Distribution, distributionId, cancellationToken) is not { } row)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (request.Read(InvalidationDocument.Read).Failed(out var error, out var document))
        {
            return error;
        }

        if (document.CallerReference.Length is 0 or > LongestCallerReference)
        {
            return ApiErrors.InvalidArgument.Saying($"The parameter CallerReference must have 1 to {LongestCallerReference} characters.");
        }

        var settings = CatalogueLoader.ToDistribution(row).Settings;
        if (InvalidationPaths.Check(document.Paths, options.Quotas.InvalidationPaths, settings.CacheTagHeaderName is not null) is { } fault)
        {
            return fault;
        }

        await edges.SettleAsync(cancellationToken);
        var invalidation = new InvalidationRow
        {
            DistributionId = distributionId,
            Id = ResourceIds.NewInvalidationId(),
            CallerReference = document.CallerReference,
            Paths = document.Paths,
            EffectivePaths = InvalidationPaths.Effective(document.Paths, settings.DefaultRootObject),
            CreatedAt = time.GetUtcNow(),
        };
        return await AppendAsync(invalidation);
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var distributionId = request.PathValues["DistributionId"];
        if (await store.FindResourceAsync(ResourceKind.Distribution, distributionId, cancellationToken) is null)
        {
            return ApiErrors.NoSuchDistribution;
        }

        await edges.SettleAsync(cancellationToken);
        return await store.FindInvalidationAsync(distributionId, request.Id, cancellationToken) is { } row ? InvalidationDocument.Write(row) : ApiErrors.NoSuchInvalidation;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var distributionId = request.PathValues["DistributionId"];
        if (await store.FindResourceAsync(ResourceKind.Distribution, distributionId, cancellationToken) is null)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        await edges.SettleAsync(cancellationToken);
        var marker = paging.Marker.Length == 0 ? null : paging.Marker;
        if (await store.ListInvalidationsAsync(distributionId, marker, paging.MaxItems + 1, cancellationToken) is not { } rows)
        {
            return ApiErrors.InvalidArgument.Saying("The parameter Marker is not valid.");
        }

        var page = rows.Take(paging.MaxItems).ToList();
        return paging.WriteFamilyA("InvalidationList", page, rows.Length > page.Count ? page[^1].Id : null, InvalidationDocument.WriteSummary);
    }

    /// <summary>Not cancelled with the caller: what is committed must reach the edges.</summary>
    private async Task<ApiResponse> AppendAsync(InvalidationRow invalidation)
    {
        var quotas = options.Quotas;
        var appended = await store.AppendInvalidationAsync(
            new NewInvalidation(invalidation, quotas.InvalidationPaths, quotas.InvalidationWildcards, options.InvalidationLogKept) { Audit = AuditScope.Current }, CancellationToken.None);
        switch (appended.Outcome)
        {
            case AppendOutcome.Appended:
                feed.Extend(appended.Row!.Sequence, appended.Row.Sequence - options.InvalidationLogKept + 1);
                return Respond(appended.Row);
            case AppendOutcome.Existing:
                return appended.Row!.Paths.Order(StringComparer.Ordinal).SequenceEqual(invalidation.Paths.Order(StringComparer.Ordinal))
                    ? Respond(appended.Row)
                    : ApiErrors.InvalidationBatchAlreadyExists;
            case AppendOutcome.NoSuchDistribution:
                return ApiErrors.NoSuchDistribution;
            case AppendOutcome.TooManyPaths:
                return ApiErrors.TooManyInvalidations;
            case AppendOutcome.TooManyWildcards:
                return ApiErrors.TooManyWildcardInvalidations;
            default:
                throw new InvalidOperationException($"The store answered {appended.Outcome}.");
        }
    }

    private static ApiResponse Respond(InvalidationRow row) =>
        new() { Root = InvalidationDocument.Write(row), Location = $"distribution/{row.DistributionId}/invalidation/{row.Id}" };
}
