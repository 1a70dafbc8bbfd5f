// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Fleet;

namespace Frontier.Contracts.Zones;

/// <summary>
/// What a DNS node says to the control plane about zones, and by saying so asks for more: report, acknowledgement and request at
/// once, as <see cref="EdgeReport"/> is for edges. A change is INSYNC when every DNS node in service has acknowledged it (NB-5.1).
/// </summary>
public sealed record ZoneReport
{
    /// <summary>Where it is sent, by POST.</summary>
    public const string Path = "/frontier/v1/zones";

    public required string NodeId { get; init; }

    /// <summary>
    /// Every change up to this one is in effect; 0 for none. Below 0 between the answers of a whole set, a place that the control
    /// plane gave and alone understands.
    /// </summary>
    public required long Position { get; init; }

    /// <summary>Asks for an answer at once, even with nothing new.</summary>
    public bool AtOnce { get; init; }

    /// <summary>What it found of health checks since the last report, those alone whose state is another one now.</summary>
    public ImmutableArray<HealthObservation> Observations { get; init => field = value.OrNone; } = [];

    /// <summary>What the machine says of itself; null where it has not changed since the last report that was answered.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary><see cref="FleetDirectory.Revision"/> of the directory it has, empty for none; null from a node that wants none.</summary>
    public string? FleetRevision { get; init; }

    /// <summary><see cref="ServedDistributions.Version"/> of those it has, 0 for none; null from a node that wants none.</summary>
    public long? SnapshotVersion { get; init; }

    /// <summary><see cref="ServedDistributions.CreatedAt"/> of those it has; null where it has none.</summary>
    public DateTimeOffset? SnapshotCreatedAt { get; init; }
}

/// <summary>What a node found of a health check.</summary>
/// <param name="Reason">For people, e.g. <c>Success: HTTP Status Code 200, OK</c>.</param>
public sealed record HealthObservation(string HealthCheckId, bool IsHealthy, string Reason, DateTimeOffset At);

/// <summary>What the control plane answers.</summary>
public sealed record ZoneAnswer
{
    /// <summary>
    /// Whole zones, in the place of what the node has of them: all of them, over as many answers as it takes, for a node whose
    /// position is 0 or older than what is kept; new ones otherwise.
    /// </summary>
    public ImmutableArray<ZoneConfig> Zones { get; init => field = value.OrNone; } = [];

    /// <summary>
    /// In order. Whole zones of this answer come before them, what is removed after them. One whose version is no newer than that of the
    /// zone is passed over: the zone was read after it.
    /// </summary>
    public ImmutableArray<ZoneChange> Changes { get; init => field = value.OrNone; } = [];

    /// <summary>Ids of zones that there are no more.</summary>
    public ImmutableArray<string> Removed { get; init => field = value.OrNone; } = [];

    /// <summary>All health checks, where one of them is another one than before; null where none is.</summary>
    public ImmutableArray<HealthCheckConfig>? HealthChecks { get; init; }

    /// <summary>What the node's position is when it has applied this answer.</summary>
    public required long Position { get; init; }

    /// <summary>Whether what the node has and this answer does not name is to go: the first answer of a whole set.</summary>
    public bool StartsAnew { get; init; }

    /// <summary>Whether more is to be had at once.</summary>
    public bool HasMore { get; init; }

    /// <summary>Present when it is another one than that reported.</summary>
    public FleetDirectory? Fleet { get; init; }

    /// <summary>Present when they are others than those reported.</summary>
    public ServedDistributions? Distributions { get; init; }
}
