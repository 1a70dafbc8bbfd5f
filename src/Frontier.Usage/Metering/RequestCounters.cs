// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.Metering;

/// <summary>
/// Counts requests and their bytes by result type and by status class. Each thread counts in cells of its own; whoever wants to
/// know adds them up. A sum taken while requests are being counted may have one of them in part.
/// </summary>
public sealed class RequestCounters : IRequestRecordSink
{
    private const int Results = (int)ResultType.Redirect + 1;

    /// <summary>0 for no answer, and the five of HTTP; what an origin makes up beyond them counts as the last.</summary>
    private const int StatusClasses = 6;

    /// <summary>Requests, bytes received, bytes sent.</summary>
    private const int Columns = 3;

    /// <summary>Two cache lines before the cells and behind them, as processors fetch lines in pairs: no two threads write to the same.</summary>
    private const int Padding = 128 / sizeof(long);

    private readonly PerThread<long[]> _cells = new(static _ => new long[Padding + ((Results + StatusClasses) * Columns) + Padding]);

    public void Record(RequestRecord record)
    {
        var cells = _cells.Own;
        Count(cells, (int)record.Result, record);
        Count(cells, Results + Math.Min(record.Status / 100, StatusClasses - 1), record);
    }

    public RequestTotals Snapshot()
    {
        var rows = new Traffic[Results + StatusClasses];
        foreach (var cells in _cells.All)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] += new Traffic(Volatile.Read(ref cells[At(row)]), Volatile.Read(ref cells[At(row) + 1]), Volatile.Read(ref cells[At(row) + 2]));
            }
        }

        return new RequestTotals([.. rows[..Results]], [.. rows[Results..]]);
    }

    private static int At(int row) => Padding + (row * Columns);

    /// <summary>Nobody else writes these cells, so adding needs no interlocked operation; the write is volatile for those who read.</summary>
    private static void Count(long[] cells, int row, RequestRecord record)
    {
        var at = At(row);
        Volatile.Write(ref cells[at], cells[at] + 1);
        Volatile.Write(ref cells[at + 1], cells[at + 1] + record.BytesReceived);
        Volatile.Write(ref cells[at + 2], cells[at + 2] + record.BytesSent);
    }
}
