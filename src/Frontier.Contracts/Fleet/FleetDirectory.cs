// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Fleet;

/// <summary>
/// The machines of a fleet, made by the control plane of what operators say and machines report, and sent to all of them by the
/// feed. They keep the last one on disk. It changes more often than the configuration and needs no history, so it is no part of a
/// snapshot. A machine gets what its role needs: an edge those of its own point of presence and every regional cache, DNS all.
/// </summary>
public sealed record FleetDirectory
{
    public static readonly FleetDirectory Empty = new() { Revision = "" };

    /// <summary>A digest of the content: whoever has the same has the same directory, whichever control plane it came from.</summary>
    public required string Revision { get; init; }

    /// <summary>In order of their names.</summary>
    public ImmutableArray<PopConfig> Pops { get; init => field = value.OrNone; } = [];

    /// <summary>In order of their ids.</summary>
    public ImmutableArray<NodeConfig> Nodes { get; init => field = value.OrNone; } = [];
}
