// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>A manual clock that tells when a timer was set, so that a test moves it neither too early nor after a guess. Thread-safe.</summary>
internal sealed class WatchedClock : TimeProvider
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<object, TimeSpan> _armed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, callback);
        timer.Start(_clock.CreateTimer(static watched => ((WatchedTimer)watched!).Fire(), timer, Timeout.InfiniteTimeSpan, period), state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>Waits until a timer stands that was set for this long, and moves the clock by it.</summary>
    public async Task ElapseAsync(TimeSpan span)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                if (_armed.ContainsValue(span))
                {
                    break;
                }
            }

            await changed.WaitAsync(ScriptedOrigin.Patience);
        }

        Advance(span);
    }

    private void Note(WatchedTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _armed[timer] = dueTime;
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Forget(WatchedTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
        }
    }

    private sealed class WatchedTimer(WatchedClock clock, TimerCallback callback) : ITimer
    {
        private ITimer? _timer;
        private object? _state;

        public void Start(ITimer timer, object? state)
        {
            _timer = timer;
            _state = state;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = _timer!.Change(dueTime, period);
            clock.Note(this, dueTime);
            return changed;
        }

        /// <summary>A timer that fired no longer stands, unless its callback sets it again.</summary>
        public void Fire()
        {
            clock.Forget(this);
            callback(_state);
        }

        public void Dispose()
        {
            clock.Forget(this);
            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
