// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Text;

namespace Frontier.Caching.Purging;

/// <summary>
/// All purges that may still match something, each with the stamp of when it took effect. Whoever changes it takes its lock, for a few
/// steps, or while patterns are merged or forgotten; every lookup reads it without.
/// </summary>
internal sealed class PurgeLedger(ulong secret, int maxPatterns)
{
    private readonly ConcurrentDictionary<string, PartitionPurges> _partitions = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private long _stamped;
    private long _floor;

    // Kept, for a sum over all partitions at each purge would cost more than the purge.
    private long _count;

    public TargetHasher Hasher { get; } = new(secret);

    public LogSequences Log { get; } = new();

    /// <summary>Every purge up to here counts for every lookup that reads this first.</summary>
    public long Stamped => Volatile.Read(ref _stamped);

    /// <summary>Patterns up to here may be forgotten, so nothing known to be good only up to an earlier point is served.</summary>
    public long Floor => Volatile.Read(ref _floor);

    public long Count => Volatile.Read(ref _count);

    public long Bytes => _partitions.Sum(pair => pair.Value.Bytes);

    /// <summary>Each as it stands when it is come to.</summary>
    public IEnumerable<PartitionSnapshot> Partitions => _partitions.Values.Select(purges =>
    {
        lock (_writing)
        {
            return purges.Snapshot();
        }
    });

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

    public PartitionPurges For(string partition) => _partitions.GetOrAdd(partition, static (name, ledger) => new PartitionPurges(ledger, name), this);

    /// <summary>
    /// The stamp of a purge that matches a key whose response is known to be good up to <paramref name="checkedUpTo"/>, or 0,
    /// and then moves that mark. Two threads may move it at once; the lower mark costs a second check and nothing else.
    /// </summary>
    public long Check(PartitionPurges purges, ReadOnlySpan<byte> key, TagList tags, ref long checkedUpTo)
    {
        var since = Volatile.Read(ref checkedUpTo);
        return since >= purges.Latest ? 0 : CheckPatterns(purges, key, tags, since, ref checkedUpTo);
    }

    /// <summary>Puts an entry of the log into effect.</summary>
    public StampedPurge Stamp(PurgeEntry entry)
    {
        var patterns = PurgePattern.Of(entry, Hasher).ToArray();
        lock (_writing)
        {
            var stamp = PurgeStamp.NextOfLog(_stamped);
            Log.Remember(stamp, entry.Sequence);
            StampCore(For(entry.Partition), patterns, stamp);
            return new StampedPurge(stamp, entry.Sequence, entry.Partition, patterns);
        }
    }

    /// <summary>Puts a purge of one target into effect that no log tells of.</summary>
    public StampedPurge StampTarget(ReadOnlySpan<byte> partition, ReadOnlySpan<byte> target)
    {
        PurgePattern[] patterns = [new(PatternKind.Exact, 0, Hasher.Hash(target))];
        var purges = For(partition);
        lock (_writing)
        {
            var stamp = PurgeStamp.NextOwn(_stamped);
            StampCore(purges, patterns, stamp);
            return new StampedPurge(stamp, 0, purges.Partition, patterns);
        }
    }

    /// <summary>The same again, with the stamp that it had.</summary>
    public void Stamp(string partition, IEnumerable<PurgePattern> patterns, long stamp)
    {
        lock (_writing)
        {
            StampCore(For(partition), patterns, stamp);
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

    /// <summary>Counts on from there. Only while nobody else uses it, and under the lock.</summary>
    public void Reach(long stamp) => Volatile.Write(ref _stamped, Math.Max(_stamped, stamp));

    /// <summary>Drops what only matches objects older than <paramref name="floor"/>, once nothing so old is left.</summary>
    public void RaiseFloor(long floor)
    {
        lock (_writing)
        {
            if (floor <= Floor)
            {
                return;
            }

            Volatile.Write(ref _floor, floor);
            foreach (var (_, purges) in _partitions)
            {
                purges.Forget(floor);
            }

            Recount();
        }
    }

    /// <summary>Takes everything from before now, in one mark for each partition: what is being fetched has seen none of what was missed.</summary>
    public void PurgeEverything()
    {
        lock (_writing)
        {
            var stamp = PurgeStamp.NextOfLog(_stamped);
            foreach (var (_, purges) in _partitions)
            {
                purges.Merge(stamp);
                purges.Publish(stamp);
            }

            Reach(stamp);
            Recount();
        }
    }

    private void StampCore(PartitionPurges purges, IEnumerable<PurgePattern> patterns, long stamp)
    {
        var before = purges.Count;
        foreach (var pattern in patterns)
        {
            purges.Add(pattern, stamp);
        }

        purges.Publish(stamp);
        Reach(stamp);
        _count += purges.Count - before;
        while (_count > maxPatterns && _partitions.Values.MaxBy(static partition => partition.Count) is { Count: > 0 } fullest)
        {
            fullest.MergeOlderHalf();
            Recount();
        }
    }

    /// <summary>After what changes more than one entry.</summary>
    public void Recount() => Volatile.Write(ref _count, _partitions.Sum(static pair => (long)pair.Value.Count));
}
