// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

namespace Frontier.Usage.Metering;

/// <summary>
/// Counts requests, the edge's own errors and how long hits take to their first byte, for reports of how a machine fares. Each thread counts
/// in cells of its own, as in <see cref="RequestCounters"/>.
/// </summary>
public sealed class ServingHealth : IRequestRecordSink
{
    private const int RequestCell = 0;
    private const int ErrorCell = 1;
    private const int FirstTime = 2;

    /// <summary>Two cache lines on both sides, as processors fetch lines in pairs.</summary>
    private const int Padding = 128 / sizeof(long);

    private readonly PerThread<long[]> _cells = new(static _ => new long[Padding + FirstTime + HitTimes.Count + Padding]);

    public void Record(RequestRecord record)
    {
        var cells = _cells.Own;
        Count(cells, RequestCell);
        if (IsOwnError(record))
        {
            Count(cells, ErrorCell);
        }

        if (record.Result is ResultType.Hit)
        {
            Count(cells, FirstTime + HitTimes.IndexOf(record.TimeToFirstByte));
        }
    }

    /// <summary>All since the start.</summary>
    public ServingTotals Snapshot()
    {
        var sums = new long[FirstTime + HitTimes.Count];
        foreach (var cells in _cells.All)
        {
            for (var cell = 0; cell < sums.Length; cell++)
            {
                sums[cell] += Volatile.Read(ref cells[Padding + cell]);
            }
        }

        return new ServingTotals(sums[RequestCell], sums[ErrorCell], [.. sums[FirstTime..]]);
    }

    /// <summary>What went wrong here. An origin that fails, or cannot be reached, is another matter: it looks the same from every edge.</summary>
    private static bool IsOwnError(RequestRecord record) => record.Detail is ErrorDetail.InternalError or ErrorDetail.CapacityExceeded;

    private static void Count(long[] cells, int cell) => Volatile.Write(ref cells[Padding + cell], cells[Padding + cell] + 1);
}

/// <summary>What <see cref="ServingHealth"/> has counted.</summary>
/// <param name="Hits">By the class of <see cref="HitTimes"/>.</param>
public sealed record ServingTotals(long Requests, long OwnErrors, System.Collections.Immutable.ImmutableArray<long> Hits)
{
    /// <summary>What came between two countings.</summary>
    public ServingTotals Since(ServingTotals earlier) => new(
        Requests - earlier.Requests, OwnErrors - earlier.OwnErrors, [.. Hits.Zip(earlier.Hits, static (now, before) => now - before)]);

    /// <summary>The time within which that part of the hits came, in microseconds, at most an eighth too long; 0 where there were none.</summary>
    /// <param name="part">0 to 1.</param>
    public long HitMicroseconds(double part)
    {
        var all = Hits.Sum();
        var wanted = (long)Math.Ceiling(all * part);
        var seen = 0L;
        for (var index = 0; all > 0 && index < Hits.Length; index++)
        {
            seen += Hits[index];
            if (seen >= wanted)
            {
                return HitTimes.LongestOf(index);
            }
        }

        return 0;
    }
}

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
