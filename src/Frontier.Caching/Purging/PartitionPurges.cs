// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>
/// The purges of one partition, by stamp. The ledger writes, one thread at a time; lookups read without a lock. What keeps them right
/// is the order: patterns are in place before <see cref="Latest"/> moves, and whatever stands in for a removed pattern
/// (<c>_allBefore</c>, the ledger's floor) moves before the pattern goes and is read after the patterns.
/// </summary>
internal sealed class PartitionPurges(PurgeLedger ledger, string partition)
{
    private readonly SequenceTable _exact = new();
    private readonly SequenceTable _prefixes = new();
    private readonly SequenceTable _tags = new();

    // Which lengths have a prefix, so that most steps of a check touch no table. Only grows.
    private bool[] _prefixLengths = [];
    private long _allBefore;
    private long _latest;
    private long _latestTag;

    /// <summary>The newest purge of this partition; an object known to be good up to it needs no check.</summary>
    public long Latest => Volatile.Read(ref _latest);

    public string Partition => partition;

    private long AllBefore => Volatile.Read(ref _allBefore);

    public int Count => _exact.Count + _prefixes.Count + _tags.Count;

    public long Bytes => _exact.Bytes + _prefixes.Bytes + _tags.Bytes;

    /// <summary>
    /// The stamp of a purge that came after <paramref name="since"/> and matches, or 0. Allocates nothing; one pass over
    /// the target and, when a tag was purged since, over the tags: what it costs does not depend on how many purges there are.
    /// </summary>
    public long InvalidatedBy(ReadOnlySpan<byte> target, TagList tags, long since)
    {
        if (since >= Latest)
        {
            return 0;
        }

        var by = 0L;
        var lengths = Volatile.Read(ref _prefixLengths);
        var hash = TargetHasher.Empty;
        for (var i = 0; i < target.Length; i++)
        {
            hash = ledger.Hasher.Next(hash, target[i]);
            if (i + 1 < lengths.Length && lengths[i + 1])
            {
                by = Math.Max(by, Newer(_prefixes[PrefixKey(hash, i + 1)], since));
            }
        }

        by = Math.Max(by, Newer(_exact[hash], since));
        by = Math.Max(by, ByTag(tags, since));
        by = Math.Max(by, Newer(AllBefore, since));
        return by == 0 ? Newer(ledger.Floor, since) : by;
    }

    public void Add(PurgePattern pattern, long stamp)
    {
        if (pattern.IsEverything)
        {
            Merge(stamp);
        }
        else
        {
            Put(pattern.Kind, pattern.Kind == PatternKind.Prefix ? PrefixKey(pattern.Hash, pattern.PrefixLength) : pattern.Hash, stamp);
            if (pattern.Kind == PatternKind.Prefix)
            {
                NoteLength(pattern.PrefixLength);
            }
        }
    }

    /// <summary>Makes what was added count: from here on every lookup sees it.</summary>
    public void Publish(long stamp) => Volatile.Write(ref _latest, Math.Max(_latest, stamp));

    /// <summary>Everything of the partition from before <paramref name="stamp"/> is gone, which makes the patterns up to it redundant.</summary>
    public void Merge(long stamp)
    {
        Volatile.Write(ref _allBefore, Math.Max(_allBefore, stamp));
        Forget(_allBefore);
    }

    /// <summary>Merges at least half of the patterns, the older ones: objects fetched or checked since lose nothing by it.</summary>
    public void MergeOlderHalf()
    {
        var stamps = Patterns().Select(static pattern => pattern.Stamp).Order().ToArray();
        if (stamps.Length > 0)
        {
            Merge(stamps[stamps.Length / 2]);
        }
    }

    /// <summary>Drops patterns up to that stamp; the caller has seen to it that nothing older can be served.</summary>
    public void Forget(long through)
    {
        _exact.Forget(through);
        _prefixes.Forget(through);
        _tags.Forget(through);
    }

    public PartitionSnapshot Snapshot() =>
        new(partition, AllBefore, Latest, [.. Enumerable.Range(0, _prefixLengths.Length).Where(length => _prefixLengths[length])], Patterns());

    private (PatternKind Kind, ulong Key, long Stamp)[] Patterns() =>
    [
        .. _exact.Entries.Select(static entry => (PatternKind.Exact, entry.Key, entry.Sequence)),
        .. _prefixes.Entries.Select(static entry => (PatternKind.Prefix, entry.Key, entry.Sequence)),
        .. _tags.Entries.Select(static entry => (PatternKind.Tag, entry.Key, entry.Sequence)),
    ];

    /// <summary>Takes back a pattern of a snapshot.</summary>
    public void Restore(PatternKind kind, ulong key, long stamp)
    {
        Put(kind, key, stamp);
        Publish(stamp);
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

    private long ByTag(TagList tags, long since)
    {
        var latest = Volatile.Read(ref _latestTag);
        if (latest <= since)
        {
            return 0;
        }

        if (!tags.AreKnown)
        {
            return latest;
        }

        var by = 0L;
        foreach (var tag in tags)
        {
            by = Math.Max(by, Newer(_tags[ledger.Hasher.Hash(tag)], since));
        }

        return by;
    }

    private void Put(PatternKind kind, ulong key, long stamp)
    {
        switch (kind)
        {
            case PatternKind.Exact:
                _exact.Put(key, stamp);
                break;

            case PatternKind.Prefix:
                _prefixes.Put(key, stamp);
                break;

            case PatternKind.Tag:
                _tags.Put(key, stamp);
                Volatile.Write(ref _latestTag, Math.Max(_latestTag, stamp));
                break;
        }
    }

    private static long Newer(long stamp, long since) => stamp > since ? stamp : 0;

    // The length is part of the key, lest a prefix collide with one of another length.
    private static ulong PrefixKey(ulong hash, int length) => hash ^ ((ulong)length << 48) ^ (1UL << 63);
}
