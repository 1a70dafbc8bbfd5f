// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>
/// The one timer of a connection: aborts it when the operation at hand takes longer than it may, or the exchange longer than
/// its completion timeout. A timer that stands for an earlier arming is left standing, and set anew when it fires too early:
/// most operations end long before, and never touch it. Armed by whoever uses the connection, fired by the clock; both under the lock.
/// </summary>
internal sealed class OriginDeadline : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<OriginFailure> _expired;
    private readonly ITimer _timer;
    private OriginFailure _reason;
    private long _due;
    private long _firesAt = Never;
    private long? _completionDue;

    /// <param name="expired">Called outside the lock, at most once for each arming.</param>
    public OriginDeadline(TimeProvider time, Action<OriginFailure> expired)
    {
        _time = time;
        _expired = expired;
        _timer = time.CreateTimer(static state => ((OriginDeadline)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True once the exchange has used up its completion timeout.</summary>
    public bool IsCompletionOver => _completionDue is { } due && due <= _time.GetTimestamp();

    /// <summary>Sets the timestamp at which the exchange must be complete; null for no bound.</summary>
    public void Begin(long? completionDue) => _completionDue = completionDue;

    /// <summary>Allows so much from now on, or only what the completion timeout leaves when null.</summary>
    public void Arm(TimeSpan? wait)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _due = wait is { } span ? now + ToTimestamp(span) : Never;
            _reason = OriginFailure.ReadTimeout;
            if (_completionDue is { } completion && completion < _due)
            {
                _due = completion;
                _reason = OriginFailure.CompletionTimeout;
            }

            if (_due == Never)
            {
                _reason = OriginFailure.None;
            }
            else if (_due < _firesAt)
            {
                SetTimer(now);
            }
        }
    }

    public void Disarm()
    {
        lock (_gate)
        {
            _reason = OriginFailure.None;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        OriginFailure reason;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _firesAt = Never;
            if (_reason is not OriginFailure.None && now < _due)
            {
                SetTimer(now);
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

    /// <summary>For a millisecond at least, as timers count whole ones and would fire at once for less.</summary>
    private void SetTimer(long now)
    {
        var left = _due > now ? _time.GetElapsedTime(now, _due) : TimeSpan.Zero;
        _firesAt = _due;
        _timer.Change(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, Timeout.InfiniteTimeSpan);
    }

    private long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
