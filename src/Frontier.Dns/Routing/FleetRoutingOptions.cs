// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;

namespace Frontier.Dns.Routing;

/// <summary>How a DNS server comes to the edges that it answers with.</summary>
public sealed record FleetRoutingOptions
{
    /// <summary>Where machines and distributions are kept; the server's own directory.</summary>
    public required string Directory { get; init; }

    /// <summary>The edges of this very process, which are not probed; null where the control plane tells of machines.</summary>
    public FleetDirectory? Beside { get; init; }

    /// <summary>Where websites of buckets are found; empty for nowhere.</summary>
    public ImmutableArray<IPAddress> Websites { get; init; } = [];

    /// <summary>Round trips that the operator knows.</summary>
    public LatencyTable Measured { get; init; } = LatencyTable.Empty;
}
