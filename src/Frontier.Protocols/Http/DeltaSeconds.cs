// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>Reads <c>delta-seconds</c> (RFC 9111, section 1.2.2), the form of Age and of Cache-Control's durations.</summary>
public static class DeltaSeconds
{
    /// <summary>A delta that does not fit is taken as this, as RFC 9111, section 1.2.2 asks.</summary>
    public const int Max = int.MaxValue;

    /// <summary>Seconds, clamped to <see cref="Max"/>; null when the text is anything but digits, so that a bad value counts as absent (DP-14.5).</summary>
    public static int? Parse(ReadOnlySpan<byte> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        var seconds = 0L;
        foreach (var digit in digits)
        {
            seconds = Math.Min(seconds * 10 + (digit - '0'), Max);
        }

        return (int)seconds;
    }
}
