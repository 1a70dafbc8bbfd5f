// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Frontier.Fleet;

/// <summary>What a process and its edges had used at one moment.</summary>
/// <param name="ReportBytes">Of the simulated edges, both ways.</param>
internal sealed record Costs(TimeSpan Processor, long MemoryBytes, long ReportBytes, long Reports, long At)
{
    public static Costs Now(int processId, IReadOnlyCollection<SimulatedEdge> edges)
    {
        using var process = Process.GetProcessById(processId);
        return new Costs(process.TotalProcessorTime, process.WorkingSet64, edges.Sum(static edge => edge.Bytes), edges.Sum(static edge => edge.Reports), Stopwatch.GetTimestamp());
    }

    /// <summary>The cells of a row: seconds, cores, milliseconds of a core per edge and minute, MiB in all, reports and bytes per edge and second.</summary>
    public string Since(Costs earlier, int edges)
    {
        var elapsed = Stopwatch.GetElapsedTime(earlier.At, At).TotalSeconds;
        var processor = (Processor - earlier.Processor).TotalSeconds;
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{elapsed:F0} | {processor / elapsed:F3} | {60_000 * processor / elapsed / edges:F1} | {MemoryBytes >> 20} | {(Reports - earlier.Reports) / elapsed / edges:F3} | {(ReportBytes - earlier.ReportBytes) / elapsed / edges:F0}");
    }
}
