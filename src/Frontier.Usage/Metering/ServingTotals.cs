// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Usage.Metering;

/// <summary>What <see cref="ServingHealth"/> has counted.</summary>
/// <param name="Hits">By the class of <see cref="HitTimes"/>.</param>
public sealed record ServingTotals(long Requests, long OwnErrors, ImmutableArray<long> Hits)
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
