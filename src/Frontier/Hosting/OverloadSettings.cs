// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Edge.Shedding;
using Frontier.Http.Limits;

namespace Frontier.Hosting;

/// <summary>How much an edge lets viewers take, as the operator says it. Every fault is collected; numbers that contradict each other are named together.</summary>
internal sealed class OverloadSettings
{
    public const string MemoryLimit = "memory-limit";

    public const string Exempt = "exempt";

    /// <summary>What a process takes that serves, with the objects of its cache not counted.</summary>
    public const long MemoryBesideCache = 192L << 20;

    private const int Million = 1_000_000;

    /// <summary>A rate is kept in whole nanoseconds.</summary>
    private const int MostPerSecond = 1_000 * Million;

    private static readonly ViewerLimits Viewer = new();
    private static readonly MissOptions Miss = new();

    private static readonly OverloadNumber MaxConnectionsNumber = new("max-connections", "Viewers' connections, those that rest included; more are closed at once", 16_384, 0, Million);
    private static readonly OverloadNumber AddressConnections = new("max-connections-per-address", "Connections of one address (IPv4) or network (IPv6, /64)", Viewer.ConnectionsPerAddress, 0, Million);
    private static readonly OverloadNumber NewConnections = new("new-connections", "New connections a second of all viewers", Viewer.NewConnections, 0, MostPerSecond);
    private static readonly OverloadNumber AddressNewConnections = new("new-connections-per-address", "New connections a second of one address", Viewer.NewConnectionsPerAddress, 0, MostPerSecond);
    private static readonly OverloadNumber Handshakes = new("handshakes", "TLS handshakes a second of all viewers", Viewer.Handshakes, 0, MostPerSecond);
    private static readonly OverloadNumber AddressHandshakes = new("handshakes-per-address", "TLS handshakes a second of one address", Viewer.HandshakesPerAddress, 0, MostPerSecond);
    private static readonly OverloadNumber Requests = new("requests", "Requests a second of all viewers; more are answered 503", Viewer.Requests, 0, MostPerSecond);
    private static readonly OverloadNumber AddressRequests = new("requests-per-address", "Requests a second of one address; more are answered 429", Viewer.RequestsPerAddress, 0, MostPerSecond);
    private static readonly OverloadNumber MaxMisses = new("max-misses", "Requests with origins at a time; more wait", Miss.MaxUnderWay, 1, Million);
    private static readonly OverloadNumber DistributionMisses = new("max-misses-per-distribution", "Requests of one distribution with origins at a time", Miss.MaxPerDistribution, 1, Million);
    private static readonly OverloadNumber OriginMisses = new("max-misses-per-origin", "Requests with one origin at a time", Miss.MaxPerOrigin, 1, Million);
    private static readonly OverloadNumber WaitingMisses = new("max-misses-waiting", "Requests that wait for an origin; more are answered 503", Miss.MaxWaiting, 1, Million);
    private static readonly OverloadNumber MissWait = new("miss-wait", "Seconds a request waits for room at its origin before it is answered 503", (int)Miss.WaitTimeout.TotalSeconds, 1, 60);

    private OverloadSettings(IReadOnlyDictionary<string, string> values, long? memoryLimitBytes, ImmutableArray<IPNetwork> exempt, List<string> faults)
    {
        int Number(OverloadNumber number, int most = int.MaxValue) => number.Read(values, faults, most);
        MaxConnections = Number(MaxConnectionsNumber);
        ViewerLimits = new ViewerLimits
        {
            ConnectionsPerAddress = Number(AddressConnections, MaxConnections == 0 ? int.MaxValue : Math.Max(1, MaxConnections / 2)),
            NewConnections = Number(NewConnections),
            NewConnectionsPerAddress = Number(AddressNewConnections),
            Handshakes = Number(Handshakes),
            HandshakesPerAddress = Number(AddressHandshakes),
            Requests = Number(Requests),
            RequestsPerAddress = Number(AddressRequests),
            Exempt = exempt,
        };
        var maxMisses = Number(MaxMisses);
        var ofDistribution = Number(DistributionMisses, Math.Max(1, maxMisses / 2));
        Misses = new MissOptions
        {
            MaxUnderWay = maxMisses,
            MaxPerDistribution = ofDistribution,
            MaxPerOrigin = Number(OriginMisses, ofDistribution),
            MaxWaiting = Number(WaitingMisses),
            WaitTimeout = TimeSpan.FromSeconds(Number(MissWait)),
        };
        MemoryLimitBytes = memoryLimitBytes;

        void Compare(OverloadNumber part, int partValue, OverloadNumber whole, int wholeValue)
        {
            // Only where the operator has named the part: a rate of all that is lower than an address's default is no mistake.
            if (wholeValue > 0 && partValue > wholeValue && values.ContainsKey(part.Name))
            {
                faults.Add($"--{part.Name} is {partValue}, more than the {wholeValue} of --{whole.Name}: give one of them another number.");
            }
        }

        Compare(AddressConnections, ViewerLimits.ConnectionsPerAddress, MaxConnectionsNumber, MaxConnections);
        Compare(AddressNewConnections, ViewerLimits.NewConnectionsPerAddress, NewConnections, ViewerLimits.NewConnections);
        Compare(AddressHandshakes, ViewerLimits.HandshakesPerAddress, Handshakes, ViewerLimits.Handshakes);
        Compare(AddressRequests, ViewerLimits.RequestsPerAddress, Requests, ViewerLimits.Requests);
        Compare(DistributionMisses, Misses.MaxPerDistribution, MaxMisses, Misses.MaxUnderWay);
        Compare(OriginMisses, Misses.MaxPerOrigin, MaxMisses, Misses.MaxUnderWay);
    }

    /// <summary>The limits that are whole numbers, in the order of the help.</summary>
    public static ImmutableArray<OverloadNumber> Numbers { get; } =
    [
        MaxConnectionsNumber, AddressConnections, NewConnections, AddressNewConnections, Handshakes, AddressHandshakes, Requests, AddressRequests,
        MaxMisses, DistributionMisses, OriginMisses, WaitingMisses, MissWait,
    ];

    public int MaxConnections { get; }

    public ViewerLimits ViewerLimits { get; }

    public MissOptions Misses { get; }

    /// <summary>Null for what the platform says.</summary>
    public long? MemoryLimitBytes { get; }

    /// <param name="values">By flag name.</param>
    /// <param name="memoryLimitBytes">As it was read; null where nothing was said.</param>
    /// <param name="exempt">As it was read; null where nothing was said.</param>
    /// <param name="faults">Where what is wrong is added.</param>
    public static OverloadSettings Read(IReadOnlyDictionary<string, string> values, long? memoryLimitBytes, ImmutableArray<IPNetwork>? exempt, List<string> faults) =>
        new(values, memoryLimitBytes, exempt ?? Viewer.Exempt, faults);
}
