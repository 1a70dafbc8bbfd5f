// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using Frontier.Contracts;
using Frontier.Decisions.Dns;
using Frontier.Dns.Explaining;
using Frontier.Dns.Feed;
using Frontier.Dns.Routing;
using Frontier.Dns.Server;
using Frontier.Dns.Signing;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns;

/// <summary>One authoritative DNS server, put together from its parts.</summary>
public sealed class DnsServer : IAsyncDisposable
{
    /// <summary>The long poll's end plus what a busy control plane may take on top.</summary>
    private static readonly TimeSpan AnswerTimeout = EdgeReport.LongestWait + TimeSpan.FromSeconds(10);

    /// <summary>How often another port is tried where any will do and UDP's is taken for TCP.</summary>
    private const int PortTries = 10;

    private readonly List<UdpServer> _packets = [];
    private readonly List<StreamServer> _streams = [];
    private readonly List<ZoneKey> _keys = [];
    private readonly ResponderPool _responders;
    private readonly ServedZones _served = new();
    private readonly QueryLog? _log;
    private readonly DnsMetrics _metrics;
    private ZoneFeed? _feed;
    private ExplainSocket? _explaining;

    private DnsServer(DnsOptions options, IEdgeAddresses edges, ISetChoice choice, TimeProvider time, ILoggerFactory loggers)
    {
        _log = options.LogEvery > 0 ? new QueryLog(Path.Combine(options.Directory, "queries.log"), options.LogEvery, time, loggers.CreateLogger<QueryLog>()) : null;
        _responders = new ResponderPool(new ResponderParts
        {
            Zones = _served,
            Cookies = new Cookies(options.CookieSecret is { } secret ? [.. secret] : RandomNumberGenerator.GetBytes(SipHash.KeyLength), time),
            Limit = options.AnswersPerSecond > 0 ? new RateLimit(options.AnswersPerSecond, options.Slip, time) : null,
            Choice = choice,
            Edges = edges,
            ServerId = System.Text.Encoding.UTF8.GetBytes(options.NodeId),
            MaxUdpBytes = options.MaxUdpBytes,
            Log = _log,
        });
        _metrics = new DnsMetrics(() => Statistics, () => _served.Current.Count, () => _streams.Sum(static stream => stream.Connections));
    }

    /// <summary>With the ports that were had; UDP and TCP have the same.</summary>
    public ImmutableArray<IPEndPoint> Endpoints => [.. _packets.Select(static packets => packets.Endpoint)];

    /// <summary>Completes when the control plane has been heard for the first time; never without one. Queries are answered before that, too.</summary>
    public Task Connected => _feed!.Connected;

    public DnsStatistics Statistics => DnsStatistics.Sum(_responders.All.Select(static responder => responder.Counters.Read()));

    /// <summary>How many zones are served.</summary>
    public int Zones => _served.Current.Count;

    /// <summary>Starts with what was heard last, whether or not the control plane is there.</summary>
    /// <param name="edges">Where distributions are served.</param>
    /// <param name="places">Where clients are; null where nobody knows.</param>
    /// <param name="health">What is known of health checks; null for everything being healthy.</param>
    /// <param name="watch">Who makes them; null for nobody.</param>
    /// <exception cref="IOException">An address cannot be had, or the directory or a key cannot be used; the message says which.</exception>
    /// <exception cref="ArgumentException">Options make no sense; each fault is a line of the message.</exception>
    public static Task<DnsServer> StartAsync(DnsOptions options, IEdgeAddresses edges, IClientPlaces? places, IHealthStates? health, IHealthWatch? watch, TimeProvider time, ILoggerFactory loggers) =>
        StartAsync(options, edges, new RoutedSets(health, places), watch, routing: null, time, loggers);

    /// <summary>The same with the edges of a fleet, which the control plane tells; they stay the caller's to close, after the server.</summary>
    public static Task<DnsServer> StartAsync(DnsOptions options, FleetRouting routing, IClientPlaces? places, IHealthStates? health, IHealthWatch? watch, TimeProvider time, ILoggerFactory loggers) =>
        StartAsync(options, routing, new RoutedSets(health, places), watch, routing, time, loggers);

    /// <summary>The same with another choice among record sets.</summary>
    internal static Task<DnsServer> StartAsync(
        DnsOptions options, IEdgeAddresses edges, ISetChoice choice, IHealthWatch? health, FleetRouting? routing, TimeProvider time, ILoggerFactory loggers)
    {
        if (string.Join(Environment.NewLine, options.Faults()) is { Length: > 0 } faults)
        {
            throw new ArgumentException(faults, nameof(options));
        }

        Directory.CreateDirectory(options.Directory);
        return StartAsync(new DnsServer(options, edges, choice, time, loggers), options, edges, choice, health, routing, time, loggers);
    }

