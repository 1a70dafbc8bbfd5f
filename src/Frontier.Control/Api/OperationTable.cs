// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Aliases;
using Frontier.Control.Api.Deployment;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.FieldEncryption;
using Frontier.Control.Api.Functions;
using Frontier.Control.Api.Invalidations;
using Frontier.Control.Api.Keys;
using Frontier.Control.Api.KeyValueStores;
using Frontier.Control.Api.Monitoring;
using Frontier.Control.Api.OriginAccess;
using Frontier.Control.Api.Policies;
using Frontier.Control.Api.RealtimeLogs;
using Frontier.Control.Api.Resources;
using Frontier.Control.Api.Streaming;
using Frontier.Control.Api.Tags;
using Frontier.Control.Api.TrustStores;
using Frontier.Control.Domain.Policies;
using Frontier.Control.KeyValues;

namespace Frontier.Control.Api;

/// <summary>The whole API as one table (<c>api.md</c> §6): what is answered, by whom, and what is recognised and not implemented.</summary>
internal static class OperationTable
{
    public static IReadOnlyList<Operation> Build(ApiParts parts)
    {
        var (store, loader, publisher, feed, edges, lint, objects, options, time) = parts;
        var distributions = new DistributionOperations(store, loader, publisher, edges, lint, options);
        var cache = Policies(PolicyKinds.Cache);
        var originRequest = Policies(PolicyKinds.OriginRequest);
        var responseHeaders = Policies(PolicyKinds.ResponseHeaders);
        var keyGroups = Versioned(KeyKinds.KeyGroups);
        var streaming = Versioned(StreamingKind.Of(options));
        return
        [
            .. distributions.Table,
            .. new DistributionUses(distributions, cache, originRequest, responseHeaders, keyGroups).Table,
            .. cache.Table,
            .. originRequest.Table,
            .. responseHeaders.Table,
            .. new InvalidationOperations(store, feed, edges, options, time).Table,
            .. new TagOperations(store, publisher, options).Table,
            .. new StagingOperations(distributions, publisher, options).Table,
            .. new AliasOperations(loader, publisher, lint, options).Table,
            .. new WebAclOperations(store).Table,
            .. new ContinuousDeploymentOperations(store, loader, publisher, options).Table,
            .. new FunctionOperations(store, loader, publisher, options, time).Table,
            .. new KeyValueStoreOperations(loader, publisher, new KeyValueImporter(objects, options), options).Table,
            .. Versioned(OriginAccessKinds.Controls).Table,
            .. Versioned(OriginAccessKinds.Identities).Table,
            .. Versioned(KeyKinds.PublicKeys).Table,
            .. keyGroups.Table,
            .. Versioned(FieldEncryptionKinds.Configs).Table,
            .. Versioned(FieldEncryptionKinds.Profiles).Table,
            .. new RealtimeLogOperations(distributions, store, loader, publisher, options).Table,
            .. new MonitoringOperations(store, publisher).Table,
            .. new StreamingOperations(streaming, options).Table,
            .. streaming.Table,
            .. new TrustStoreOperations(distributions, loader, publisher, objects, options).Table,

            .. UnimplementedOperations.All,
        ];

        PolicyOperations<T> Policies<T>(PolicyKind<T> kind)
            where T : PolicySettings =>
            new(kind, store, loader, publisher, options);

        VersionedOperations<T> Versioned<T>(VersionedKind<T> kind)
            where T : class =>
            new(kind, store, loader, publisher, options);
    }
}
