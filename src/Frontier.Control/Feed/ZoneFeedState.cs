// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Feed;

/// <summary>
/// What DNS nodes may be waiting for: the end of the log of zones' changes, and one signal for all waiters that it moved. Written by
/// whoever committed, and by <see cref="FeedFollower"/> with what other processes did. Thread-safe.
/// </summary>
internal sealed class ZoneFeedState(long logEnd)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = NewSignal();
    private long _logEnd = logEnd;

    /// <summary>Where the log ends now, and a task that completes when it no longer does.</summary>
    public (long LogEnd, Task Moved) Read()
    {
        lock (_gate)
        {
            return (_logEnd, _moved.Task);
        }
    }

    /// <summary>The log now ends at <paramref name="sequence"/> or later.</summary>
    public void Extend(long sequence)
    {
        lock (_gate)
        {
            if (sequence <= _logEnd)
            {
                return;
            }

            _logEnd = sequence;
            var moved = _moved;
            _moved = NewSignal();
            moved.SetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
