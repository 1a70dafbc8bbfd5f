// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;

namespace Frontier.Decisions.Dns;

/// <summary>
/// Which of the record sets of one name and type is answered (NB-5.4, NB-5.5): by weight, latency, place, failover or several at
/// once; those whose health checks fail are left out, unless all would be. Pure: chance is given in.
/// </summary>
public static class RecordChoice
{
    /// <summary>Sets of a multivalue answer (NB-5.4): what the span of indices must have room for.</summary>
    public const int Most = 8;

    /// <summary>An alias of an alias, and so on; whatever is further down counts as healthy. Bounds what a ring of aliases costs.</summary>
    private const int DeepestAlias = 8;

    /// <summary>More sets of one name and type than anybody has; others cost an allocation.</summary>
    private const int OnStack = 256;

    /// <param name="sets">All of one name and type, at least one; of one kind of routing.</param>
    /// <param name="zone">Where the targets of aliases are looked for.</param>
    /// <param name="random">Any 32 bits; equal ones give equal answers.</param>
    /// <param name="chosen">Gets the indices of the sets chosen, at most <see cref="Most"/>.</param>
    public static RecordVerdict Choose(IReadOnlyList<RecordSetConfig> sets, in ClientPlace client, IHealthStates health, IRecordSets zone, uint random, Span<int> chosen)
    {
        if (sets[0].Routing is not { } kind)
        {
            chosen[0] = 0;
            return new RecordVerdict(1, ChoiceReason.Only, !IsHealthy(sets[0], health, zone));
        }

        // Asked once: a state that changes meanwhile must not change the rules half-way.
        var healthy = sets.Count <= OnStack ? stackalloc bool[sets.Count] : new bool[sets.Count];
        for (var i = 0; i < healthy.Length; i++)
        {
            healthy[i] = IsHealthy(sets[i], health, zone);
        }

        if (Choose(sets, kind, client, healthy, random, chosen) is { } verdict)
        {
            return verdict;
        }

        healthy.Fill(true);
        return Choose(sets, kind, client, healthy, random, chosen) is { } all ? all with { IgnoresHealth = true } : new RecordVerdict(0, ChoiceReason.NoLocation, false);
    }

    /// <summary>Whether a set may be answered: its check finds it healthy and, of an alias that asks for it, something it stands for is.</summary>
    public static bool IsHealthy(RecordSetConfig set, IHealthStates health, IRecordSets zone) => IsHealthy(set, health, zone, 0);

    private static bool IsHealthy(RecordSetConfig set, IHealthStates health, IRecordSets zone, int depth)
    {
        if (set.HealthCheckId is { } check && !health.IsHealthy(check))
        {
            return false;
        }

        if (set.Alias is not { EvaluateHealth: true, Kind: AliasTargetKind.Record } alias || depth >= DeepestAlias)
        {
            return true;
        }

        var targets = zone.Find(alias.Name, set.Type);
        foreach (var target in targets)
        {
            if (IsHealthy(target, health, zone, depth + 1))
            {
                return true;
            }
        }

        return targets.Count == 0;
    }

    /// <summary>Null when no set that fits is healthy.</summary>
    private static RecordVerdict? Choose(IReadOnlyList<RecordSetConfig> sets, RoutingConfig kind, in ClientPlace client, ReadOnlySpan<bool> healthy, uint random, Span<int> chosen) =>
        kind.Weight is not null ? ByWeight(sets, healthy, random, chosen)
        : kind.Region is not null ? ByLatency(sets, client, healthy, chosen)
        : kind.Geo is not null ? ByPlace(sets, client, healthy, chosen)
        : kind.IsPrimary is not null ? ByFailover(sets, healthy, chosen)
        : Several(sets, healthy, random, chosen);

