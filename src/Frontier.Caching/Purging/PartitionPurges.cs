// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;

namespace Frontier.Caching.Purging;

/// <summary>
/// The purges of one partition. The ledger writes, one thread at a time; lookups read without a lock. What keeps them right
/// is the order: patterns are in place before <see cref="Latest"/> moves, and whatever stands in for a removed pattern
/// (<c>_allBefore</c>, the ledger's floor) moves before the pattern goes and is read after the patterns.
/// </summary>
internal sealed class PartitionPurges(PurgeLedger ledger)
{
    private readonly ConcurrentDictionary<ulong, long> _exact = new();
    private readonly ConcurrentDictionary<ulong, long> _prefixes = new();

    // Which lengths have a prefix, so that most steps of a check touch no dictionary. Only grows until the partition is merged.
    private bool[] _prefixLengths = [];
    private long _allBefore;
    private long _latest;

    // Kept here, for a concurrent dictionary locks all of itself to count.
    private int _count;

    /// <summary>The newest purge of this partition; an object known to be good up to it needs no check.</summary>
    public long Latest => Volatile.Read(ref _latest);

    public long AllBefore => Volatile.Read(ref _allBefore);

    public int Count => _count;

    /// <summary>The sequence of a purge that came after <paramref name="since"/> and matches, or 0. Allocates nothing; one pass over the target.</summary>
    public long InvalidatedBy(ReadOnlySpan<byte> target, long since)
    {
        if (since >= Latest)
        {
            return 0;
        }

        var by = 0L;
        var lengths = Volatile.Read(ref _prefixLengths);
        var hash = 1UL;
        for (var i = 0; i < target.Length; i++)
        {
            hash = ledger.Hasher.Next(hash, target[i]);
            if (i + 1 < lengths.Length && lengths[i + 1] && _prefixes.TryGetValue(PrefixKey(hash, i + 1), out var prefixed) && prefixed > since)
            {
                by = Math.Max(by, prefixed);
            }
        }

        if (_exact.TryGetValue(hash, out var exact) && exact > since)
        {
            by = Math.Max(by, exact);
        }

        by = AllBefore > since ? Math.Max(by, AllBefore) : by;
        return by == 0 && ledger.Floor > since ? ledger.Floor : by;
    }

    public void Add(PurgePattern pattern, long sequence)
    {
        if (pattern.IsEverything)
        {
            Merge(sequence);
        }
        else if (pattern.PrefixLength == PurgePattern.Exact)
        {
            Put(_exact, pattern.Hash, sequence);
        }
        else
        {
            Put(_prefixes, PrefixKey(pattern.Hash, pattern.PrefixLength), sequence);
            NoteLength(pattern.PrefixLength);
        }

        if (_count > ledger.MaxPatterns)
        {
            Merge(sequence);
        }
    }

    /// <summary>Makes what was added count: from here on every lookup sees it.</summary>
    public void Publish(long sequence) => Volatile.Write(ref _latest, Math.Max(_latest, sequence));

    /// <summary>Everything of the partition from before <paramref name="sequence"/> is gone, which makes the patterns up to it redundant.</summary>
    public void Merge(long sequence)
    {
        Volatile.Write(ref _allBefore, Math.Max(_allBefore, sequence));
        Forget(_allBefore);
    }

    /// <summary>Drops patterns up to that sequence; the caller has seen to it that nothing older can be served.</summary>
    public void Forget(long through)
    {
        Trim(_exact);
        Trim(_prefixes);

        void Trim(ConcurrentDictionary<ulong, long> patterns)
        {
            foreach (var pattern in patterns)
            {
                if (pattern.Value <= through)
                {
                    _count -= patterns.TryRemove(pattern) ? 1 : 0;
                }
            }
        }
    }

    /// <summary>The stored form: pairs as <see cref="Restore"/> takes them back.</summary>
    public IEnumerable<(bool IsPrefix, ulong Key, long Sequence)> Patterns() =>
        _exact.Select(pair => (false, pair.Key, pair.Value)).Concat(_prefixes.Select(pair => (true, pair.Key, pair.Value)));

    public IEnumerable<int> PrefixLengths() => Enumerable.Range(0, _prefixLengths.Length).Where(length => _prefixLengths[length]);

    public void Restore(bool isPrefix, ulong key, long sequence)
    {
        Put(isPrefix ? _prefixes : _exact, key, sequence);
        Publish(sequence);
    }

    public void NoteLength(int length)
    {
        var lengths = _prefixLengths;
        if (length >= lengths.Length)
        {
            Array.Resize(ref lengths, length + 64);
        }

        lengths[length] = true;
        Volatile.Write(ref _prefixLengths, lengths);
    }

    private void Put(ConcurrentDictionary<ulong, long> patterns, ulong key, long sequence)
    {
        if (patterns.TryAdd(key, sequence))
        {
            _count++;
        }
        else
        {
            patterns[key] = Math.Max(sequence, patterns[key]);
        }
    }

    // The length is part of the key, lest a prefix collide with one of another length.
    private static ulong PrefixKey(ulong hash, int length) => hash ^ ((ulong)length << 48) ^ (1UL << 63);
}
