// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Edge.Access;
using Frontier.Edge.Certificates;
using Frontier.Edge.Challenges;
using Frontier.Edge.Delivery;
using Frontier.Edge.Delivery.Compressing;
using Frontier.Edge.Distributions;
using Frontier.Edge.Explaining;
using Frontier.Edge.Listeners;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Edge.Places;
using Frontier.Edge.Shedding;
using Frontier.Edge.Telemetry;
using Frontier.Edge.Tiers;
using Frontier.Edge.ViewerCertificates;
using Frontier.Http;
using Frontier.Usage;
using Frontier.Usage.AccessLogs;
using Frontier.Usage.Metering;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge;

/// <summary>One edge, put together from its parts.</summary>
public sealed class EdgeServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly HttpCache _cache;
    private readonly OriginClient _client;
    private readonly Compressors _compressors;
    private readonly FillRunner _fills;
    private readonly PlaceDatabases? _places;
    private readonly AccessLog _log;
    private readonly RequestCounters _counters;
    private readonly ControlFeed _feed;
    private readonly IHttpServer _server;
    private readonly CacheMetrics _metrics;
    private readonly MemoryWatch _memory;
    private readonly OverloadMetrics _overload;
    private readonly TlsMetrics _tlsMetrics;
    private readonly TierRole _tiers;

    private EdgeServer(string directory, HttpCache cache, OriginClient client, Compressors compressors, FillRunner fills, AccessLog log, RequestCounters counters, ControlFeed feed, IHttpServer server, string authorityPath, PlaceDatabases? places, MissGate misses, MemoryWatch memory, Turnaways turnaways, TlsMetrics tlsMetrics, TierRole tiers, EdgeState state)
    {
        (_tlsMetrics, _tiers, State) = (tlsMetrics, tiers, state);
        (_directory, _cache, _client, _compressors, _fills, _places, _log, _counters, _feed, _server) = (directory, cache, client, compressors, fills, places, log, counters, feed, server);
        AuthorityPath = authorityPath;
        _metrics = new CacheMetrics(() => _cache.Statistics);
        _memory = memory;
        _overload = new OverloadMetrics(() => _server.ConnectionCount, misses, memory, turnaways);
    }

    public IPEndPoint Http => _server.Http;

    public IPEndPoint Https => _server.Https;

    /// <summary>Where other machines of the fleet ask this one; null for nowhere.</summary>
    public IPEndPoint? Tier => _tiers.Endpoint;

    /// <summary>The PEM file of the local certificate authority.</summary>
    public string AuthorityPath { get; }

    /// <summary>Completes when the control plane has been heard for the first time. The edge serves before that, too.</summary>
    public Task Connected => _feed.Connected;

    /// <summary>Certificates for viewers that the control plane has handed out and this edge keeps.</summary>
    public int CertificatesHeld => _feed.CertificatesHeld;

    public CacheStatistics CacheStatistics => _cache.Statistics;

    /// <summary>All requests since the start, those for no distribution included.</summary>
    public RequestTotals RequestTotals => _counters.Snapshot();

    private EdgeState State { get; }

    /// <summary>A distribution by its own domain name, not by an alias. One that stages another has none of its own (DP-2.8).</summary>
    /// <param name="domainName">In lower case, without a final dot.</param>
    public bool TryFindDistribution(ReadOnlySpan<char> domainName, [NotNullWhen(true)] out DistributionModel? distribution) =>
        State.Routes.TryFind(domainName, out distribution) && !distribution.IsStaging && domainName.SequenceEqual(distribution.DomainName);

    /// <summary>Where an address is; null where no database says so, or there is none.</summary>
    public ViewerPlace? PlaceOf(IPAddress address) => _places?.Find(address);

    /// <summary>Bodies that are being compressed at this moment, at most <see cref="EdgeOptions.MaxCompressions"/>.</summary>
    internal int CompressionsUnderWay => _compressors.UnderWay;

    /// <summary>Fetches of answers to be shared that have not come to their end.</summary>
    internal int FillsUnderWay => _fills.UnderWay;

    /// <summary>How the origins fared that were asked since the start; at most 1,024 of them.</summary>
    public ImmutableArray<OriginHealth> OriginHealth => _client.Health;

    /// <summary>Starts with the last good snapshot, whether or not the control plane is there.</summary>
    /// <exception cref="IOException">A port is taken, or the directory is in use or not writable; the message says which.</exception>
    public static Task<EdgeServer> StartAsync(EdgeOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        StartAsync(
            options, time, loggers, [],
            (listeners, handler, clock) => Task.FromResult<IHttpServer>(options.ServesViewers ? HttpServer.Start(listeners, handler, clock) : new NoViewers()),
            cancellationToken);

    /// <param name="sinks">Told of every request after the access log and the counters.</param>
    /// <param name="listen">Starts what takes viewers' connections.</param>
    internal static async Task<EdgeServer> StartAsync(
        EdgeOptions options, TimeProvider time, ILoggerFactory loggers, ImmutableArray<IRequestRecordSink> sinks,
        Func<HttpServerOptions, IExchangeHandler, TimeProvider, Task<IHttpServer>> listen, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        var edgeId = options.Identity?.Current.Name.Id ?? EdgeIdentity.LoadOrCreate(options.Directory);
        var name = EdgeName.Of(edgeId, options.Pop);
        var authority = LocalAuthority.Open(Path.Combine(options.Directory, "certificates"), time);
        var certificates = HeldCertificates.Open(Path.Combine(options.Directory, "certificates", "held"), time, loggers.CreateLogger<HeldCertificates>());
        var handshakes = new HandshakeLog(time, loggers.CreateLogger<HttpServer>());
        var places = options.GeoDatabases.IsEmpty
            ? null
            : await PlaceDatabases.OpenAsync(options.GeoDatabases, options.Directory, time, loggers.CreateLogger<PlaceDatabases>(), cancellationToken);
        var knowsPlaces = options.ViewerPlaces is not null || places is not null;
        var cache = await HttpCache.OpenAsync(CacheDiskLog.AttachTo(options.Cache, loggers), time, cancellationToken);
        var resolver = new SystemOriginResolver();
        var state = new EdgeState(time);
        var guard = new OriginGuard(options, state, resolver, time);
        var client = new OriginClient(options.Origins, time, resolver, guard, loggers.CreateLogger<OriginClient>());
        var turnaways = new Turnaways(time, loggers.CreateLogger<Turnaways>());
        var memory = new MemoryWatch(options.MemoryLimitBytes, time, options.MemoryUsed);
        var misses = new MissGate(options.Misses, options.ViewerLimits.Exempt, time, () => memory.IsShort, turnaways.Add);
        var tiers = new TierRole(options, cache, misses, time, loggers);
        var calls = new OriginCalls(new GatedCalls(client, misses), tiers.Parents);
        var rules = options.StrictHttpCaching ? CachingRules.Strict : CachingRules.CloudFront;
        var compressors = new Compressors(options.MaxCompressions);
        var revalidation = new Revalidation(cache, rules, time);
        var fills = new FillRunner(
            cache, calls, rules, compressors, revalidation, new Variants(cache, time), new RecentKeys(time), time, loggers.CreateLogger<FillRunner>());
        var log = new AccessLog(new AccessLogOptions { Directory = Path.Combine(options.Directory, "logs") });
        var counters = new RequestCounters();
        var challenges = new HeldChallenges(time);
        var ports = new EdgePorts { Https = options.Https.Port };
        var requests = new OriginRequests(options, certificates, name, new TierRequests(state, rules), time);
        var boarding = new Boarding(cache, requests, fills, rules, time);
        var pass = new Pass(cache, calls, requests, rules, revalidation, new Forgetting(cache, rules), time);
        var fetch = new Fetch(cache, rules, boarding, new BlockFetch(cache, rules, boarding, pass, time), pass, time);
        var admission = new Admission(name, options.ViewerPlaces ?? places, options.CacheStatus, options.FrontProxies, time);
        var signatures = new RememberedSignatures();
        var lookup = new Lookup(cache, rules, fetch, time);
        var errorPages = new ErrorPages(lookup, fetch);
        var delivery = new AnswerDelivery(name, rules, errorPages, time);
        var serving = new ServingHealth();
        var sink = new RecordFanout([log, counters, serving, .. sinks]);
        var straight = options.CacheStatus || !options.StraightPath ? null : new StraightPath(state, cache, rules, admission, signatures, new PreparedHits(name), sink, time);
        var pipeline = new EdgePipeline(
            straight, state, challenges, ports, admission, signatures, new LiveFetch(client, requests, pass, time), lookup, fetch, errorPages, delivery, sink, time, loggers.CreateLogger<EdgePipeline>());
        var explaining = new ExplainingHandler(
            pipeline, new Explainer(pipeline, admission, cache, rules, requests, client, tiers.Parents, state, time), new Refusals(admission, delivery), EdgeContact.LoadOrCreateToken(options.Directory), options.CacheStatus);
        var snapshotPath = Path.Combine(options.Directory, "snapshot.json");
        var live = new LiveSnapshot(state, new SnapshotFile(snapshotPath), new SnapshotTrial(snapshotPath + ".trying", time), certificates, !options.ServesViewers || knowsPlaces, time, loggers.CreateLogger<LiveSnapshot>());
        var health = new HealthReports(serving, memory, options.MaxConnections, time);
        var feed = new ControlFeed(options, edgeId, state, live, new FleetFile(Path.Combine(options.Directory, "fleet.json")), certificates, challenges, cache, health, time, loggers.CreateLogger<ControlFeed>());
        try
        {
            feed.Restore();
            live.Restore(); // before the first viewer comes, who would else be told that there is no such distribution
            var refusals = new ViewerCertificateRefusals(time, loggers.CreateLogger<ViewerHandshakes>());
            var server = await listen(
                ViewerServer.Options(
                    options, state, new CertificateSelector(authority, certificates, state, options.Domain, time), challenges, new ViewerHandshakes(state, refusals, time), handshakes, turnaways, loggers.CreateLogger<HttpServer>()), explaining, time);
            ports.Https = server.Https.Port;
            tiers.Listen(state, cache, lookup, fetch, delivery, name, handshakes);
            guard.Listening([server.Http, server.Https, .. tiers.Endpoint is { } tier ? [tier] : Array.Empty<IPEndPoint>()]);
            health.Connections = () => server.ConnectionCount;
            if (options.ServesViewers)
            {
                EdgeContact.WriteAddresses(options.Directory, server.Http, server.Https);
            }

            feed.Facts = tiers.Told(options.Facts) is { } facts && options.ServesViewers ? facts with { HttpPort = server.Http.Port, HttpsPort = server.Https.Port } : tiers.Told(options.Facts);
            feed.Start();
            return new EdgeServer(
                options.Directory, cache, client, compressors, fills, log, counters, feed, server, authority.CertificatePath, places, misses, memory, turnaways, new TlsMetrics(handshakes, refusals, certificates), tiers, state);
        }
        catch
        {
            memory.Dispose();
            await tiers.DisposeAsync();
            await feed.DisposeAsync();
            await fills.DisposeAsync();
            await log.DisposeAsync();
            await client.DisposeAsync();
            await cache.DisposeAsync();
            await (places?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Takes no new requests, ends those under way, and writes what memory holds to disk, so that the next start is warm.</summary>
    public async ValueTask DisposeAsync()
    {
        EdgeContact.RemoveAddresses(_directory);
        _metrics.Dispose();
        _overload.Dispose();
        _memory.Dispose();
        _tlsMetrics.Dispose();
        await _server.DisposeAsync();
        await _tiers.StopAsync();
        await _feed.DisposeAsync();
        await _fills.DisposeAsync();
        await _tiers.DisposeAsync();
        await _log.DisposeAsync();
        await _client.DisposeAsync();
        await _cache.DisposeAsync();
        await (_places?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
