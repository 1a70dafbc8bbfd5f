// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>
/// The moment a fetch began, as the cache counts: what was purged or forgotten since applies to what the fetch brings, under
/// whatever key it is stored. Taken by <see cref="HttpCache.StampOf"/>.
/// </summary>
public readonly record struct FetchStamp
{
    internal FetchStamp(ulong hash, long fillSequence, int generation, int forgets)
    {
        (Hash, FillSequence, Generation, Forgets) = (hash, fillSequence, generation, forgets);
    }

    /// <summary><see cref="HttpCache.FillSequence"/> at that moment.</summary>
    public long FillSequence { get; }

    internal ulong Hash { get; }

    internal int Generation { get; }

    internal int Forgets { get; }
}
