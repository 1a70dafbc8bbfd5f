// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.RealtimeLogs;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.RealtimeLogs;

/// <summary>Real-time log configurations, which requests name in their bodies (<c>api.md</c> §6.16, API-6.1, API-6.17).</summary>
internal sealed class RealtimeLogOperations(DistributionOperations distributions, IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
{
    private readonly RealtimeLogPlans _plans = new(options);

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateRealtimeLogConfig", "POST", "/realtime-log-config", "CreateRealtimeLogConfigRequest", 201, CreateAsync),
        new("GetRealtimeLogConfig", "POST", "/get-realtime-log-config", "GetRealtimeLogConfigRequest", 200, GetAsync) { MayEndInSlash = true },
        new("UpdateRealtimeLogConfig", "PUT", "/realtime-log-config", "UpdateRealtimeLogConfigRequest", 200, UpdateAsync) { MayEndInSlash = true },
        new("DeleteRealtimeLogConfig", "POST", "/delete-realtime-log-config", "DeleteRealtimeLogConfigRequest", 204, DeleteAsync) { MayEndInSlash = true },
        new("ListRealtimeLogConfigs", "GET", "/realtime-log-config", null, 200, ListAsync),
        new("ListDistributionsByRealtimeLogConfig", "POST", "/distributionsByRealtimeLogConfig", RealtimeLogQuery.RootName, 200, ListDistributionsAsync) { MayEndInSlash = true },
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(RealtimeLogDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, settings), cancellationToken);
        return changed.Failed(out error, out _) ? error : Respond("CreateRealtimeLogConfigResult", settings);
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(RealtimeLogTarget.Read).Failed(out var error, out var target) || target.FindName(options.AccountId).Failed(out error, out var name))
        {
            return error;
        }

        return await FindAsync(name, cancellationToken) is { } settings ? Respond("GetRealtimeLogConfigResult", settings) : ApiErrors.NoSuchRealtimeLogConfig;
    }

    /// <summary>Every member is replaced, so every member is required.</summary>
    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(RealtimeLogTarget.Read).Failed(out var error, out var target) || target.FindName(options.AccountId).Failed(out error, out var name))
        {
            return error;
        }

        if (await FindAsync(name, cancellationToken) is null)
        {
            return ApiErrors.NoSuchRealtimeLogConfig;
        }

        if (request.Read(root => RealtimeLogDocument.Read(root, name)).Failed(out error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => RealtimeLogPlans.PlanUpdate(catalogue, settings), cancellationToken);
        return changed.Failed(out error, out _) ? error : Respond("UpdateRealtimeLogConfigResult", settings);
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(RealtimeLogTarget.Read).Failed(out var error, out var target) || target.FindName(options.AccountId).Failed(out error, out var name))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, name), cancellationToken);
        return changed.Failed(out error, out _) ? error : ApiResponse.Empty;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        if (paging.WriteFamilyA("RealtimeLogConfigs", catalogue.RealtimeLogs, static log => log.Id, log => Write(log.Settings, "member")).Failed(out error, out var root))
        {
            return error;
        }

        // The one list of its family without a Quantity (§5.1).
        root.Elements(XmlNames.Api + "Quantity").Remove();
        return root;
    }

    /// <summary>The one list of distributions that takes what it is asked by in a body (§6.2).</summary>
    public async Task<ApiResponse> ListDistributionsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(RealtimeLogQuery.Read).Failed(out var error, out var query)
            || Paging.Read(query.Marker, query.MaxItems).Failed(out error, out var paging)
            || query.Target.FindName(options.AccountId).Failed(out error, out var name))
        {
            return error;
        }

        if (await FindAsync(name, cancellationToken) is null)
        {
            // Of the errors that this operation has, the one that fits.
            return ApiErrors.InvalidArgument.Saying(ApiErrors.NoSuchRealtimeLogConfig.Message);
        }

        var arn = Arn.OfRealtimeLog(options.AccountId, name);
        return await distributions.ListWhereAsync(
            paging, distribution => distribution.Settings.AllBehaviors.Any(behavior => behavior.RealtimeLogConfigArn == arn), cancellationToken);
    }

    private async Task<RealtimeLogSettings?> FindAsync(string name, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.RealtimeLogConfig, name, cancellationToken) is { } row ? CatalogueLoader.ToResource(row, RealtimeLogDocument.Read).Settings : null;

    private ApiResponse Respond(string root, RealtimeLogSettings settings) => Element(root, Write(settings, "RealtimeLogConfig"));

    private XElement Write(RealtimeLogSettings settings, string element) =>
        RealtimeLogDocument.Write(Arn.OfRealtimeLog(options.AccountId, settings.Name), settings, element);
}
