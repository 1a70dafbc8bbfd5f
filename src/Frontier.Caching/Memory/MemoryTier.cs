// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Frontier.Caching.Memory;

/// <summary>
/// The resident objects, evicted by S3-FIFO (Yang et al., SOSP 2023): newcomers pass through a small queue, those used again
/// move to the main one, those that left the small queue unused are remembered and return straight to the main one. A scan
/// thus costs a tenth of the memory. Readers take no lock; every change is made under one.
/// </summary>
internal sealed class MemoryTier(long capacityBytes, TimeProvider time)
{
    // The paper's share of the small queue.
    private const int SmallShare = 10;

    // Only who comes back before a quarter as many have left as are resident is sent to the main queue: measured, see docs/decisions/0005.
    private const int GhostShare = 4;

    // Two bits of frequency; more would only keep old favourites longer.
    private const byte MaxFrequency = 3;

    private readonly ConcurrentDictionary<ulong, CachedObject> _index = new();
    private readonly Lock _gate = new();
    private readonly ObjectQueue _small = new();
    private readonly ObjectQueue _main = new();
    private readonly ForgetStamps _forgets = new();

    // As many ghosts as objects of 2 KiB would fit, at 40 bytes or so each: a fiftieth of the memory. More than the policy
    // asks for, so that a miss can say why it missed.
    private readonly GhostList _ghosts = new((int)Math.Clamp(capacityBytes / 2048, 1024, 1 << 20));
    private long _evictions;

    public long Evictions => Volatile.Read(ref _evictions);

