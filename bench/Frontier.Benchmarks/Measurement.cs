// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Frontier.Benchmarks;

/// <summary>What one operation took.</summary>
/// <param name="Nanoseconds">The median of all rounds.</param>
/// <param name="Fastest">The best round, in nanoseconds an operation: what is left when nothing else runs.</param>
/// <param name="Bytes">Allocated by the measured thread, an operation.</param>
internal sealed record Measurement(string Name, string What, double Nanoseconds, double Fastest, double Bytes)
{
    /// <summary>Long enough for the code to be compiled a second time, with what was seen of it.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>Shorter than what a scheduler gives a thread at once, so that the rounds in which others ran as well stand out.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(2);

    private const int Rounds = 301;

    public static Measurement Of(Benchmark benchmark)
    {
        var operations = WarmedUp(benchmark);
        var times = new double[Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            benchmark.Run(operations);
            times[round] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations;
        }

        var bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Rounds / operations;
        Array.Sort(times);
        return new Measurement(benchmark.Name, benchmark.What, times[Rounds / 2], times[0], bytes);
    }

    /// <summary>Returns how many operations make a round.</summary>
    private static int WarmedUp(Benchmark benchmark)
    {
        var operations = 1;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var begun = Stopwatch.GetTimestamp();
            benchmark.Run(operations);
            var took = Stopwatch.GetElapsedTime(begun);
            if (Stopwatch.GetElapsedTime(started) > WarmUp && took > Round / 2)
            {
                return Math.Max(1, (int)(operations * (Round / took)));
            }

            operations = took < Round ? operations * 2 : operations;
        }
    }
}
