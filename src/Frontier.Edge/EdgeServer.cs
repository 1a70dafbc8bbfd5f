// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Caching;
using Frontier.Edge.Certificates;
using Frontier.Edge.Delivery;
using Frontier.Edge.Distributions;
using Frontier.Edge.Listeners;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Usage;
using Frontier.Usage.AccessLogs;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge;

/// <summary>One edge, put together from its parts.</summary>
public sealed class EdgeServer : IAsyncDisposable
{
    private readonly HttpCache _cache;
    private readonly OriginClient _client;
    private readonly FillRunner _fills;
    private readonly AccessLog _log;
    private readonly ControlFeed _feed;
    private readonly KestrelListener _listener;

    private EdgeServer(HttpCache cache, OriginClient client, FillRunner fills, AccessLog log, ControlFeed feed, KestrelListener listener, string authorityPath)
    {
        (_cache, _client, _fills, _log, _feed, _listener) = (cache, client, fills, log, feed, listener);
        AuthorityPath = authorityPath;
    }

    public IPEndPoint Http => _listener.Http;

    public IPEndPoint Https => _listener.Https;

    /// <summary>The PEM file of the local certificate authority.</summary>
    public string AuthorityPath { get; }

    /// <summary>Completes when the control plane has been heard for the first time. The edge serves before that, too.</summary>
    public Task Connected => _feed.Connected;

    public CacheStatistics CacheStatistics => _cache.Statistics;

    /// <summary>Starts with the last good snapshot, whether or not the control plane is there.</summary>
    /// <exception cref="IOException">A port is taken, or the directory is in use or not writable; the message says which.</exception>
    public static Task<EdgeServer> StartAsync(EdgeOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        StartAsync(options, time, loggers, [], cancellationToken);

    /// <param name="sinks">Told of every request after the access log.</param>
    internal static async Task<EdgeServer> StartAsync(
        EdgeOptions options, TimeProvider time, ILoggerFactory loggers, ImmutableArray<IRequestRecordSink> sinks, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        var edgeId = EdgeIdentity.LoadOrCreate(options.Directory);
        var name = EdgeName.Of(edgeId, options.Pop);
        var authority = LocalAuthority.Open(Path.Combine(options.Directory, "certificates"), time);
        var cache = await HttpCache.OpenAsync(CacheDiskLog.AttachTo(options.Cache, loggers), time, cancellationToken);
        var client = new OriginClient(new OriginClientOptions(), time);
        var fills = new FillRunner(client, time, loggers.CreateLogger<FillRunner>());
        var log = new AccessLog(new AccessLogOptions { Directory = Path.Combine(options.Directory, "logs") });
        var state = new EdgeState();
        var ports = new EdgePorts { Https = options.Https.Port };
        var fetch = new Fetch(cache, client, new OriginRequests(options, name, time), fills, time);
        var pipeline = new EdgePipeline(
            state, ports, new Admission(name, time), new Lookup(cache, fetch, time), fetch, new AnswerDelivery(name, time), new RecordFanout([log, .. sinks]), time, loggers.CreateLogger<EdgePipeline>());
        var feed = new ControlFeed(
            options, edgeId, state, new SnapshotFile(Path.Combine(options.Directory, "snapshot.json")), cache, time, loggers.CreateLogger<ControlFeed>());
        try
        {
            feed.Restore(); // before the first viewer comes, who would else be told that there is no such distribution
            var listener = await KestrelListener.StartAsync(
                options.Http, options.Https, new CertificateSelector(authority, state, options.Domain, time), pipeline, time, loggers, cancellationToken);
            ports.Https = listener.Https.Port;
            feed.Start();
            return new EdgeServer(cache, client, fills, log, feed, listener, authority.CertificatePath);
        }
        catch
        {
            await feed.DisposeAsync();
            await fills.DisposeAsync();
            await log.DisposeAsync();
            await client.DisposeAsync();
            await cache.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no new requests, ends those under way, and writes what memory holds to disk, so that the next start is warm.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _feed.DisposeAsync();
        await _fills.DisposeAsync();
        await _log.DisposeAsync();
        await _client.DisposeAsync();
        await _cache.DisposeAsync();
    }
}
