// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Tiers;

/// <summary>
/// Which of several machines keeps an object, by rendezvous hashing (<see cref="Lot"/>). Each machine draws a number for each key, the same everywhere, and the highest wins: whoever leaves gives up its own keys
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
        return [.. nodes.OrderBy(node => node.Load > bound).ThenByDescending(node => Lot.Score(node.Seed, node.Weight, key)).ThenBy(static node => node.Id, StringComparer.Ordinal)];
    }
}
