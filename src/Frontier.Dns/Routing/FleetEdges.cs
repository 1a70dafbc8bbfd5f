// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
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
internal sealed class FleetEdges(IEdgeHealth health, Func<IPAddress, ViewerPlace?> findPlace) : IEdgeAddresses
{
    /// <summary>A power of two; each is about 200 bytes with its answer.</summary>
    private const int Remembered = 1 << 15;

    private readonly Lock _gate = new();
    private readonly Answer?[] _answers = new Answer?[Remembered];
    private volatile State _state = new(0, FleetMap.Of(FleetDirectory.Empty), LatencyTable.Empty, FrozenDictionary<string, ServedDistribution>.Empty);

    /// <summary>The fleet, what was measured, and the distributions there are; any of them by itself.</summary>
    public void Change(FleetMap? map = null, LatencyTable? measured = null, FrozenDictionary<string, ServedDistribution>? distributions = null)
    {
        lock (_gate)
        {
            var state = _state;
            _state = new State(state.Moment + 1, map ?? state.Map, measured ?? state.Measured, distributions ?? state.Distributions);
        }
    }

    /// <summary>What was decided is decided anew.</summary>
    public void Forget() => Change();

    /// <summary>The decision for a client and a distribution's domain name, with its reasons; null where there is no such distribution.</summary>
    public EdgeChoice? Explain(string name, IPAddress client, AddressFamily family) =>
        _state is var state && state.Distributions.TryGetValue(name, out var distribution) ? Decide(state, distribution, client, family) : null;

    public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data)
    {
        var state = _state;
        Span<char> text = stackalloc char[255];
        if (kind is not AliasTargetKind.Distribution || !TextOf(name, ref text) || !state.ByName.TryGetValue(text, out var distribution))
        {
            return default;
        }

        if (record is EdgeRecord.Service)
        {
            // What clients would learn by asking: HTTP/2 and HTTP/1.1 at the name itself.
            Alpn.CopyTo(data);
            return new EdgeAnswer(true, Alpn.Length, IEdgeAddresses.DefaultTtlSeconds, 0);
        }

        if (record is EdgeRecord.IPv6 && !distribution.HasIPv6)
        {
            return new EdgeAnswer(true, 0, IEdgeAddresses.DefaultTtlSeconds, 0);
        }

        var answer = Recall(state, distribution, record, client);
        answer.Data.CopyTo(data);
        return new EdgeAnswer(true, answer.Data.Length, IEdgeAddresses.DefaultTtlSeconds, BitsOf(client));
    }

    /// <summary>SvcPriority 1, TargetName ".", alpn "h2,http/1.1" (RFC 9460 §2.2, §7.1).</summary>
    private static ReadOnlySpan<byte> Alpn => [0, 1, 0, 0, 1, 0, 12, 2, (byte)'h', (byte)'2', 8, (byte)'h', (byte)'t', (byte)'t', (byte)'p', (byte)'/', (byte)'1', (byte)'.', (byte)'1'];

    private static int BitsOf(in ClientNetwork client) => client.IsIPv6 ? Decisions.Routing.ClientNetwork.Bits6 : Decisions.Routing.ClientNetwork.Bits4;

    private Answer Recall(State state, ServedDistribution distribution, EdgeRecord record, in ClientNetwork client)
    {
        var network = client.Address & (UInt128.MaxValue << (128 - BitsOf(client)));
        ref var slot = ref _answers[HashCode.Combine(network, client.IsIPv6, record, distribution.PriceClass) & (Remembered - 1)];
        if (slot is { } known && known.Moment == state.Moment && known.Network == network && known.IsIPv6 == client.IsIPv6 && known.Record == record && known.PriceClass == distribution.PriceClass)
        {
            return known;
        }

        var family = record is EdgeRecord.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var choice = Decide(state, distribution, (client with { Address = network }).ToAddress(), family);
        var made = new Answer(state.Moment, network, client.IsIPv6, record, distribution.PriceClass, [.. choice.Edges.SelectMany(static edge => edge.Address.GetAddressBytes())]);
        slot = made; // one reference: readers see the one before or this one
        return made;
    }

    private EdgeChoice Decide(State state, ServedDistribution distribution, IPAddress client, AddressFamily family) =>
        EdgeRouting.Choose(state.Map, health, state.Measured, new RoutingQuestion { Client = client, Place = findPlace(client), PriceClass = distribution.PriceClass, Family = family });

    /// <summary>False for a name that is no host's.</summary>
    private static bool TextOf(ReadOnlySpan<byte> wire, ref Span<char> text)
    {
        var length = 0;
        while (!wire.IsEmpty && wire[0] > 0)
        {
            var label = wire.Slice(1, wire[0]);
            if (label.Contains((byte)'.') || !System.Text.Ascii.IsValid(label))
            {
                return false;
            }

            length += System.Text.Encoding.ASCII.GetChars(label, text[length..]);
            text[length++] = '.';
            wire = wire[(1 + wire[0])..];
        }

        text = text[..Math.Max(0, length - 1)];
        return true;
    }

    /// <summary>What decisions are made of, as of one moment.</summary>
    private sealed class State(long moment, FleetMap map, LatencyTable measured, FrozenDictionary<string, ServedDistribution> distributions)
    {
        /// <summary>Another one after every change.</summary>
        public long Moment => moment;

        public FleetMap Map => map;

        public LatencyTable Measured => measured;

        public FrozenDictionary<string, ServedDistribution> Distributions => distributions;

        public FrozenDictionary<string, ServedDistribution>.AlternateLookup<ReadOnlySpan<char>> ByName { get; } = distributions.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private sealed record Answer(long Moment, UInt128 Network, bool IsIPv6, EdgeRecord Record, string PriceClass, byte[] Data);
}