    public int Count => _index.Count;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _small.Bytes + _main.Bytes;
            }
        }
    }

    /// <summary>Finds the object and takes one reference to it. Allocates nothing.</summary>
    public bool TryGet(ulong hash, ReadOnlySpan<byte> key, [NotNullWhen(true)] out CachedObject? found)
    {
        if (!TryPeek(hash, key, out found))
        {
            return false;
        }

        // Lost updates are harmless: the count is a hint.
        if (found.Frequency < MaxFrequency)
        {
            found.Frequency++;
        }

        return true;
    }

    /// <summary>As <see cref="TryGet"/>, but the object counts as no more used than before.</summary>
    public bool TryPeek(ulong hash, ReadOnlySpan<byte> key, [NotNullWhen(true)] out CachedObject? found)
    {
        // The reference may be lost to an eviction between the two steps; that is a miss like any other.
        if (_index.TryGetValue(hash, out found) && found.KeySpan.SequenceEqual(key) && found.TryAddReference())
        {
            return true;
        }

        found = null;
        return false;
    }

    public bool Contains(ulong hash) => _index.ContainsKey(hash);

    /// <summary>To be noted when a fetch of the key begins, and given to what it brings.</summary>
    public int ForgetsOf(ulong hash) => _forgets.Of(hash);

    /// <summary>Why a key that is not here is not here; the stamp of the purge that took it, where one did.</summary>
    public (MissReason Reason, long PurgedBy) WhyMissing(ulong hash)
    {
        lock (_gate)
        {
            return !_ghosts.TryGet(hash, out var cause) ? (MissReason.Cold, 0)
                : cause > 0 ? (MissReason.Invalidated, cause)
                : cause == GhostList.Forgotten ? (MissReason.Invalidated, 0)
                : (MissReason.Evicted, 0);
        }
    }

    /// <summary>Makes the object resident under a reference of the tier's own, in place of what its key had. Refuses an older response than is there, and one whose key was forgotten since its fetch began.</summary>
    public bool Put(CachedObject item)
    {
        lock (_gate)
        {
            if (_forgets.Of(item.Hash) != item.Forgets)
            {
                return false;
            }

            var destination = _small;
            if (_index.TryGetValue(item.Hash, out var present))
            {
                if (present.KeySpan.SequenceEqual(item.KeySpan) && present.Head.ReceivedAt > item.Head.ReceivedAt && !present.Head.IsOfTheFuture(time.GetUtcNow()) && present.PurgedBy() == 0)
                {
                    return false;
                }

                destination = present.Queue!;
                item.Frequency = present.Frequency;
                present.IsSuperseded = true;
                Unlink(present);
            }
            else if (_ghosts.Remove(item.Hash, out var cause, out var age))
            {
                item.IsBack = cause is GhostList.FromSmall or GhostList.FromMain;
                destination = cause != GhostList.FromMain && age <= _index.Count / GhostShare ? _main : _small;
            }

            item.TryAddReference();
            destination.Add(item);
            _index[item.Hash] = item;
            while (_small.Bytes + _main.Bytes > capacityBytes && EvictOne())
            {
            }

            return true;
        }
    }

    /// <summary>Takes out what the key has, for its successor lies elsewhere.</summary>
    public void Supersede(ulong hash)
    {
        lock (_gate)
        {
            _ghosts.Remove(hash, out _, out _);
            if (_index.TryGetValue(hash, out var present))
            {
                present.IsSuperseded = true;
                Unlink(present);
            }
        }
    }

    /// <summary>Takes the object out because a purge matched it.</summary>
    public bool Drop(CachedObject item, long purgedBy)
    {
        lock (_gate)
        {
            if (item.Queue is null)
            {
                return false;
            }

            _ghosts.Add(item.Hash, purgedBy);
            Unlink(item);
            return true;
        }
    }

    /// <summary>Drops what the key has, and refuses what is being fetched for it. True when it was resident.</summary>
    public bool Forget(ulong hash)
    {
        lock (_gate)
        {
            _forgets.Raise(hash);
            _ghosts.Add(hash, GhostList.Forgotten);
            if (!_index.TryGetValue(hash, out var present))
            {
                return false;
            }

            Unlink(present);
            present.WasForgotten = true;
            return true;
        }
    }

    /// <summary>Whether the object's key was forgotten since the object was found or fetched.</summary>
    public bool IsForgotten(CachedObject item)
    {
        lock (_gate)
        {
            // While it is resident nobody has forgotten it; from then on its stamp tells.
            return item.WasForgotten || (item.Queue is null && _forgets.Of(item.Hash) != item.Forgets);
        }
    }

    /// <summary>Remembers that a purge took a key that was not resident.</summary>
    public void Remember(ulong hash, long purgedBy)
    {
        lock (_gate)
        {
            _ghosts.Add(hash, purgedBy);
        }
    }

    /// <summary>Makes room for a fill. False when nothing is left to evict.</summary>
    public bool TryEvict()
    {
        lock (_gate)
        {
            return EvictOne();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            foreach (var (_, item) in _index)
            {
                Unlink(item);
            }

            _ghosts.Clear();
        }
    }

    /// <summary>Objects as they come; those added or removed meanwhile may or may not be among them.</summary>
    public IEnumerable<CachedObject> Enumerate()
    {
        foreach (var (_, item) in _index)
        {
            yield return item;
        }
    }

    public void CheckInvariants()
    {
        lock (_gate)
        {
            var charged = _index.Values.Sum(item => item.Charge);
            Check(charged == _small.Bytes + _main.Bytes, $"Objects are charged {charged}, queues {_small.Bytes} and {_main.Bytes} bytes.");
            Check(_index.Count == _small.Count + _main.Count, $"{_index.Count} objects, but {_small.Count} and {_main.Count} in queues.");
            Check(charged <= capacityBytes, $"{charged} bytes are resident, {capacityBytes} allowed.");
            Check(_index.Values.All(item => item.Queue is not null && item.References > 0), "A resident object is in no queue or has no reference.");
        }

        static void Check(bool holds, string fault)
        {
            if (!holds)
            {
                throw new InvalidOperationException(fault);
            }
        }
    }

    private bool EvictOne()
    {
        // Ends: each step evicts, moves an object from small to main, or lowers a frequency.
        while (_small.Count + _main.Count > 0)
        {
            if (_small.Count > 0 && (_small.Bytes > capacityBytes / SmallShare || _main.Count == 0))
            {
                var item = _small.Oldest!;
                if (item.Frequency > 0)
                {
                    _small.Remove(item);
                    item.Frequency = 0;
                    _main.Add(item);
                    continue;
                }

                return Evict(item, GhostList.FromSmall);
            }

            var candidate = _main.Oldest;
            if (candidate is null)
            {
                return Evict(_small.Oldest!, GhostList.FromSmall);
            }

            if (candidate.Frequency == 0)
            {
                return Evict(candidate, GhostList.FromMain);
            }

            candidate.Frequency--;
            _main.Remove(candidate);
            _main.Add(candidate);
        }

        return false;
    }

    private bool Evict(CachedObject item, long cause)
    {
        _ghosts.Add(item.Hash, cause);
        _evictions++;
        Unlink(item);
        return true;
    }

    private void Unlink(CachedObject item)
    {
        _index.TryRemove(new KeyValuePair<ulong, CachedObject>(item.Hash, item));
        item.Queue!.Remove(item);
        item.Forgets = _forgets.Of(item.Hash);
        item.Dispose();
    }
}
