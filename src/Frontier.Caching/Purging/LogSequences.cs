// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;

namespace Frontier.Caching.Purging;

/// <summary>
/// Which entries of the log the last stamps stand for, so that a miss can say who purged it. Bounded, oldest out first. The ledger
/// writes, one thread at a time; anybody reads.
/// </summary>
internal sealed class LogSequences
{
    /// <summary>As many as the edge remembers names of.</summary>
    private const int MaxEntries = 1_000;

    private readonly ConcurrentDictionary<long, long> _byStamp = new();
    private readonly Queue<long> _line = new();

    /// <summary>Stamps and their sequences, oldest first.</summary>
    public KeyValuePair<long, long>[] Entries => [.. _byStamp.OrderBy(static entry => entry.Key)];

    public void Remember(long stamp, long sequence)
    {
        if (_byStamp.TryAdd(stamp, sequence))
        {
            _line.Enqueue(stamp);
        }

        if (_line.Count > MaxEntries)
        {
            _byStamp.TryRemove(_line.Dequeue(), out _);
        }
    }

    /// <summary>0 when nobody remembers.</summary>
    public long Of(long stamp) => _byStamp.GetValueOrDefault(stamp);
}
