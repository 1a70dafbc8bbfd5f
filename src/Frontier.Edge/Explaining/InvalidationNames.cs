// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Frontier.Contracts;

namespace Frontier.Edge.Explaining;

/// <summary>
/// The names of the invalidations heard last: the cache knows them by their place in the log only. Bounded, oldest out first,
/// and gone with the process. The feed alone writes; anybody reads.
/// </summary>
internal sealed class InvalidationNames
{
    /// <summary>A few hundred bytes each.</summary>
    private const int MaxEntries = 1_000;

    private readonly ConcurrentDictionary<long, InvalidationEntry> _bySequence = new();
    private readonly Queue<long> _line = new();

    public void Remember(IEnumerable<InvalidationEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (_bySequence.TryAdd(entry.Sequence, entry))
            {
                _line.Enqueue(entry.Sequence);
            }

            if (_line.Count > MaxEntries)
            {
                _bySequence.TryRemove(_line.Dequeue(), out _);
            }
        }
    }

    public bool TryFind(long sequence, [NotNullWhen(true)] out InvalidationEntry? entry) => _bySequence.TryGetValue(sequence, out entry);
}
