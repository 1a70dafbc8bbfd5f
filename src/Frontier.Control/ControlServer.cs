// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Control.Acme;
using Frontier.Control.Api;
using Frontier.Control.Api.Certificates;
using Frontier.Control.Api.KeyValues;
using Frontier.Control.Api.Zones;
using Frontier.Control.Buckets;
using Frontier.Control.Credentials;
using Frontier.Control.Feed;
using Frontier.Control.Fleet;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Rollouts;
using Frontier.Control.OwnApi.Versions;
using Frontier.Control.OwnApi.Zones;
using Frontier.Control.Planning;
using Frontier.Control.Publishing;
using Frontier.Control.Rollout;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Frontier.Control;

/// <summary>The control plane: CloudFront's API for people and programs, the feed for edges, on one listener.</summary>
public sealed partial class ControlServer : IAsyncDisposable
{
    public const string HealthPath = "/frontier/v1/health";

    /// <summary>What tells the API of pairs from CloudFront's own: AWS gives each a host, here both share one.</summary>
    private const string KeyValuePath = "/key-value-stores/";

    /// <summary>The names under which callers sign for the two.</summary>
    private const string CloudFrontService = "cloudfront";
    private const string KeyValueService = "cloudfront-keyvaluestore";

    /// <summary>Those of the two APIs that speak at the root: certificates and server certificates.</summary>
    private const string AcmService = "acm";
    private const string IamService = "iam";

    /// <summary>Each edge holds one connection; this leaves room for as many callers. Also what bounds every queue behind.</summary>
    private const int MostConnections = 4_096;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly Publisher _publisher;
    private readonly ZoneChanges _zones;
    private readonly BucketObjects _objects;
    private readonly FeedFollower _follower;
    private readonly AccessKeyRing _keys;
    private readonly KeyUses _uses;
    private readonly FleetService _fleet;
    private readonly RolloutStore _rollout;
    private readonly RolloutDirector _director;
    private readonly CertificateOrders _orders;

    private ControlServer(
        WebApplication application, Publisher publisher, ZoneChanges zones, BucketObjects objects, FeedFollower follower, AccessKeyRing keys, KeyUses uses, FleetService fleet, RolloutStore rollout, RolloutDirector director, CertificateOrders orders,
        IPEndPoint endpoint) =>
        (_application, _publisher, _zones, _objects, _follower, _keys, _uses, _fleet, _rollout, _director, _orders, Endpoint) =
        (application, publisher, zones, objects, follower, keys, uses, fleet, rollout, director, orders, endpoint);

    /// <summary>Where it listens, with the port that was taken.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Where it listens to machines; null for nowhere.</summary>
    public IPEndPoint? FleetEndpoint => _fleet.Endpoint;

    /// <summary><see cref="RolloutDirector.Looks"/>.</summary>
    internal int RolloutLooks => _director.Looks;

    /// <summary>The access key of that id, among those of <see cref="ControlOptions.AccessKeys"/> and the active ones of the store, for a server beside this one; that it was used is noted.</summary>
    public AccessKey? FindAccessKey(string id)
    {
        var key = _keys.Find(id);
        if (key is not null)
        {
            _uses.Note(id);
        }

        return key;
    }

