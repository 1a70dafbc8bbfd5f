// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Matching;

/// <summary>Picks the cache behavior of a path.</summary>
public static class BehaviorMatch
{
    /// <summary>Most paths fit here; longer ones, up to the URL limit (§5), borrow from the pool.</summary>
    private const int OnStack = 1024;

    /// <summary>The first behavior whose pattern matches, in configured order; else the default one (DP-3.1).</summary>
    public static BehaviorModel Find(DistributionModel distribution, ReadOnlySpan<byte> path)
    {
        if (distribution.Behaviors.IsEmpty)
        {
            return distribution.DefaultBehavior;
        }

        if (path.Length <= OnStack)
        {
            return Find(distribution, path, stackalloc byte[OnStack]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(path.Length);
        var found = Find(distribution, path, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return found;
    }

    private static BehaviorModel Find(DistributionModel distribution, ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        var normal = MatchPath.Normalize(path, buffer);
        foreach (var behavior in distribution.Behaviors)
        {
            if (behavior.Pattern.Matches(normal))
            {
                return behavior;
            }
        }

        return distribution.DefaultBehavior;
    }
}
