// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.FieldEncryption;
using Frontier.Control.Api.Keys;
using Frontier.Control.Api.Monitoring;
using Frontier.Control.Api.OriginAccess;
using Frontier.Control.Api.RealtimeLogs;
using Frontier.Control.Api.Streaming;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Resources;

/// <summary>The part of the table that origin access, keys, field-level encryption, real-time logs, monitoring and streaming distributions have (<c>api.md</c> §6.7 to §6.19).</summary>
internal static class VersionedTable
{
    public static IReadOnlyList<Operation> Build(DistributionOperations distributions, IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
    {
        var groups = Operations(KeyKinds.KeyGroups);
        var streaming = Operations(StreamingKind.Of(options));
        var streamingWithTags = new StreamingOperations(streaming, options);
        var logs = new RealtimeLogOperations(distributions, store, loader, publisher, options);
        var monitoring = new MonitoringOperations(store, publisher);
        return
        [
            .. Of(Operations(OriginAccessKinds.Controls)),
            .. Of(Operations(OriginAccessKinds.Identities)),

            .. Of(Operations(KeyKinds.PublicKeys)),
            .. Of(groups),
            new("ListDistributionsByKeyGroup", "GET", "/distributionsByKeyGroupId/{Id}", null, 200, ByKeyGroup(distributions, groups)),

            .. Of(Operations(FieldEncryptionKinds.Configs)),
            .. Of(Operations(FieldEncryptionKinds.Profiles)),

            new("CreateRealtimeLogConfig", "POST", "/realtime-log-config", "CreateRealtimeLogConfigRequest", 201, logs.CreateAsync),
            new("GetRealtimeLogConfig", "POST", "/get-realtime-log-config", "GetRealtimeLogConfigRequest", 200, logs.GetAsync) { MayEndInSlash = true },
            new("UpdateRealtimeLogConfig", "PUT", "/realtime-log-config", "UpdateRealtimeLogConfigRequest", 200, logs.UpdateAsync) { MayEndInSlash = true },
            new("DeleteRealtimeLogConfig", "POST", "/delete-realtime-log-config", "DeleteRealtimeLogConfigRequest", 204, logs.DeleteAsync) { MayEndInSlash = true },
            new("ListRealtimeLogConfigs", "GET", "/realtime-log-config", null, 200, logs.ListAsync),
            new("ListDistributionsByRealtimeLogConfig", "POST", "/distributionsByRealtimeLogConfig", RealtimeLogQuery.RootName, 200, logs.ListDistributionsAsync) { MayEndInSlash = true },

            new("CreateMonitoringSubscription", "POST", "/distributions/{DistributionId}/monitoring-subscription", MonitoringDocument.RootName, 200, monitoring.CreateAsync) { MayEndInSlash = true },
            new("GetMonitoringSubscription", "GET", "/distributions/{DistributionId}/monitoring-subscription", null, 200, monitoring.GetAsync) { MayEndInSlash = true },
            new("DeleteMonitoringSubscription", "DELETE", "/distributions/{DistributionId}/monitoring-subscription", null, 200, monitoring.DeleteAsync) { MayEndInSlash = true },

            new("CreateStreamingDistributionWithTags", "POST", "/streaming-distribution?WithTags", StreamingWithTagsDocument.RootName, 201, streamingWithTags.CreateWithTagsAsync),
            .. Of(streaming),
        ];

        VersionedOperations<T> Operations<T>(VersionedKind<T> kind)
            where T : class =>
            new(kind, store, loader, publisher, options);
    }

    /// <summary>API-6.2: some kinds are updated at their own path, others at their configuration's.</summary>
    private static IEnumerable<Operation> Of<T>(VersionedOperations<T> resources)
        where T : class
    {
        var kind = resources.Kind;
        var (path, one, config) = ($"/{kind.Path}", $"/{kind.Path}/{{Id}}", $"/{kind.Path}/{{Id}}/config");
        var changes = kind.NameOfChanges ?? kind.Name;
        return
        [
            new("Create" + changes, "POST", path, kind.ConfigName, 201, resources.CreateAsync),
            new("Get" + kind.Name, "GET", one, null, 200, resources.GetAsync),
            new("Get" + kind.ConfigName, "GET", config, null, 200, resources.GetConfigAsync),
            new("Update" + changes, "PUT", kind.IsUpdatedAtConfig ? config : one, kind.ConfigName, 200, resources.UpdateAsync),
            new("Delete" + changes, "DELETE", one, null, 204, resources.DeleteAsync),
            new(kind.ListOperation, "GET", path, null, 200, resources.ListAsync),
        ];
    }

    private static Func<ApiRequest, CancellationToken, Task<ApiResponse>> ByKeyGroup(DistributionOperations distributions, VersionedOperations<KeyGroupSettings> groups) =>
        async (request, cancellationToken) => await groups.ExistsAsync(request.Id, cancellationToken)
            ? await distributions.ListIdsAsync(request, behavior => behavior.TrustedKeyGroups.Items.Contains(request.Id), cancellationToken)
            : groups.Kind.NotFound;
}
