// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Dns.Server;
using Frontier.Dns.Zones;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Harness;

/// <summary>A responder without sockets.</summary>
internal sealed class Answerer
{
    public const string Resolver = "192.0.2.1";

    private readonly byte[] _answer = new byte[DnsOptions.MaxTcpBytes];
    private readonly Responder _responder;

    public Answerer(params Zone[] zones)
        : this(0, zones)
    {
    }

    public Answerer(int answersPerSecond, params Zone[] zones)
        : this(answersPerSecond, new FixedEdges(), zones)
    {
    }

    public Answerer(int answersPerSecond, IEdgeAddresses edges, params Zone[] zones)
    {
        Zones.Publish(ZoneSet.Of(zones));
        _responder = new Responder(new ResponderParts
        {
            Zones = Zones,
            Cookies = new Cookies([.. Enumerable.Range(0, SipHash.KeyLength).Select(static at => (byte)at)], Time),
            Limit = answersPerSecond > 0 ? new RateLimit(answersPerSecond, 2, Time) : null,
            Choice = new FirstChoice(),
            Edges = edges,
            ServerId = [.. "dns-1"u8],
        });
    }

    public ManualTimeProvider Time { get; } = new();

    public ServedZones Zones { get; } = new();

    public QueryCounters Counters => _responder.Counters;

    /// <summary>Null for silence.</summary>
    public Told? Send(byte[] message, bool isStream = false, string from = Resolver)
    {
        var length = SendRaw(message, isStream, from);
        return length == 0 ? null : Told.Read(_answer.AsSpan(0, length));
    }

    public int SendRaw(ReadOnlySpan<byte> message, bool isStream = false, string from = Resolver) =>
        _responder.Answer(message, _answer, new Asker(ClientNetwork.Of(IPAddress.Parse(from)), isStream));

    public int SendRaw(ReadOnlySpan<byte> message, in ClientNetwork from) => _responder.Answer(message, _answer, new Asker(from, IsStream: false));

    public Told Ask(string name, string type = "A") => Send(Harness.Ask.For(name, type)) ?? throw new InvalidOperationException("There was no answer.");

    public Told Ask(Ask ask, bool isStream = false, string from = Resolver) => Send(ask.ToBytes(), isStream, from) ?? throw new InvalidOperationException("There was no answer.");
}
