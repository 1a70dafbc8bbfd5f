// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.OriginAccess;

/// <summary>Legacy origin access identities (<c>api.md</c> §4, §6.8).</summary>
internal sealed class OriginAccessIdentityOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
{
    private const int LongestCallerReference = 255;
    private const int LongestComment = 128;

    /// <summary>The same reference and comment again are answered with the identity they made the first time (§4).</summary>
    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(OriginAccessIdentityDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => PlanCreate(catalogue, settings), cancellationToken);
        if (!changed.Failed(out error, out var row))
        {
            return RespondCreated(CatalogueLoader.ToOriginAccessIdentity(row));
        }

        var existing = error == ApiErrors.OriginAccessIdentityAlreadyExists ? FindByCaller(await loader.LoadAsync(cancellationToken), settings.CallerReference) : null;
        return existing?.Settings.SaysTheSameAs(settings) is true ? RespondCreated(existing) : error;
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request, cancellationToken) is { } identity ? Respond(identity) : ApiErrors.NoSuchOriginAccessIdentity;

    public async Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request, cancellationToken) is { } identity
            ? new ApiResponse { Root = OriginAccessIdentityDocument.WriteConfig(identity.Settings), ETag = identity.ETag }
            : ApiErrors.NoSuchOriginAccessIdentity;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request, cancellationToken) is not { } current)
        {
            return ApiErrors.NoSuchOriginAccessIdentity;
        }

        if (Preconditions.Check(request.IfMatch, current.ETag) is { } refused)
        {
            return refused;
        }

        if (request.Read(OriginAccessIdentityDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => PlanUpdate(catalogue, request.Id, request.IfMatch, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(CatalogueLoader.ToOriginAccessIdentity(row));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => PlanDelete(catalogue, request.Id, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        return paging.WriteFamilyA("CloudFrontOriginAccessIdentityList", catalogue.OriginAccessIdentities, static identity => identity.Id, OriginAccessIdentityDocument.WriteSummary)
            .Failed(out error, out var root) ? error : root;
    }

    private Outcome<PlannedChange> PlanCreate(Catalogue catalogue, OriginAccessIdentitySettings settings)
    {
        if (Check(settings) is { } fault)
        {
            return fault;
        }

        if (FindByCaller(catalogue, settings.CallerReference) is not null)
        {
            return ApiErrors.OriginAccessIdentityAlreadyExists;
        }

        return catalogue.OriginAccessIdentities.Count >= options.Quotas.OriginAccessIdentities
            ? ApiErrors.TooManyOriginAccessIdentities
            : Plan(ChangeVerb.Create, ToRow(ResourceIds.NewId(), settings), null);
    }

    private static Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, OriginAccessIdentitySettings settings)
    {
        if (catalogue.FindOriginAccessIdentity(id) is not { } current)
        {
            return ApiErrors.NoSuchOriginAccessIdentity;
        }

        if ((Preconditions.Check(ifMatch, current.ETag) ?? Check(settings)) is { } fault)
        {
            return fault;
        }

        return settings.CallerReference == current.Settings.CallerReference
            ? Plan(ChangeVerb.Update, ToRow(id, settings), current.ETag)
            : ApiErrors.IllegalUpdate.Saying("The parameter CallerReference of an origin access identity cannot be changed.");
    }

    private static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (catalogue.FindOriginAccessIdentity(id) is not { } current)
        {
            return ApiErrors.NoSuchOriginAccessIdentity;
        }

        if (Preconditions.Check(ifMatch, current.ETag) is { } fault)
        {
            return fault;
        }

        var isUsed = catalogue.Distributions.Any(distribution => distribution.Settings.Origins.Any(origin => origin.S3?.OriginAccessIdentity == current.Reference))
            || catalogue.StreamingDistributions.Any(streaming => streaming.Settings.OriginAccessIdentity == current.Reference);
        return isUsed ? ApiErrors.OriginAccessIdentityInUse : Plan(ChangeVerb.Delete, ToRow(id, current.Settings), current.ETag);
    }

    private static ApiError? Check(OriginAccessIdentitySettings settings)
    {
        var faults = new FaultList();
        faults.Require(
            settings.CallerReference.Length is > 0 and <= LongestCallerReference, ApiErrors.InvalidArgument,
            $"The parameter CallerReference must have 1 to {LongestCallerReference} characters.");
        faults.Require(settings.Comment.Length <= LongestComment, ApiErrors.InvalidArgument, $"The parameter Comment is longer than {LongestComment} characters.");
        return faults.Any ? faults.ToError() : null;
    }

    /// <summary>No change of an identity matters to an edge: it signs with a key made of the id, and the id stays.</summary>
    private static PlannedChange Plan(ChangeVerb verb, ResourceRow row, string? expectedETag) => new(verb, row, expectedETag, null)
    {
        CallerReferenceTaken = ApiErrors.OriginAccessIdentityAlreadyExists,
        NotFound = ApiErrors.NoSuchOriginAccessIdentity,
    };

    private static ResourceRow ToRow(string id, OriginAccessIdentitySettings settings) => new()
    {
        Kind = ResourceKind.OriginAccessIdentity,
        Id = id,
        CallerReference = settings.CallerReference,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(OriginAccessIdentityDocument.WriteConfig(settings)),
        ModifiedAt = default,
    };

    private static OriginAccessIdentity? FindByCaller(Catalogue catalogue, string reference) =>
        catalogue.OriginAccessIdentities.FirstOrDefault(identity => identity.Settings.CallerReference == reference);

    private async Task<OriginAccessIdentity?> FindAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.OriginAccessIdentity, request.Id, cancellationToken) is { } row ? CatalogueLoader.ToOriginAccessIdentity(row) : null;

    private static ApiResponse Respond(OriginAccessIdentity identity) => new() { Root = OriginAccessIdentityDocument.Write(identity), ETag = identity.ETag };

    private static ApiResponse RespondCreated(OriginAccessIdentity identity) => Respond(identity) with { Location = $"origin-access-identity/cloudfront/{identity.Id}" };
}
