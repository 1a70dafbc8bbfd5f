// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.OriginAccess;

/// <summary>Origin access controls (<c>api.md</c> §6.7, API-6.14).</summary>
internal sealed class OriginAccessControlOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
{
    private const int LongestName = 64;
    private const int LongestDescription = 256;

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(OriginAccessControlDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => PlanCreate(catalogue, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(row) with { Location = $"origin-access-control/{row.Id}" };
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.OriginAccessControl, request.Id, cancellationToken) is { } row ? Respond(row) : ApiErrors.NoSuchOriginAccessControl;

    public async Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.OriginAccessControl, request.Id, cancellationToken) is { } row
            ? new ApiResponse { Root = OriginAccessControlDocument.WriteConfig(CatalogueLoader.ToOriginAccessControl(row).Settings), ETag = row.ETag }
            : ApiErrors.NoSuchOriginAccessControl;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (await store.FindResourceAsync(ResourceKind.OriginAccessControl, request.Id, cancellationToken) is not { } row)
        {
            return ApiErrors.NoSuchOriginAccessControl;
        }

        if (Preconditions.Check(request.IfMatch, row.ETag) is { } refused)
        {
            return refused;
        }

        if (request.Read(OriginAccessControlDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => PlanUpdate(catalogue, request.Id, request.IfMatch, settings), cancellationToken);
        return changed.Failed(out error, out row) ? error : Respond(row);
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
        return paging.WriteFamilyA("OriginAccessControlList", catalogue.OriginAccessControls, static control => control.Id, OriginAccessControlDocument.WriteSummary)
            .Failed(out error, out var root) ? error : root;
    }

    private Outcome<PlannedChange> PlanCreate(Catalogue catalogue, OriginAccessControlSettings settings)
    {
        if (Check(catalogue, null, settings) is { } fault)
        {
            return fault;
        }

        return catalogue.OriginAccessControls.Count >= options.Quotas.OriginAccessControls
            ? ApiErrors.TooManyOriginAccessControls
            : Plan(ChangeVerb.Create, ToRow(ResourceIds.NewId(), settings), null, null);
    }

    private static Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, OriginAccessControlSettings settings)
    {
        if (catalogue.FindOriginAccessControl(id) is not { } current)
        {
            return ApiErrors.NoSuchOriginAccessControl;
        }

        if ((Preconditions.Check(ifMatch, current.ETag) ?? Check(catalogue, id, settings)) is { } fault)
        {
            return fault;
        }

        if (IsUsed(catalogue, id) && settings.OriginType != current.Settings.OriginType)
        {
            return ApiErrors.IllegalUpdate.Saying("The origin type of an origin access control cannot be changed while a distribution uses it.");
        }

        var row = ToRow(id, settings);
        var after = new OriginAccessControl(id, row.ETag, settings);
        return Plan(
            ChangeVerb.Update, row, current.ETag,
            catalogue with { OriginAccessControls = [.. catalogue.OriginAccessControls.Select(other => other.Id == id ? after : other)] });
    }

    private static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (catalogue.FindOriginAccessControl(id) is not { } current)
        {
            return ApiErrors.NoSuchOriginAccessControl;
        }

        if (Preconditions.Check(ifMatch, current.ETag) is { } fault)
        {
            return fault;
        }

        return IsUsed(catalogue, id) ? ApiErrors.OriginAccessControlInUse : Plan(ChangeVerb.Delete, ToRow(id, current.Settings), current.ETag, null);
    }

    private static bool IsUsed(Catalogue catalogue, string id) =>
        catalogue.Distributions.Any(distribution => distribution.Settings.Origins.Any(origin => origin.OriginAccessControlId == id));

    private static ApiError? Check(Catalogue catalogue, string? ownId, OriginAccessControlSettings settings)
    {
        var faults = new FaultList();
        faults.Require(settings.Name.Length is > 0 and <= LongestName, ApiErrors.InvalidArgument, $"The parameter Name must have 1 to {LongestName} characters.");
        faults.Require(settings.Description.Length <= LongestDescription, ApiErrors.InvalidArgument, $"The parameter Description is longer than {LongestDescription} characters.");
        if (catalogue.OriginAccessControls.Any(other => other.Id != ownId && other.Settings.Name == settings.Name))
        {
            faults.Add(ApiErrors.OriginAccessControlAlreadyExists);
        }

        return faults.Any ? faults.ToError() : null;
    }

    private static PlannedChange Plan(ChangeVerb verb, ResourceRow row, string? expectedETag, Catalogue? after) => new(verb, row, expectedETag, after)
    {
        NameTaken = ApiErrors.OriginAccessControlAlreadyExists,
        NotFound = ApiErrors.NoSuchOriginAccessControl,
    };

    private static ResourceRow ToRow(string id, OriginAccessControlSettings settings) => new()
    {
        Kind = ResourceKind.OriginAccessControl,
        Id = id,
        Name = settings.Name,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(OriginAccessControlDocument.WriteConfig(settings)),
        ModifiedAt = default,
    };

    private static ApiResponse Respond(ResourceRow row) => new() { Root = OriginAccessControlDocument.Write(CatalogueLoader.ToOriginAccessControl(row)), ETag = row.ETag };
}