    /// <summary>A set of weight 0 is answered only where all healthy ones have it; they share evenly then.</summary>
    private static RecordVerdict? ByWeight(IReadOnlyList<RecordSetConfig> sets, ReadOnlySpan<bool> healthy, uint random, Span<int> chosen)
    {
        long total = 0;
        var count = 0;
        for (var i = 0; i < sets.Count; i++)
        {
            total += healthy[i] ? WeightOf(sets[i]) : 0;
            count += healthy[i] ? 1 : 0;
        }

        if (count == 0)
        {
            return null;
        }

        var isEven = total == 0;
        var place = Share(random, isEven ? count : total);
        for (var i = 0; i < sets.Count; i++)
        {
            place -= !healthy[i] ? 0 : isEven ? 1 : WeightOf(sets[i]);
            if (place < 0)
            {
                chosen[0] = i;
                break;
            }
        }

        return new RecordVerdict(1, ChoiceReason.Weight, false);
    }

    private static int WeightOf(RecordSetConfig set) => set.Routing!.Weight ?? 0;

    private static RecordVerdict? ByLatency(IReadOnlyList<RecordSetConfig> sets, in ClientPlace client, ReadOnlySpan<bool> healthy, Span<int> chosen)
    {
        var nearest = double.PositiveInfinity;
        for (var i = 0; i < sets.Count; i++)
        {
            var distance = RegionPlaces.DistanceTo(sets[i].Routing!.Region!, client);
            if (distance < nearest && healthy[i])
            {
                (nearest, chosen[0]) = (distance, i);
            }
        }

        return double.IsPositiveInfinity(nearest) ? null : new RecordVerdict(1, ChoiceReason.Latency, false);
    }

    /// <summary>The most specific healthy one; one that fails is replaced by what is around it.</summary>
    private static RecordVerdict? ByPlace(IReadOnlyList<RecordSetConfig> sets, in ClientPlace client, ReadOnlySpan<bool> healthy, Span<int> chosen)
    {
        ChoiceReason? best = null;
        for (var i = 0; i < sets.Count; i++)
        {
            if (Fit(sets[i].Routing!.Geo!, client) is { } fit && (best is null || fit < best) && healthy[i])
            {
                (best, chosen[0]) = (fit, i);
            }
        }

        return best is { } reason ? new RecordVerdict(1, reason, false) : null;
    }

    /// <summary>How well a location fits a client: the reasons stand in order, the most specific first. Null for not at all.</summary>
    private static ChoiceReason? Fit(GeoLocationConfig location, in ClientPlace client) => location switch
    {
        { Country: "*" } => ChoiceReason.Anywhere,
        { Country: { } country, Subdivision: { } part } => country == client.Country && part == client.Subdivision ? ChoiceReason.Subdivision : null,
        { Country: { } country } => country == client.Country ? ChoiceReason.Country : null,
        { Continent: { } continent } => continent == client.Continent ? ChoiceReason.Continent : null,
        _ => null,
    };

    private static RecordVerdict? ByFailover(IReadOnlyList<RecordSetConfig> sets, ReadOnlySpan<bool> healthy, Span<int> chosen)
    {
        ChoiceReason? best = null;
        for (var i = 0; i < sets.Count; i++)
        {
            var reason = sets[i].Routing!.IsPrimary is true ? ChoiceReason.Primary : ChoiceReason.Secondary;
            if ((best is null || reason < best) && healthy[i])
            {
                (best, chosen[0]) = (reason, i);
            }
        }

        return best is { } found ? new RecordVerdict(1, found, false) : null;
    }

    /// <summary>As many as may be, from a random one on, so that each of many has its turn.</summary>
    private static RecordVerdict? Several(IReadOnlyList<RecordSetConfig> sets, ReadOnlySpan<bool> healthy, uint random, Span<int> chosen)
    {
        var first = (int)Share(random, sets.Count);
        var count = 0;
        for (var i = 0; i < sets.Count && count < Most; i++)
        {
            var index = (first + i) % sets.Count;
            if (healthy[index])
            {
                chosen[count++] = index;
            }
        }

        return count == 0 ? null : new RecordVerdict(count, ChoiceReason.MultiValue, false);
    }

    /// <summary>A place from 0 up to <paramref name="total"/>, in proportion to the 32 bits.</summary>
    private static long Share(uint random, long total) => (long)((ulong)random * (ulong)total >> 32);
}
