// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Rollout;
using Frontier.Control.Store;

namespace Frontier.Control.Feed;

/// <summary>What this process knows of one edge. Written and read under the lock of <see cref="EdgeRegistry"/>.</summary>
internal sealed class EdgeState
{
    /// <summary>When its last report arrived, as <see cref="TimeProvider.GetTimestamp"/> counts: a clock that is set silences nobody.</summary>
    public required long LastHeard { get; set; }

    /// <summary>What it acknowledged.</summary>
    public required EdgeRow Row { get; set; }

    /// <summary>What the store has of it; null for nothing, or when that is not known.</summary>
    public EdgeRow? Saved { get; set; }

    /// <summary>Whether its last report is to be saved. Not so where the store merely lost the edge: then its next report is, which may come to another process.</summary>
    public bool IsUnsaved { get; set; }

    /// <summary>The version last sent to it.</summary>
    public long SentVersion { get; set; }

    /// <summary>What it would not serve, as its last report says.</summary>
    public SnapshotRefusal? Refused { get; set; }

    /// <summary>How it fares, version by version.</summary>
    public HealthRecord Health { get; } = new();
}
