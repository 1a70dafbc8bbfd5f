// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

namespace Frontier.Usage.Metering;

/// <summary>Classes of times, from a microsecond to a minute: each of the first sixteen microseconds has its own, then every power of two has eight.</summary>
internal static class HitTimes
{
    /// <summary>2^26 microseconds are 67 seconds; whatever takes longer counts as that.</summary>
    private const int LargestPower = 26;

    public const int Count = 16 + ((LargestPower - 4) * 8) + 8;

    public static int IndexOf(TimeSpan time)
    {
        var microseconds = (ulong)Math.Clamp(time.Ticks / TimeSpan.TicksPerMicrosecond, 1, (2L << LargestPower) - 1);
        var power = BitOperations.Log2(microseconds);
        return power < 4 ? (int)microseconds : 16 + ((power - 4) * 8) + (int)((microseconds >> (power - 3)) & 7);
    }

    /// <summary>The longest time of a class, in microseconds.</summary>
    public static long LongestOf(int index)
    {
        if (index < 16)
        {
            return index;
        }

        var shift = ((index - 16) / 8) + 1;
        return ((long)(8 + ((index - 16) % 8) + 1) << shift) - 1;
    }
}
