// SPDX-License-Identifier: Apache-2.0

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
