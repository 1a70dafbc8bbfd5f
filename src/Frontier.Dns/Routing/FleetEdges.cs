// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Models;
using Frontier.Decisions.Routing;
using Frontier.Dns.Zones;
using ClientNetwork = Frontier.Dns.Zones.ClientNetwork;

namespace Frontier.Dns.Routing;

/// <summary>
/// The edges of a fleet as answers: what <see cref="EdgeRouting"/> decides, remembered for each network of clients until something
/// changes, so that a decision made before costs no allocation. Thread-safe; who asks takes no lock.
/// </summary>
/// <param name="health">Who knows whether edges answer.</param>
/// <param name="findPlace">Where an address is; null for nobody knows.</param>
/// <param name="measured">Round trips that the operator knows.</param>
internal sealed class FleetEdges(IEdgeHealth health, Func<IPAddress, ViewerPlace?> findPlace, LatencyTable measured) : IEdgeAddresses
{
    /// <summary>A power of two; each is about 200 bytes with its answer.</summary>
    private const int Remembered = 1 << 15;

    private const int LongestName = 255;

    private readonly Lock _gate = new();
    private readonly Answer?[] _answers = new Answer?[Remembered];
    private volatile State _state = new(0, FleetMap.Of(FleetDirectory.Empty), [], [], new Dictionary<string, ServedDistribution>(StringComparer.Ordinal));

    /// <summary>Where websites of buckets are found; empty for nowhere.</summary>
    public ImmutableArray<IPAddress> Websites { get; init; } = [];

    /// <summary>By domain name; not to be changed.</summary>
    public Dictionary<string, ServedDistribution> Distributions => _state.Distributions;

    /// <summary>These are the machines from now on. Where no decision is another one for it, those made before stay.</summary>
    public void Change(FleetDirectory directory)
    {
        lock (_gate)
        {
            var map = FleetMap.Of(directory);
            var moment = map.DecidesAs(_state.Map) ? _state.Moment : _state.Moment + 1;
            _state = new State(moment, map, ServiceRecord.Of(directory, hasHttp2: true), ServiceRecord.Of(directory, hasHttp2: false), _state.Distributions);
        }
    }

    /// <summary>These are the distributions from now on. What is remembered is of a network and a price class, and stays.</summary>
    /// <param name="distributions">By domain name; not changed any more.</param>
    public void Change(Dictionary<string, ServedDistribution> distributions)
    {
        lock (_gate)
        {
            _state = _state.With(_state.Moment, distributions);
        }
    }

