// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Tiers;
using Frontier.Usage;

namespace Frontier.Edge.Telemetry;

/// <summary>
/// What goes on between this machine and others of its fleet, as instruments of the meter <c>Frontier.Edge</c>. Requests of viewers are counted where
/// the viewers are; these are none.
/// </summary>
internal sealed class TierMetrics : IDisposable
{
    private readonly long[,] _asked = new long[Enum.GetValues<TierLevel>().Length, Enum.GetValues<ParentOutcome>().Length];
    private readonly long[,] _answered = new long[Enum.GetValues<TierLevel>().Length, Enum.GetValues<ResultType>().Length];
    private readonly long[] _declined = new long[Enum.GetValues<TierRefusal>().Length];

    public TierMetrics()
    {
        Meter = new Meter(CacheMetrics.MeterName);
        Meter.CreateObservableCounter("frontier.edge.tier.asked", () => Measure(_asked, static outcome => WordOf((ParentOutcome)outcome), "outcome"), "{request}", "Requests to other machines of the fleet, by what those were asked as.");
        Meter.CreateObservableCounter("frontier.edge.tier.answered", () => Measure(_answered, static result => ((ResultType)result).LogName, "result"), "{request}", "Requests of other machines, by what this one was asked as.");
        Meter.CreateObservableCounter(
            "frontier.edge.tier.declined", () => Enum.GetValues<TierRefusal>().Select(refusal => new Measurement<long>(Volatile.Read(ref _declined[(int)refusal]), new KeyValuePair<string, object?>("reason", refusal.Word))),
            "{request}", "Requests of other machines that were not answered, by reason.");
    }

    /// <summary>One of the same name for each edge of the process.</summary>
    internal Meter Meter { get; }

    public void Asked(TierLevel level, ParentOutcome outcome) => Interlocked.Increment(ref _asked[(int)level, (int)outcome]);

    public void Answered(TierLevel level, ResultType result) => Interlocked.Increment(ref _answered[(int)level, (int)result]);

    public void Declined(TierRefusal refusal) => Interlocked.Increment(ref _declined[(int)refusal]);

    public void Dispose() => Meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(long[,] counts, Func<int, string> wordOf, string tag) =>
        from level in new[] { TierLevel.Owner, TierLevel.Regional, TierLevel.Shield }
        from column in Enumerable.Range(0, counts.GetLength(1))
        select new Measurement<long>(Volatile.Read(ref counts[(int)level, column]), new KeyValuePair<string, object?>("tier", level.Name), new KeyValuePair<string, object?>(tag, wordOf(column)));

    private static string WordOf(ParentOutcome outcome) => outcome switch
    {
        ParentOutcome.Answered => "answered",
        ParentOutcome.Declined => "declined",
        ParentOutcome.Failed => "failed",
        ParentOutcome.PassedOver => "passed_over",
        ParentOutcome.NotSent => "not_sent",
    };
}
