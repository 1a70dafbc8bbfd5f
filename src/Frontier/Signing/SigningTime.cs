// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Signing;

/// <summary>A time as <c>--expires</c> and <c>--not-before</c> take it.</summary>
internal static class SigningTime
{
    /// <param name="text"><c>90s</c>, <c>15m</c>, <c>12h</c>, <c>7d</c> from now; an ISO time, in UTC where it says nothing else; or seconds since 1970.</param>
    /// <param name="second">Since 1970.</param>
    public static bool TryParse(string text, DateTimeOffset now, out long second)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out second))
        {
            return true;
        }

        var unit = text is [.., var last] ? last switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 } : 0;
        if (unit > 0 && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            second = now.ToUnixTimeSeconds() + ((long)count * unit);
            return true;
        }

        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        second = time.ToUnixTimeSeconds();
        return isTime;
    }
}