    /// <summary>Reads where the store stands, then listens. The store stays the caller's to close, after the server.</summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message names every fault.</exception>
    /// <exception cref="InvalidDataException">The store has secrets that were not sealed with <see cref="ControlOptions.SecretsKey"/>.</exception>
    public static async Task<ControlServer> StartAsync(ControlOptions options, IControlStore store, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        var keys = await AccessKeyRing.OpenAsync(store, options.AccessKeys, options.SecretsKey, loggerFactory.CreateLogger<AccessKeyRing>(), cancellationToken);
        var history = new SnapshotHistory(store);
        var feed = await LoadFeedAsync(store, history, cancellationToken);
        var edges = new EdgeRegistry(store, feed, options.EdgeSilence, timeProvider);
        var rollout = new RolloutStore(store, history, feed, options.Rollout);
        var zoneFeed = new ZoneFeedState((await store.ReadHeadAsync(cancellationToken)).ZoneLogEnd);
        var follower = new FeedFollower(store, history, feed, rollout, zoneFeed, edges, keys, timeProvider, loggerFactory.CreateLogger<FeedFollower>());
        await edges.ReviveAsync(cancellationToken);

        var loader = new CatalogueLoader(store, timeProvider);
        var publisher = new Publisher(store, loader, new SnapshotCompiler(options), history, feed, options, timeProvider);
        var objects = new BucketObjects(options, timeProvider);
        var lint = new LintLog(feed, loggerFactory.CreateLogger<LintLog>());
        var router = new Router(Router.VersionPrefix, OperationTable.Build(new ApiParts(store, loader, publisher, feed, edges, lint, objects, options, timeProvider)));
        var application = Build(options, loggerFactory);
        var apiLogger = loggerFactory.CreateLogger<ApiEndpoint>();
        var uses = new KeyUses(store, timeProvider, loggerFactory.CreateLogger<KeyUses>());
        var guard = new CallGuard(store, new ReplayWindow(timeProvider), options, timeProvider);
        var authenticator = new RequestAuthenticator(keys, CloudFrontService, allowAsymmetric: false, timeProvider);
        var api = new ApiEndpoint(router, authenticator, guard, uses, new XmlErrorForm(), apiLogger);
        var keyValues = new Router("/", new KeyValueOperations(store, options, timeProvider).Table);
        var keyValueApi = new ApiEndpoint(keyValues, new RequestAuthenticator(keys, KeyValueService, allowAsymmetric: true, timeProvider), guard, uses, new JsonErrorForm(), apiLogger);
        var fleet = await FleetService.OpenAsync(store, loader, publisher, feed, options, timeProvider, loggerFactory, cancellationToken);
        var director = new RolloutDirector(rollout, feed, edges, fleet.Board, options.Rollout, timeProvider, loggerFactory.CreateLogger<RolloutDirector>());
        await director.StartAsync(cancellationToken);
        var zoneChanges = new ZoneChanges(store, loader, zoneFeed, options, timeProvider);
        var zoneParts = new ZoneParts(store, loader, zoneChanges, options);
        var versions = new VersionHistory(store);
        var rollback = new RollbackOperations(store, versions, publisher, lint, options);
        var own = new Router(OwnPaths.Prefix, OwnRoutes.ToOperations(OwnRoutes.Build(
            new VersionOperations(store, versions),
            rollback,
            new AccessKeyOperations(store, keys, timeProvider),
            new AuditOperations(store),
            new PlanRoutes(loader, options),
            fleet.Routes,
            new RolloutRoutes(rollout, new RolloutRollback(store, history, feed, rollback), feed, edges, fleet.Board, options.Rollout, timeProvider),
            new ZoneFileRoutes(zoneParts))));
        var ownApi = new ApiEndpoint(own, authenticator, guard, uses, new ProblemForm(), apiLogger);
        var answers = new FeedAnswers(store, options);
        var feedEndpoint = new FeedEndpoint(answers, feed, follower, edges, fleet.Desk, timeProvider, loggerFactory.CreateLogger<FeedEndpoint>(), application.Lifetime.ApplicationStopping);

        var seal = new SecretSeal(options.SecretsKey);
        var plans = new CertificatePlans(ResourceKind.Certificate, AcmErrors.OfCertificates, seal);
        var orders = new CertificateOrders(store, loader, publisher, plans, feed, edges, CertificateIssuer.Create(store, seal, options.Acme, timeProvider), timeProvider, loggerFactory.CreateLogger<CertificateOrders>());
        var requests = new RequestOperations(publisher, plans, orders, options, timeProvider);
        var acm = new ApiEndpoint(
            new TargetFinder(new AcmOperations(store, loader, publisher, plans, requests, options, timeProvider).Table),
            new RequestAuthenticator(keys, AcmService, allowAsymmetric: false, timeProvider), guard, uses, new TargetErrorForm(), apiLogger);
        var iam = new ApiEndpoint(
            new ActionFinder(new IamOperations(loader, publisher, options, timeProvider).Table),
            new RequestAuthenticator(keys, IamService, allowAsymmetric: false, timeProvider), guard, uses, new IamErrorForm(), apiLogger);
        var certificateFeed = new CertificateEndpoint(store, seal, fleet.Desk.Gate, loggerFactory.CreateLogger<CertificateEndpoint>());

        var route53 = new ApiEndpoint(
            new Router(Route53Xml.Prefix, Route53Table.Build(zoneParts)),
            new RequestAuthenticator(keys, Route53Xml.Service, allowAsymmetric: false, timeProvider), guard, uses, new Route53ErrorForm(), apiLogger);
        var zoneFeedEndpoint = new ZoneFeedEndpoint(
            store, loader, zoneFeed, new DnsDesk(fleet.Desk, feed, follower), options, timeProvider, loggerFactory.CreateLogger<ZoneFeedEndpoint>(), application.Lifetime.ApplicationStopping);

        // What machines ask, on the listener of the fleet; who calls, each finds out from the gate.
        var machineRoutes = new Dictionary<string, RequestDelegate>
        {
            [FeedEndpoint.Path] = feedEndpoint.HandleAsync,
            [CertificateRequest.Path] = certificateFeed.HandleAsync,
            [ZoneReport.Path] = zoneFeedEndpoint.HandleAsync,
        };
        application.Run(context => context.Request.Path.Value switch
        {
            { } path when options.EdgeToken is not null && machineRoutes.TryGetValue(path, out var route) => route(context), // of the edge in this process
            { } path when path.StartsWith(Route53Xml.Prefix, StringComparison.Ordinal) => route53.HandleAsync(context),
            HealthPath => context.Response.WriteAsync("ok", context.RequestAborted),
            { } path when path.StartsWith(KeyValuePath, StringComparison.Ordinal) => keyValueApi.HandleAsync(context),
            { } path when path.StartsWith(OwnPaths.Prefix, StringComparison.Ordinal) => ownApi.HandleAsync(context),
            "/" when context.Request.Headers[TargetFinder.Header].ToString().StartsWith(TargetFinder.Prefix, StringComparison.Ordinal) => acm.HandleAsync(context),
            "/" when context.Request.HasFormContentType => iam.HandleAsync(context),
            _ => api.HandleAsync(context),
        });
        await orders.TellAsync(cancellationToken);
        await application.StartAsync(cancellationToken);
        follower.Start();
        orders.Start();

        var endpoint = ControlHost.EndpointOf(application, options.Endpoint.Address);
        answers.ApiPort = endpoint.Port;
        Log.Listening(loggerFactory.CreateLogger<ControlServer>(), endpoint);
        var server = new ControlServer(application, publisher, zoneChanges, objects, follower, keys, uses, fleet, rollout, director, orders, endpoint);
        try
        {
            await fleet.StartAsync(machineRoutes, options, timeProvider, loggerFactory, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Long polls are answered at once, calls in progress have a few seconds, then connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(StopGrace);
        await _application.StopAsync(grace.Token);
        await _application.DisposeAsync();
        await _fleet.DisposeAsync();
        await _follower.DisposeAsync();
        await _director.DisposeAsync();
        _rollout.Dispose();
        await _uses.DisposeAsync();
        await _orders.DisposeAsync();
        _publisher.Dispose();
        _zones.Dispose();
        _objects.Dispose();
    }

    private static async Task<FeedState> LoadFeedAsync(IControlStore store, SnapshotHistory history, CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        return new FeedState(await history.ReadAsync(head.SnapshotVersion, null, cancellationToken), head.LogEnd, head.OldestKept);
    }

    private static WebApplication Build(ControlOptions options, ILoggerFactory loggerFactory)
    {
        var builder = ControlHost.CreateBuilder(loggerFactory);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;

            // Bodies have bounds of their own, answered with an error of the API instead of a bare status.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Endpoint, static listener => listener.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "The control plane listens on {Endpoint}.", EventName = "ControlListening")]
        public static partial void Listening(ILogger logger, IPEndPoint endpoint);
    }
}
