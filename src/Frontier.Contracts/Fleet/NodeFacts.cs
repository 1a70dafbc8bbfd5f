// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Fleet;

/// <summary>What a machine says of itself when it starts, and again when that has changed.</summary>
/// <param name="Weight">How much it can do beside others, 1 to 1,000; an ordinary machine is 100.</param>
public sealed record NodeFacts(int Weight = 100)
{
    /// <summary>Where an edge says by its status whether viewers may be sent to it, on its plain HTTP port: 200 yes, 503 no.</summary>
    public const string HealthPath = "/frontier/health";

    public required NodeRole Role { get; init; }

    /// <summary>Of the program, e.g. <c>0.1.0</c>.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>IP addresses at which viewers (of DNS: resolvers) reach it; none where it serves none.</summary>
    public ImmutableArray<string> Addresses { get; init => field = value.OrNone; } = [];

    /// <summary>Where viewers find plain HTTP at those addresses; 0 for nowhere.</summary>
    public int HttpPort { get; init; }

    /// <summary>Where viewers find HTTPS at those addresses; 0 for nowhere.</summary>
    public int HttpsPort { get; init; }

    /// <summary>Where other machines of the fleet ask it for objects, as <c>host:port</c>; null for nowhere.</summary>
    public string? Tier { get; init; }
}
