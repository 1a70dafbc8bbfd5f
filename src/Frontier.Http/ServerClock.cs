// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Http;

/// <summary>
/// The time as far as connections need it: brought up to date once a second by its server's sweep, so that reading it costs
/// nothing. Written by the sweep alone, read by all.
/// </summary>
public sealed class ServerClock
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private long _seconds;
    private volatile byte[] _date = [];

    public ServerClock(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        Update();
    }

    /// <summary>Whole seconds since the start; late by up to one.</summary>
    public long Seconds => Volatile.Read(ref _seconds);

    /// <summary>The value of <c>Date</c> (RFC 9110, section 6.6.1), 29 bytes.</summary>
    public ReadOnlySpan<byte> Date => _date;

    public void Update()
    {
        Volatile.Write(ref _seconds, (long)_time.GetElapsedTime(_started).TotalSeconds);
        _date = Encoding.ASCII.GetBytes(_time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
    }
}