    public async ValueTask DisposeAsync()
    {
        if (_explaining is not null)
        {
            await _explaining.DisposeAsync();
        }

        if (_feed is not null)
        {
            await _feed.DisposeAsync();
        }

        foreach (var stream in _streams)
        {
            await stream.DisposeAsync();
        }

        _packets.ForEach(static packets => packets.Dispose());
        if (_log is not null)
        {
            await _log.DisposeAsync();
        }

        _keys.ForEach(static key => key.Dispose());
        _metrics.Dispose();
    }

    private static async Task<DnsServer> StartAsync(
        DnsServer server, DnsOptions options, IEdgeAddresses edges, ISetChoice choice, IHealthWatch? health, FleetRouting? routing, TimeProvider time, ILoggerFactory loggers)
    {
        try
        {
            server.ServeZones(options, edges, health, routing, time, loggers);
            foreach (var endpoint in options.Endpoints.SelectMany(Expand))
            {
                server.Listen(endpoint, options, time, loggers);
            }

            server._packets.ForEach(packets => packets.Start(server._responders.Make));
            server._streams.ForEach(static stream => stream.Start());
            if (routing is not null)
            {
                server._explaining = ExplainSocket.TryOpen(
                    options.Directory, new DnsExplainer(options.NodeId, server._served, choice, routing), time, loggers.CreateLogger<ExplainSocket>());
            }

            return server;
        }
        catch (Exception error) when (error is SocketException or CryptographicException)
        {
            await server.DisposeAsync();
            throw new IOException(error.Message, error);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private void ServeZones(DnsOptions options, IEdgeAddresses edges, IHealthWatch? health, FleetRouting? routing, TimeProvider time, ILoggerFactory loggers)
    {
        var signers = new Dictionary<byte[], ZoneSigner>(WireNameComparer.Instance);
        foreach (var zone in options.SignedZones)
        {
            var name = DnsName.TryParse(zone.Name, out var parsed) ? WireName.ToLower(parsed.Wire) : throw new IOException($"The signed zone \"{zone.Name}\" has no name.");
            var key = ZoneKey.Open(zone.KeyFile);
            _keys.Add(key);
            signers[name] = new ZoneSigner(name, key, time);
        }

        var domain = options.Domain is null ? null : DistributionZone.Config(options.Domain, options.NameServers);
        var book = new ZoneBook(_served, signers, domain, edges);
        var faults = new List<string>();
        if (routing is null or { IsReady: true })
        {
            book.Begin(faults); // else with the first answer, which tells the distributions
        }

        if (faults.Count > 0)
        {
            throw new IOException(string.Join(Environment.NewLine, faults));
        }

        var client = new HttpClient(options.ControlTransport ?? new SocketsHttpHandler(), disposeHandler: options.ControlTransport is null) { BaseAddress = options.Control, Timeout = AnswerTimeout };
        var feed = new ZoneFeed(options, book, new ZoneJournal(Path.Combine(options.Directory, "zones.jsonl")), health, routing, client, time, loggers.CreateLogger<ZoneFeed>());
        _feed = feed;
        feed.Restore();
        if (options.Control is not null)
        {
            feed.Start();
        }
    }

    private void Listen(IPEndPoint endpoint, DnsOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        for (var tries = 1; ; tries++)
        {
            var packets = new UdpServer(endpoint, options.Sockets, options.MaxUdpBytes, loggers.CreateLogger<UdpServer>());
            try
            {
                _streams.Add(new StreamServer(packets.Endpoint, options, _responders, _served, time, loggers.CreateLogger<StreamServer>()));
                _packets.Add(packets);
                return;
            }
            catch (SocketException) when (endpoint.Port == 0 && tries < PortTries)
            {
                packets.Dispose();
            }
            catch
            {
                packets.Dispose();
                throw;
            }
        }
    }

    /// <summary>Every address of the machine by itself: an answer that left from another one than was asked would be thrown away.</summary>
    private static IEnumerable<IPEndPoint> Expand(IPEndPoint endpoint)
    {
        if (!endpoint.Address.Equals(IPAddress.Any) && !endpoint.Address.Equals(IPAddress.IPv6Any))
        {
            return [endpoint];
        }

        return NetworkInterface.GetAllNetworkInterfaces()
            .Where(static network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
            .Select(static address => address.Address).Where(address => address.AddressFamily == endpoint.AddressFamily).Distinct()
            .Select(address => new IPEndPoint(address, endpoint.Port));
    }
}
