// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>
/// The one timer of a connection: aborts it when the operation at hand takes longer than it may, or the exchange longer than
/// its completion timeout. Armed by whoever uses the connection, fired by the clock; both under the lock.
/// </summary>
internal sealed class OriginDeadline : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<OriginFailure> _expired;
    private readonly ITimer _timer;
    private OriginFailure _reason;
    private long _due;
    private long? _completionDue;

    /// <param name="expired">Called outside the lock, at most once for each arming.</param>
    public OriginDeadline(TimeProvider time, Action<OriginFailure> expired)
    {
        _time = time;
        _expired = expired;
        _timer = time.CreateTimer(static state => ((OriginDeadline)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True once the exchange has used up its completion timeout.</summary>
    public bool IsCompletionOver => _completionDue <= _time.GetTimestamp();

    /// <summary>Sets the timestamp at which the exchange must be complete; null for no bound.</summary>
    public void Begin(long? completionDue) => _completionDue = completionDue;

    /// <summary>Allows so much from now on, or only what the completion timeout leaves when null.</summary>
    public void Arm(TimeSpan? wait)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var due = wait is { } span ? now + ToTimestamp(span) : long.MaxValue;
            _reason = OriginFailure.ReadTimeout;
            if (_completionDue is { } completion && completion < due)
            {
                due = completion;
                _reason = OriginFailure.CompletionTimeout;
            }

            _due = due;
            _reason = due == long.MaxValue ? OriginFailure.None : _reason;
            _timer.Change(_reason is OriginFailure.None ? Timeout.InfiniteTimeSpan : Remaining(now), Timeout.InfiniteTimeSpan);
        }
    }

    public void Disarm()
    {
        lock (_gate)
        {
            _reason = OriginFailure.None;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        OriginFailure reason;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_reason is not OriginFailure.None && now < _due)
            {
                // A call of an earlier arming that was under way when the timer was set anew.
                _timer.Change(Remaining(now), Timeout.InfiniteTimeSpan);
                return;
            }

            reason = _reason;
            _reason = OriginFailure.None;
        }

        if (reason is not OriginFailure.None)
        {
            _expired(reason);
        }
    }

    /// <summary>At least a millisecond, as timers count whole ones and would fire at once for less.</summary>
    private TimeSpan Remaining(long now)
    {
        var left = _due > now ? _time.GetElapsedTime(now, _due) : TimeSpan.Zero;
        return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
    }

    private long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
