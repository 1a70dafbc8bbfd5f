// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Text;

namespace Frontier.Caching.Purging;

/// <summary>
/// All purges that may still match something. Written by one thread at a time (the cache's purge lock), read by every lookup.
/// </summary>
internal sealed class PurgeLedger(ulong secret, int maxPatterns)
{
    private readonly ConcurrentDictionary<string, PartitionPurges> _partitions = new(StringComparer.Ordinal);
    private long _stamped;
    private long _floor;

    // Kept, for a sum over all partitions at each purge would cost more than the purge.
    private long _count;

    public TargetHasher Hasher { get; } = new(secret);

    /// <summary>Every entry up to here counts for every lookup that reads this first.</summary>
    public long Stamped => Volatile.Read(ref _stamped);

    /// <summary>Patterns up to here may be forgotten, so nothing known to be good only up to an earlier point is served.</summary>
    public long Floor => Volatile.Read(ref _floor);

    public long Count => Volatile.Read(ref _count);

    public long Bytes => _partitions.Sum(pair => pair.Value.Bytes);

    public IEnumerable<KeyValuePair<string, PartitionPurges>> Partitions => _partitions;

    /// <summary>The purges of a key's partition; made when there are none yet, for objects hold on to it.</summary>
    public PartitionPurges For(ReadOnlySpan<byte> partition)
    {
        Span<char> text = stackalloc char[256];
        if (partition.Length <= 128)
        {
            var length = Encoding.UTF8.GetChars(partition, text);
            if (_partitions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var known))
            {
                return known;
            }
        }

        return For(Encoding.UTF8.GetString(partition));
    }

    public PartitionPurges For(string partition) => _partitions.GetOrAdd(partition, static (_, ledger) => new PartitionPurges(ledger), this);

    /// <summary>
    /// The sequence of a purge that matches a key whose response is known to be good up to <paramref name="checkedUpTo"/>, or 0,
    /// and then moves that mark. Two threads may move it at once; the lower mark costs a second check and nothing else.
    /// </summary>
    public long Check(PartitionPurges purges, ReadOnlySpan<byte> key, TagList tags, ref long checkedUpTo)
    {
        var since = Volatile.Read(ref checkedUpTo);
        return since >= purges.Latest ? 0 : CheckPatterns(purges, key, tags, since, ref checkedUpTo);
    }

    public void Stamp(PurgeEntry entry) => Stamp(entry.Partition, PurgePattern.Of(entry, Hasher), entry.Sequence);

    public void Stamp(string partition, IEnumerable<PurgePattern> patterns, long sequence)
    {
        var purges = For(partition);
        var before = purges.Count;
        foreach (var pattern in patterns)
        {
            purges.Add(pattern, sequence);
        }

        purges.Publish(sequence);
        Reach(sequence);
        _count += purges.Count - before;
        while (_count > maxPatterns && _partitions.Values.MaxBy(static partition => partition.Count) is { Count: > 0 } fullest)
        {
            fullest.MergeOlderHalf();
            Recount();
        }
    }

    /// <summary>Moves the mark though the partition has no newer purge, so that others' patterns can be forgotten.</summary>
    public long CheckFully(PartitionPurges purges, ReadOnlySpan<byte> key, TagList tags, ref long checkedUpTo) =>
        CheckPatterns(purges, key, tags, Volatile.Read(ref checkedUpTo), ref checkedUpTo);

    private long CheckPatterns(PartitionPurges purges, ReadOnlySpan<byte> key, TagList tags, long since, ref long checkedUpTo)
    {
        var stamped = Stamped;
        var by = purges.InvalidatedBy(CacheKeyLayout.Target(key), tags, since);
        if (by == 0 && stamped > since)
        {
            Volatile.Write(ref checkedUpTo, stamped);
        }

        return by;
    }

    public void Reach(long sequence) => Volatile.Write(ref _stamped, Math.Max(_stamped, sequence));

    /// <summary>Drops what only matches objects older than <paramref name="floor"/>, once nothing so old is left. True when that freed anything.</summary>
    public bool RaiseFloor(long floor)
    {
        if (floor <= Floor)
        {
            return false;
        }

        var before = Count;
        Volatile.Write(ref _floor, floor);
        foreach (var (_, purges) in _partitions)
        {
            purges.Forget(floor);
        }

        Recount();
        return Count < before;
    }

    /// <summary>Begins anew at that position, knowing no purge.</summary>
    public void Reset(long position)
    {
        _partitions.Clear();
        Recount();
        Volatile.Write(ref _floor, 0);
        Volatile.Write(ref _stamped, position);
    }

    /// <summary>After what changes more than one entry.</summary>
    public void Recount() => Volatile.Write(ref _count, _partitions.Sum(static pair => (long)pair.Value.Count));
}
