// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Monitoring;

/// <summary>Monitoring subscriptions: one a distribution, without an ETag (<c>api.md</c> §6.17, API-6.1, API-6.18).</summary>
internal sealed class MonitoringOperations(IControlStore store, Publisher publisher)
{
    private const string Path = "/distributions/{DistributionId}/monitoring-subscription";

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateMonitoringSubscription", "POST", Path, MonitoringDocument.RootName, 200, CreateAsync) { MayEndInSlash = true },
        new("GetMonitoringSubscription", "GET", Path, null, 200, GetAsync) { MayEndInSlash = true },
        new("DeleteMonitoringSubscription", "DELETE", Path, null, 200, DeleteAsync) { MayEndInSlash = true },
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var distributionId = request.PathValues["DistributionId"];
        if (!await HasDistributionAsync(distributionId, cancellationToken))
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (request.Read(MonitoringDocument.Read).Failed(out var error, out var subscription))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => MonitoringPlans.PlanCreate(catalogue, distributionId, subscription), cancellationToken);
        return changed.Failed(out error, out _) ? error : MonitoringDocument.Write(subscription);
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var distributionId = request.PathValues["DistributionId"];
        if (!await HasDistributionAsync(distributionId, cancellationToken))
        {
            return ApiErrors.NoSuchDistribution;
        }

        return await store.FindResourceAsync(ResourceKind.MonitoringSubscription, distributionId, cancellationToken) is { } row
            ? MonitoringDocument.Write(CatalogueLoader.ToResource(row, MonitoringDocument.Read).Settings)
            : ApiErrors.NoSuchMonitoringSubscription;
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var distributionId = request.PathValues["DistributionId"];
        if (!await HasDistributionAsync(distributionId, cancellationToken))
        {
            return ApiErrors.NoSuchDistribution;
        }

        var changed = await publisher.ChangeAsync(catalogue => MonitoringPlans.PlanDelete(catalogue, distributionId), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    private async Task<bool> HasDistributionAsync(string id, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.Distribution, id, cancellationToken) is not null;
}
