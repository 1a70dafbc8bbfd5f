// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Frontier.Http.Limits;

/// <summary>
/// What viewers may take of a server in number and a second, all together and each address by itself: one of IPv4, or a network of
/// IPv6 (/64). Rates may be saved up for <see cref="Rate.BurstSeconds"/>. 0 is no limit.
/// </summary>
public sealed record ViewerLimits
{
    /// <summary>An office of a thousand people behind one address, with two connections each.</summary>
    public int ConnectionsPerAddress { get; init; } = 2_048;

    /// <summary>New connections a second of all viewers. Default 5,000 for each core: a quarter of a core's time at 50 µs each.</summary>
    public int NewConnections { get; init; } = 5_000 * Environment.ProcessorCount;

    /// <summary>New connections a second of one address: a thousand people who open a page with six connections within half a minute.</summary>
    public int NewConnectionsPerAddress { get; init; } = 200;

    /// <summary>TLS handshakes a second of all viewers. Default 500 for each core: half of its time at a millisecond each, which a key of RSA with 2,048 bits takes.</summary>
    public int Handshakes { get; init; } = 500 * Environment.ProcessorCount;

    /// <summary>TLS handshakes a second of one address: a thousand people who open a page within half a minute, 33 a second, and half as many again. Browsers resume or keep their connections.</summary>
    public int HandshakesPerAddress { get; init; } = 50;

    /// <summary>Requests a second of all viewers. Default 250,000 for each core: as many as one can answer, and as CloudFront has for a distribution (§5).</summary>
    public int Requests { get; init; } = 250_000 * Environment.ProcessorCount;

    /// <summary>Requests a second of one address: a thousand people who each open a page of a hundred files within half a minute. A stream of HTTP/2 is a request.</summary>
    public int RequestsPerAddress { get; init; } = 4_000;

    /// <summary>Who meets no limit of an address's own. Default this machine itself: a proxy on it speaks for many.</summary>
    public ImmutableArray<IPNetwork> Exempt { get; init; } = [new(IPAddress.Loopback, 32), new(IPAddress.IPv6Loopback, 128)];
}
