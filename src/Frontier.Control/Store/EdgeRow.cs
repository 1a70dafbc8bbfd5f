// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>An edge in service and what it acknowledged. Kept so that neither a restart nor another process forgets an edge that others wait for.</summary>
/// <param name="SnapshotVersion">The configuration it serves.</param>
/// <param name="InvalidationPosition">How far it has applied the invalidation log.</param>
public sealed record EdgeRow(string EdgeId, string Pop, long SnapshotVersion, long InvalidationPosition)
{
    /// <summary><see cref="Contracts.ChallengeList.Revision"/> of the list it has; empty for none.</summary>
    public string Challenges { get; init; } = "";
}

/// <summary>An edge that a process hears, and how long ago it last did; zero while its report waits for an answer.</summary>
public sealed record EdgeHeard(string EdgeId, TimeSpan Ago);
