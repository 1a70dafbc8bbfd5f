// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Deployment;

/// <summary>Continuous deployment policies (<c>api.md</c> §6.18, API-6.15).</summary>
internal sealed class ContinuousDeploymentOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
{
    public const string Path = "continuous-deployment-policy";

    private readonly ContinuousDeploymentPlans _plans = new(options);

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateContinuousDeploymentPolicy", "POST", "/" + Path, ContinuousDeploymentPolicyDocument.RootName, 201, CreateAsync),
        new("ListContinuousDeploymentPolicies", "GET", "/" + Path, null, 200, ListAsync),
        new("GetContinuousDeploymentPolicy", "GET", "/" + Path + "/{Id}", null, 200, GetAsync),
        new("GetContinuousDeploymentPolicyConfig", "GET", "/" + Path + "/{Id}/config", null, 200, GetConfigAsync),
        new("UpdateContinuousDeploymentPolicy", "PUT", "/" + Path + "/{Id}", ContinuousDeploymentPolicyDocument.RootName, 200, UpdateAsync),
        new("DeleteContinuousDeploymentPolicy", "DELETE", "/" + Path + "/{Id}", null, 204, DeleteAsync),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(ContinuousDeploymentPolicyDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(row) with { Location = $"{Path}/{row.Id}" };
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } row ? Respond(row) : ApiErrors.NoSuchContinuousDeploymentPolicy;

    public async Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } row
            ? new ApiResponse { Root = ContinuousDeploymentPolicyDocument.WriteConfig(CatalogueLoader.ToContinuousDeploymentPolicy(row).Settings), ETag = row.ETag }
            : ApiErrors.NoSuchContinuousDeploymentPolicy;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        if (await FindAsync(request.Id, cancellationToken) is not { } before)
        {
            return ApiErrors.NoSuchContinuousDeploymentPolicy;
        }

        if (Preconditions.Check(request.IfMatch, before.ETag) is { } refused)
        {
            return refused;
        }

        if (request.Read(ContinuousDeploymentPolicyDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => ContinuousDeploymentPlans.PlanUpdate(catalogue, request.Id, request.IfMatch, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(row);
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => ContinuousDeploymentPlans.PlanDelete(catalogue, request.Id, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var policies = (await loader.LoadAsync(cancellationToken)).ContinuousDeploymentPolicies;
        return paging.WriteFamilyB("ContinuousDeploymentPolicyList", policies, static policy => policy.Id, ContinuousDeploymentPolicyDocument.WriteSummary)
            .Failed(out error, out var root) ? error : root;
    }

    private Task<ResourceRow?> FindAsync(string id, CancellationToken cancellationToken) => store.FindResourceAsync(ResourceKind.ContinuousDeploymentPolicy, id, cancellationToken);

    private static ApiResponse Respond(ResourceRow row) =>
        new() { Root = ContinuousDeploymentPolicyDocument.Write(CatalogueLoader.ToContinuousDeploymentPolicy(row)), ETag = row.ETag };
}
