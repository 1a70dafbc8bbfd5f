// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Feed;

/// <summary>
/// What edges may be waiting for: the newest snapshot and the end of the invalidation log, and one signal for all waiters that
/// either moved. Written by whoever committed, after the commit, and by
/// <see cref="FeedFollower"/> with what other processes did; read by every long poll. Thread-safe.
/// </summary>
internal sealed class FeedState(ConfigSnapshot? snapshot, long logEnd, long oldestKept)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = NewSignal();
    private ConfigSnapshot? _snapshot = snapshot;
    private long _logEnd = logEnd;
    private long _oldestKept = oldestKept;

    /// <summary>The state now and a task that completes when it no longer is.</summary>
    public FeedMoment Read()
    {
        lock (_gate)
        {
            return new FeedMoment(_snapshot, _logEnd, _oldestKept, _moved.Task);
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake()
    {
        var moved = _moved;
        _moved = NewSignal();
        moved.SetResult();
    }
}

/// <summary>One moment of <see cref="FeedState"/>.</summary>
internal sealed record FeedMoment(ConfigSnapshot? Snapshot, long LogEnd, long OldestKept, Task Moved)
{
    public long Version => Snapshot?.Version ?? 0;
}
