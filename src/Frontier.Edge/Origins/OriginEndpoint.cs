// SPDX-License-Identifier: Apache-2.0

using System.Security.Authentication;
using Frontier.Contracts;
using Frontier.Edge.Tiers;

namespace Frontier.Edge.Origins;

/// <summary>Where an origin is and how to talk to it (§11). Connections are pooled by this value: two that are equal share them.</summary>
public sealed record OriginEndpoint
{
    /// <summary>The name to resolve, or an address literal; without port.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required bool Tls { get; init; }

    /// <summary>
    /// The name sent as SNI: the Host header when that is forwarded (DP-10.1). The certificate must be valid for it or for
    /// <see cref="Host"/>. Null for <see cref="Host"/>.
    /// </summary>
    public string? TlsServerName { get; init; }

    /// <summary>The versions offered: a set, not a minimum (DP-11.7).</summary>
    public SslProtocols TlsProtocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Shown to an origin that asks for one; null for none.</summary>
    public OriginClientCertificate? ClientCertificate { get; init; }

    /// <summary>Which machine of the fleet it is; null for an origin. It alone says then who may be there, and what it is shown.</summary>
    internal TierPeer? Peer { get; init; }

    /// <summary>Until the first byte of anything, interim answers included; null for <see cref="ReadTimeout"/>.</summary>
    public TimeSpan? FirstWordTimeout { get; init; }

    public OriginAddressFamily Family { get; init; } = OriginAddressFamily.Ipv4;

    /// <summary>Name resolution, connect and TLS handshake of one attempt together.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until the first byte of a response, between two reads, and for each write.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an idle connection is kept for reuse.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>1 to 3: connects, and for GET and HEAD also requests (DP-11.1).</summary>
    public int ConnectionAttempts { get; init; } = 3;

    /// <summary>The whole exchange with all retries, until the last byte of the body; null for no bound.</summary>
    public TimeSpan? ResponseCompletionTimeout { get; init; }

    /// <summary>A server that the operator names, such as the built-in buckets: the address policy is not asked, and the family does not matter.</summary>
    public bool IsOperators { get; init; }
}
