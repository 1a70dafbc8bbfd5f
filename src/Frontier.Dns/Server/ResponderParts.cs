// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>What all responders of a server share.</summary>
internal sealed record ResponderParts
{
    public required ServedZones Zones { get; init; }

    public required Cookies Cookies { get; init; }

    /// <summary>Null for none.</summary>
    public RateLimit? Limit { get; init; }

    public required ISetChoice Choice { get; init; }

    public required IEdgeAddresses Edges { get; init; }

    /// <summary>What tells this server from others behind its address (RFC 5001); empty for nothing.</summary>
    public byte[] ServerId { get; init; } = [];

    /// <summary>Answers over UDP are no longer than this, in bytes.</summary>
    public int MaxUdpBytes { get; init; } = DnsOptions.DefaultMaxUdpBytes;

    /// <summary>Null for none.</summary>
    public QueryLog? Log { get; init; }
}