    /// <summary>What was decided is decided anew.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _state = _state.With(_state.Moment + 1, _state.Distributions);
        }
    }

    /// <summary>The decision for a client, with its reasons, as it is made now.</summary>
    public EdgeChoice Explain(ServedDistribution distribution, IPAddress client, AddressFamily family) => Decide(_state, distribution.PriceClass, client, family);

    public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data)
    {
        if (kind is AliasTargetKind.BucketWebsite)
        {
            return FindWebsite(record, data);
        }

        var state = _state;
        Span<char> text = stackalloc char[LongestName];
        if (kind is not AliasTargetKind.Distribution || !state.ByName.TryGetValue(text[..TextOf(name, text)], out var distribution))
        {
            return default;
        }

        // Of a distribution without IPv6 no such addresses are told, and it exists (DP-2.10).
        return record switch
        {
            EdgeRecord.Service => Tell(distribution.HasHttp2 ? state.Service : state.ServiceWithoutHttp2, data, 0),
            EdgeRecord.IPv6 when !distribution.HasIPv6 => Tell([], data, 0),
            EdgeRecord.IPv4 or EdgeRecord.IPv6 => Tell(Recall(state, distribution.PriceClass, record, client).Data, data, state.HasChoice ? BitsOf(client) : 0),
        };
    }

    private EdgeAnswer FindWebsite(EdgeRecord record, Span<byte> data)
    {
        var family = record switch { EdgeRecord.IPv4 => AddressFamily.InterNetwork, EdgeRecord.IPv6 => AddressFamily.InterNetworkV6, EdgeRecord.Service => AddressFamily.Unspecified };
        var length = 0;
        foreach (var address in Websites)
        {
            if (address.AddressFamily == family && address.TryWriteBytes(data[length..], out var written))
            {
                length += written;
            }
        }

        return new EdgeAnswer(Exists: !Websites.IsEmpty, length, IEdgeAddresses.DefaultTtlSeconds, 0);
    }

    private static EdgeAnswer Tell(byte[] found, Span<byte> data, int scope)
    {
        found.CopyTo(data);
        return new EdgeAnswer(Exists: true, found.Length, IEdgeAddresses.DefaultTtlSeconds, scope);
    }

    private static int BitsOf(in ClientNetwork client) => client.IsIPv6 ? Decisions.Routing.ClientNetwork.Bits6 : Decisions.Routing.ClientNetwork.Bits4;

    private Answer Recall(State state, string priceClass, EdgeRecord record, in ClientNetwork client)
    {
        var network = client.Address & (UInt128.MaxValue << (128 - BitsOf(client)));
        ref var slot = ref _answers[HashCode.Combine(network, client.IsIPv6, record, priceClass) & (Remembered - 1)];
        if (slot is { } known && known.IsFor(state.Moment, network, client.IsIPv6, record, priceClass))
        {
            return known;
        }

        var family = record is EdgeRecord.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var choice = Decide(state, priceClass, (client with { Address = network }).ToAddress(), family);
        var made = new Answer(state.Moment, network, client.IsIPv6, record, priceClass, [.. choice.Edges.SelectMany(static edge => edge.Address.GetAddressBytes())]);
        slot = made; // one reference: readers see the one before or this one
        return made;
    }

    private EdgeChoice Decide(State state, string priceClass, IPAddress client, AddressFamily family) =>
        EdgeRouting.Choose(state.Map, health, measured, new RoutingQuestion { Client = client, Place = findPlace(client), PriceClass = priceClass, Family = family });

    /// <summary>As hosts are written, without the final dot; nothing for a name that is no host's.</summary>
    private static int TextOf(ReadOnlySpan<byte> wire, Span<char> text)
    {
        var length = 0;
        for (; wire[0] > 0; wire = wire[(1 + wire[0])..])
        {
            var label = wire.Slice(1, wire[0]);
            if (label.Contains((byte)'.') || !Ascii.IsValid(label))
            {
                return 0;
            }

            length += Encoding.ASCII.GetChars(label, text[length..]);
            text[length++] = '.';
        }

        return Math.Max(0, length - 1);
    }

    /// <summary>What decisions are made of, as of one moment. Immutable.</summary>
    private sealed class State(long moment, FleetMap map, byte[] service, byte[] serviceWithoutHttp2, Dictionary<string, ServedDistribution> distributions)
    {
        /// <summary>Another one where decisions may be others.</summary>
        public long Moment => moment;

        public FleetMap Map => map;

        public byte[] Service => service;

        public byte[] ServiceWithoutHttp2 => serviceWithoutHttp2;

        public Dictionary<string, ServedDistribution> Distributions => distributions;

        public Dictionary<string, ServedDistribution>.AlternateLookup<ReadOnlySpan<char>> ByName { get; } = distributions.GetAlternateLookup<ReadOnlySpan<char>>();

        /// <summary>Whether clients may get different answers.</summary>
        public bool HasChoice { get; } = map.Pops.Sum(static pop => pop.Edges.Length) > 1;

        public State With(long next, Dictionary<string, ServedDistribution> others) => new(next, map, service, serviceWithoutHttp2, others);
    }

    private sealed record Answer(long Moment, UInt128 Network, bool IsIPv6, EdgeRecord Record, string PriceClass, byte[] Data)
    {
        public bool IsFor(long moment, UInt128 network, bool isIPv6, EdgeRecord record, string priceClass) =>
            Moment == moment && Network == network && IsIPv6 == isIPv6 && Record == record && PriceClass == priceClass;
    }
}
