// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Rollout;

namespace Frontier.Control.Feed;

/// <summary>
/// What edges may be waiting for: the newest snapshot or the one that a rollout has them keep, and the end of the invalidation log, and one
/// signal for all waiters that any of these moved. Written by whoever committed, after the commit, and by
/// <see cref="FeedFollower"/> with what other processes did; read by every long poll. Thread-safe.
/// </summary>
internal sealed class FeedState(ConfigSnapshot? snapshot, long logEnd, long oldestKept)
{
    /// <summary>How many snapshots back an edge may be and still be told the difference alone. They share what did not change.</summary>
    private const int Remembered = 64;

    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = NewSignal();
    private ConfigSnapshot? _snapshot = snapshot;
    private ImmutableArray<ConfigSnapshot> _recent = snapshot is null ? [] : [snapshot];
    private long _logEnd = logEnd;
    private long _oldestKept = oldestKept;
    private RolloutView _rollout = RolloutView.AtOnce;
    private ChallengeList _challenges = ChallengeList.Empty;

    /// <summary>The state now and a task that completes when it no longer is.</summary>
    public FeedMoment Read()
    {
        lock (_gate)
        {
            return new FeedMoment(_snapshot, _recent, _logEnd, _oldestKept, _rollout, _moved.Task) { Challenges = _challenges };
        }
    }

    public void Publish(ConfigSnapshot snapshot)
    {
        lock (_gate)
        {
            if (snapshot.Version <= (_snapshot?.Version ?? 0))
            {
                return;
            }

            _snapshot = snapshot;
            _recent = [.. _recent.Skip(_recent.Length - Remembered + 1), snapshot];
            Wake();
        }
    }

    /// <summary>The log now ends at <paramref name="sequence"/> and begins at <paramref name="oldestKept"/> or later.</summary>
    public void Extend(long sequence, long oldestKept)
    {
        lock (_gate)
        {
            if (sequence <= _logEnd)
            {
                return;
            }

            _logEnd = sequence;
            _oldestKept = Math.Max(_oldestKept, oldestKept);
            Wake();
        }
    }

    /// <summary>Wakes the waiters for what lies elsewhere: the directory of the fleet is another one.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            Wake();
        }
    }

    /// <summary>Which edges get which snapshot from now on.</summary>
    public void Follow(RolloutView rollout)
    {
        lock (_gate)
        {
            if (rollout != _rollout)
            {
                _rollout = rollout;
                Wake();
            }
        }
    }

    /// <summary>Edges have these from here on, and no others.</summary>
    public void Tell(ChallengeList challenges)
    {
        lock (_gate)
        {
            if (challenges.Revision != _challenges.Revision)
            {
                _challenges = challenges;
                Wake();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake()
    {
        var moved = _moved;
        _moved = NewSignal();
        moved.SetResult();
    }
}

/// <summary>One moment of <see cref="FeedState"/>.</summary>
/// <param name="Recent">The last snapshots, <paramref name="Snapshot"/> among them.</param>
internal sealed record FeedMoment(ConfigSnapshot? Snapshot, ImmutableArray<ConfigSnapshot> Recent, long LogEnd, long OldestKept, RolloutView Rollout, Task Moved)
{
    /// <summary>The snapshot that an edge is to serve; null while there is none for it.</summary>
    public ConfigSnapshot? For(EdgeReport report) => Rollout.For(report.EdgeId, report.Pop, Snapshot);

    /// <summary>Whether an edge's snapshot is of this history, as far as that is known: after a restore the same numbers come again for something else.</summary>
    public bool IsOurs(EdgeReport report) =>
        report.SnapshotCreatedAt is not { } createdAt || !Recent.Any(recent => recent.Version == report.SnapshotVersion && recent.CreatedAt != createdAt);

    /// <summary>The snapshot that an edge has; null when it is not known any more, or is none of ours.</summary>
    public ConfigSnapshot? BasisOf(EdgeReport report) =>
        Recent.FirstOrDefault(recent => recent.Version == report.SnapshotVersion && recent.CreatedAt == report.SnapshotCreatedAt);

    /// <summary>That of the newest snapshot.</summary>
    public long Version => Snapshot?.Version ?? 0;

    /// <summary>What edges answer to certificate authorities.</summary>
    public ChallengeList Challenges { get; init; } = ChallengeList.Empty;

    /// <summary>Whether an edge has another list; never of one that knows no such lists.</summary>
    public bool HasOtherChallenges(EdgeReport report) => report.ChallengeRevision is { } known && known != Challenges.Revision;
}
