// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Fleet;

namespace Frontier.Dns;

/// <summary>What an operator says of a DNS server.</summary>
public sealed record DnsOptions
{
    /// <summary>What crosses networks without being cut into pieces (DNS flag day 2020).</summary>
    public const int DefaultMaxUdpBytes = 1_232;

    /// <summary>The longest message over TCP (RFC 1035 §4.2.2).</summary>
    public const int MaxTcpBytes = ushort.MaxValue;

    /// <summary>Where queries come, over UDP and TCP. One that is every address of the machine is taken as each of them by itself, so that answers leave from the address that was asked.</summary>
    public required ImmutableArray<IPEndPoint> Endpoints { get; init; }

    /// <summary>Its own directory: the last zones heard of, keys, the log of queries.</summary>
    public required string Directory { get; init; }

    /// <summary>Tells the server from others, to the control plane and in answers to whoever asks (NSID).</summary>
    public required string NodeId { get; init; }

    /// <summary>The control plane; null for none, with the zones that lie on disk.</summary>
    public Uri? Control { get; init; }

    /// <summary>What the control plane beside it knows it by; empty for a machine, which is known by its certificate.</summary>
    public string Token { get; init; } = "";

    /// <summary>The way to the control planes of a fleet, which stays the caller's to close; null for a connection of its own.</summary>
    public HttpMessageHandler? ControlTransport { get; init; }

    /// <summary>What the machine tells of itself; null for nothing.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>The zone whose names are the distributions', e.g. <c>cdn.example.net</c>; null for none.</summary>
    public string? Domain { get; init; }

    /// <summary>Names of the servers of <see cref="Domain"/>, with their addresses where they lie in it. Empty for <c>ns1</c> below it.</summary>
    public ImmutableArray<NameServer> NameServers { get; init; } = [];

    /// <summary>Sockets for UDP at each endpoint, with a thread each. Default: one for each processor.</summary>
    public int Sockets { get; init; } = Environment.ProcessorCount;

    /// <summary>Answers over UDP are no longer than this: 512 to 4,096 bytes.</summary>
    public int MaxUdpBytes { get; init; } = DefaultMaxUdpBytes;

    /// <summary>Answers of one kind to one network in a second over UDP; 0 for as many as are asked for.</summary>
    public int AnswersPerSecond { get; init; } = 500;

    /// <summary>Every so manieth answer over the limit is sent truncated; 0 for none.</summary>
    public int Slip { get; init; } = 2;

    /// <summary>Connections over TCP at a time, and of them from one address.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <inheritdoc cref="MaxConnections"/>
    public int MaxConnectionsPerAddress { get; init; } = 100;

    /// <summary>How long a connection may be silent (RFC 7766 §6.2.3 wants seconds).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who may have whole zones (AXFR over TCP).</summary>
    public ImmutableArray<IPNetwork> TransferNetworks { get; init; } = [];

    /// <summary>Zones that are signed, with the file of each one's key; one that is not there is made.</summary>
    public ImmutableArray<SignedZone> SignedZones { get; init; } = [];

    /// <summary>16 bytes that all servers behind one address share, for cookies; null for new ones at each start.</summary>
    public ImmutableArray<byte>? CookieSecret { get; init; }

    /// <summary>Every so manieth query is written to the log; 0 for none.</summary>
    public int LogEvery { get; init; }

    /// <summary>Every fault, none hides another.</summary>
    public IEnumerable<string> Faults()
    {
        if (Endpoints.IsDefaultOrEmpty)
        {
            yield return "Endpoints is empty: give at least one address and port.";
        }

        foreach (var (name, value, least, most) in new[]
        {
            (nameof(Sockets), Sockets, 1, 256), (nameof(MaxUdpBytes), MaxUdpBytes, 512, 4_096), (nameof(AnswersPerSecond), AnswersPerSecond, 0, 1_000_000), (nameof(Slip), Slip, 0, 100),
            (nameof(MaxConnections), MaxConnections, 1, 100_000), (nameof(MaxConnectionsPerAddress), MaxConnectionsPerAddress, 1, 100_000), (nameof(LogEvery), LogEvery, 0, int.MaxValue),
        })
        {
            if (value < least || value > most)
            {
                yield return $"{name} is {value}: give a number from {least} to {most}.";
            }
        }

        if (NodeId.Length is 0 or > 64 || NodeId.Any(static letter => letter is <= ' ' or > '~'))
        {
            yield return $"NodeId is \"{NodeId}\": give 1 to 64 letters of ASCII.";
        }

        if (CookieSecret is { Length: not Server.SipHash.KeyLength })
        {
            yield return $"CookieSecret has {CookieSecret.Value.Length} bytes: give 16.";
        }
    }
}
