// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Telemetry;

/// <summary>Lets only so many lines into a log as are read, where strangers decide how many there would be. Thread-safe.</summary>
internal sealed class LineRation(TimeProvider time)
{
    /// <summary>Lines a minute; of more it is told how many there were.</summary>
    public const int LinesPerMinute = 20;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _periodBegan = time.GetTimestamp();
    private int _lines;
    private long _untold;

    /// <summary>Whether a line may be written.</summary>
    /// <param name="untold">How many of the minute before were not.</param>
    public bool MayTell(out long untold)
    {
        lock (_gate)
        {
            untold = 0;
            if (time.GetElapsedTime(_periodBegan) >= Period)
            {
                (_periodBegan, _lines, untold, _untold) = (time.GetTimestamp(), 0, _untold, 0);
            }

            if (_lines < LinesPerMinute)
            {
                _lines++;
                return true;
            }

            _untold++;
            return false;
        }
    }
}
