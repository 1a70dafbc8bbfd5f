// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using Frontier.Caching;
using Frontier.Contracts.Fleet;
using Frontier.Edge.Delivery;
using Frontier.Edge.Listeners;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Shedding;
using Frontier.Edge.Telemetry;
using Frontier.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tiers;

/// <summary>This machine's part among the caches of its fleet: whom it asks, and how it is asked. Does nothing on a machine without a fleet.</summary>
internal sealed class TierRole : IAsyncDisposable
{
    private readonly EdgeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly TierMetrics _metrics = new();
    private readonly TierIdentity? _identity;
    private readonly OriginClient? _client;
    private HttpServer? _server;

    public TierRole(EdgeOptions options, HttpCache cache, MissGate misses, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time, _loggers) = (options, time, loggers);
        if (options.Identity is { } identity)
        {
            _identity = new TierIdentity(identity, time);
            _client = new OriginClient(options.Origins, time, logger: loggers.CreateLogger<OriginClient>());
            Parents = new ParentCalls(new GatedCalls(_client, misses), _identity, new ParentCircuits(time), cache, _metrics);
        }
    }

    /// <summary>Null on a machine without a fleet.</summary>
    public ParentCalls? Parents { get; }

    /// <summary>Where others ask this machine; null for nowhere.</summary>
    public IPEndPoint? Endpoint => _server?.Https;

    /// <summary>What this machine says of itself, with the port that was taken where any would do.</summary>
    public NodeFacts? Told(NodeFacts? facts) => facts?.Tier is { } tier && tier.EndsWith(":0", StringComparison.Ordinal) && Endpoint is { } taken
        ? facts with { Tier = string.Create(CultureInfo.InvariantCulture, $"{tier[..^1]}{taken.Port}") }
        : facts;

    /// <exception cref="IOException">The port is taken; the message says which.</exception>
    public void Listen(EdgeState state, HttpCache cache, Lookup lookup, Fetch fetch, AnswerDelivery delivery, EdgeName name, HandshakeLog handshakes)
    {
        if (_options.Tier is { } endpoint && _identity is { } identity)
        {
            var handler = new TierHandler(state, cache, lookup, fetch, delivery, name, _metrics, _time, _loggers.CreateLogger<TierHandler>());
            _server = HttpServer.Start(TierListener.Options(endpoint, identity, handshakes, _loggers.CreateLogger<HttpServer>()), handler, _time);
        }
    }

    /// <summary>Takes no new requests of others and ends those under way. Called before what answers them is closed.</summary>
    public async ValueTask StopAsync() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await (_client?.DisposeAsync() ?? ValueTask.CompletedTask);
        _metrics.Dispose();
    }
}
