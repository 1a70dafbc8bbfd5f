// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Tiers;

/// <summary>
/// Which of several machines keeps an object: weighted rendezvous hashing (Thaler and Ravishankar, 1998; weights after Schindelhauer
/// and Schomaker, 2005). Each machine draws a number for each key, the same everywhere, and the highest wins: whoever leaves gives up its own keys
/// and moves no others.
/// </summary>
public static class Rendezvous
{
    /// <summary>A machine may have so much more load than the mean before its keys pass to the next one (Mirrokni, Thorup and Zadimoghaddam, 2016).</summary>
    private const double Bound = 1.25;

    /// <summary>In percent: below this nobody is overloaded, however idle the others are.</summary>
    private const int AmpleLoad = 60;

    /// <summary>All of them, the owner first, then whoever stands in for it. Machines above their share of the load come last.</summary>
    /// <param name="key">As <see cref="TierKey"/> has it.</param>
    public static ImmutableArray<TierNode> Order(ImmutableArray<TierNode> nodes, ulong key)
    {
        if (nodes.Length < 2)
        {
            return nodes;
        }

        var bound = Math.Max(AmpleLoad, Bound * nodes.Sum(static node => (double)node.Load * node.Weight) / nodes.Sum(static node => node.Weight));
        return [.. nodes.OrderBy(node => node.Load > bound).ThenByDescending(node => Score(node, key)).ThenBy(static node => node.Id, StringComparer.Ordinal)];
    }

    /// <summary>An exponential race: the least of such draws comes from each machine as often as its weight says.</summary>
    private static double Score(TierNode node, ulong key)
    {
        const double Unit = 1.0 / (1UL << 53);
        var drawn = ((Mix(node.Seed ^ key) >> 11) + 0.5) * Unit; // never 0, never 1
        return node.Weight / -Math.Log(drawn);
    }

    /// <summary>Vigna's splitmix64: each bit of the outcome depends on each of the input.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
