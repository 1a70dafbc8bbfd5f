// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Frontier.Caching.Collapsing;
using Frontier.Caching.Disk;
using Frontier.Caching.Memory;
using Frontier.Caching.Purging;

namespace Frontier.Caching;

/// <summary>How objects come in and go out: what fills, refreshes, the disk tier and purges need of the cache.</summary>
public sealed partial class HttpCache
{
    // A fill evicts at most so many objects for one chunk before it is passed on unkept.
    private const int MaxEvictionsForChunk = 256;

    // Objects on their way from disk to memory, so that a crowd reads one only once.
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource> _loading = new();

    internal long MemoryObjectLimit => _options.MemoryObjectLimit;

    internal bool CanSpill => Disk is { IsWritable: true };

    internal long MaxObjectBytes => Disk?.MaxObjectBytes ?? _options.MemoryObjectLimit;

    internal void CountDiskError() => Interlocked.Increment(ref _otherDiskErrors);

    internal Fill? TryBeginFill(FlightState flight, StoredHead head, long? bodyLength, bool spills)
    {
        var isLarge = bodyLength > MemoryObjectLimit;
        if (isLarge && spills && (!CanSpill || bodyLength > MaxObjectBytes))
        {
            Interlocked.Increment(ref _notStored);
            return null;
        }

        var objectId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return new Fill(this, flight, head, bodyLength, !isLarge ? FillKeeping.Memory : spills ? FillKeeping.Disk : FillKeeping.Window, Disk?.BlockBytes ?? Chunk.MaxBytes, objectId, spills);
    }

    /// <summary>A chunk from the pool, evicting for it if need be; null when none can be had.</summary>
    internal Chunk? TryRent(int length)
    {
        for (var evictions = 0; evictions <= MaxEvictionsForChunk; evictions++)
        {
            if (_pool.TryRent(length) is { } chunk)
            {
                return chunk;
            }

            if (!_memory.TryEvict())
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>As <see cref="TryRent"/>; a reader is never refused its one page.</summary>
    internal Chunk RentOrAllocate(int length) => TryRent(length) ?? Chunk.FromHeap(length);

    internal ValueTask<DiskExtent?> StoreBlockAsync(FlightState flight, ulong objectId, long number, long fillSequence, IReadOnlyList<Chunk> chunks) =>
        Disk!.StoreBlockAsync(flight.Generation, objectId, number, fillSequence, chunks);

    internal void ForgetBlocks(ulong objectId, int blocks) => Disk?.ForgetBlocks(objectId, blocks);

    internal void NotStored(FlightState flight)
    {
        Interlocked.Increment(ref _notStored);
        Flights.Detach(flight);
    }

    /// <summary>Makes a finished fill visible. The object comes without a reference of its own: it lives while the tier or a viewer holds it.</summary>
    internal CachedObject Publish(FlightState flight, StoredHead head, MemoryBody body)
    {
        using var item = new CachedObject(this, flight.Key, flight.Hash, flight.Purges, head, head.FillSequence, flight.Generation, flight.Forgets) { Memory = body };
        Admit(item);
        return item;
    }

    internal async ValueTask PublishLargeAsync(FlightState flight, StoredHead head, ulong objectId, long length)
    {
        if (flight.Generation == Generation
            && flight.Forgets == ForgetsOf(flight.Hash)
            && !IsPurged(flight, head)
            && await ReplaceLargeAsync(flight, head, objectId, length))
        {
            _memory.Supersede(flight.Hash);
        }
        else
        {
            Disk!.ForgetBlocks(objectId, (length + Disk.BlockBytes - 1) / Disk.BlockBytes);
        }
    }

    private async ValueTask<bool> ReplaceLargeAsync(FlightState flight, StoredHead head, ulong objectId, long length)
    {
        var hadFormer = Disk!.Index.TryGet(flight.Hash, out var former);
        if (!await Disk.StoreLargeHeadAsync(
            flight.Generation, flight.Hash, flight.Key, head, head.FillSequence, objectId, Disk.BlockBytes, length, () => flight.Forgets == ForgetsOf(flight.Hash)))
        {
            return false;
        }

        if (hadFormer)
        {
            await Disk.ForgetBlocksOfAsync(former);
        }

        return true;
    }

    internal BodyReader OpenDisk(CachedObject item, long offset, long length) =>
        new DiskBodyReader(item.Disk!.Body, offset, length, RentOrAllocate, () => DistrustLarge(item));

    internal async ValueTask<CachedObject?> RefreshAsync(CachedObject old, StoredHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var purgedBy = old.PurgedByNow();
        if (purgedBy != 0 || old.Generation != Generation)
        {
            DropPurged(old, purgedBy);
            return null;
        }

        // Noted before it is asked, so that what comes between the two refuses the new object.
        var forgets = ForgetsOf(old.Hash);
        if (IsForgotten(old))
        {
            return null;
        }

        // The body is as old as it was: what is known of it is what was known of the old object.
        var checkedUpTo = old.CheckedUpTo;
        var purges = Purges.Ledger.For(CacheKeyLayout.Partition(old.Key));
        if (old.Memory is { } body)
        {
            body.AddReference();
            var item = new CachedObject(this, old.Key, old.Hash, purges, head, checkedUpTo, old.Generation, forgets) { Memory = body };
            Admit(item);
            return item;
        }

        var found = old.Disk!;
        await Disk!.StoreLargeHeadAsync(
            old.Generation, old.Hash, old.Key, head, checkedUpTo, found.ObjectId, found.BlockBytes, found.Body.Length, () => forgets == ForgetsOf(old.Hash));
        found.Body.AddReference();
        return new CachedObject(this, old.Key, old.Hash, purges, head, checkedUpTo, old.Generation, forgets) { Disk = found with { Head = head } };
    }

    /// <summary>Drops every resident object that a purge matches, and brings the rest up to date.</summary>
    internal void SweepMemory()
    {
        foreach (var item in _memory.Enumerate())
        {
            var purgedBy = item.PurgedByNow();
            if (purgedBy != 0)
            {
                DropPurged(item, purgedBy);
            }
        }
    }

    private bool IsPurged(FlightState flight, StoredHead head)
    {
        var since = head.FillSequence;
        return Purges.Ledger.Check(flight.Purges, flight.Key, TagList.Of(head), ref since) != 0;
    }

    /// <summary>Makes the object visible; false when it must not be, or something newer is.</summary>
    private bool Admit(CachedObject item)
    {
        if (item.Generation != Generation || _disposed)
        {
            return false;
        }

        var purgedBy = item.PurgedBy();
        if (purgedBy != 0)
        {
            DropPurged(item, purgedBy);
            return false;
        }

        if (!_memory.Put(item) || !IsOfThisGeneration(item))
        {
            return false;
        }

        // Its predecessor earned a place on disk; so has it, and the predecessor must not come back.
        if (Disk is { } disk && disk.Index.Remove(item.Hash, out var former))
        {
            _writer!.Ask(item, former);
        }
        else if (item.IsBack)
        {
            _writer?.Ask(item); // a second hit, as far as the disk is concerned
        }

        return true;
    }

    private void DropPurged(CachedObject item, long purgedBy)
    {
        if (_memory.Drop(item, purgedBy))
        {
            Interlocked.Increment(ref _purged);
        }

        if (item.Disk is { } large)
        {
            Disk!.Forget(item.Hash, large);
        }
        else
        {
            Disk?.Index.Remove(item.Hash);
        }
    }

    private void DistrustLarge(CachedObject item)
    {
        Disk!.Distrust(item.Hash);
        Disk.Forget(item.Hash, item.Disk!);
    }

    private async ValueTask<CacheLookup> FindOnDiskAsync(DiskTier disk, ulong hash, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _loading.GetOrAdd(hash, mine);
        if (first != mine)
        {
            await first.Task.WaitAsync(cancellationToken);
            if (TryGetResident(key.Span, out var loaded))
            {
                return new CacheLookup(loaded, MissReason.None, 0);
            }

            // A large object, or one that is gone: each looks for itself.
            return await LoadAsync(disk, hash, key);
        }

        try
        {
            return await LoadAsync(disk, hash, key);
        }
        finally
        {
            _loading.TryRemove(hash, out _);
            mine.SetResult();
        }
    }

    private async ValueTask<CacheLookup> LoadAsync(DiskTier disk, ulong hash, ReadOnlyMemory<byte> key)
    {
        var generation = Generation;
        var forgets = ForgetsOf(hash);
        var find = await disk.FindAsync(hash, key);
        if (find is null)
        {
            return Miss(hash);
        }

        var purges = Purges.Ledger.For(CacheKeyLayout.Partition(key.Span));
        var since = find.Head.FillSequence;
        var purgedBy = Purges.Ledger.Check(purges, key.Span, TagList.Of(find.Head), ref since);
        if (purgedBy != 0)
        {
            disk.Forget(hash, find);
            find.Body.Release();
            _memory.Remember(hash, purgedBy);
            Interlocked.Increment(ref _purged);
            return Miss(hash);
        }

        if (find.ObjectId != 0)
        {
            _hits.Increment();
            return new CacheLookup(new CachedObject(this, key.ToArray(), hash, purges, find.Head, since, generation, forgets) { Disk = find }, MissReason.None, 0);
        }

        var body = await disk.LoadAsync(hash, find.Body, RentOrAllocate);
        find.Body.Release();
        if (body is null)
        {
            return Miss(hash);
        }

        var item = new CachedObject(this, key.ToArray(), hash, purges, find.Head, since, generation, forgets) { Memory = body };
        item.MarkOnDisk();
        if (generation != Generation || !Readmit(item))
        {
            item.Dispose();
            return TryGetResident(key.Span, out var newer) ? new CacheLookup(newer, MissReason.None, 0) : Miss(hash);
        }

        _hits.Increment();
        return new CacheLookup(item, MissReason.None, 0);
    }

    /// <summary>Puts an object read from disk beside its record. False when something newer came meanwhile.</summary>
    private bool Readmit(CachedObject item)
    {
        if (item.PurgedBy() != 0 || !_memory.Put(item))
        {
            return false;
        }

        return IsOfThisGeneration(item);
    }

    /// <summary>Takes the object out again when everything was forgotten while it was put in.</summary>
    private bool IsOfThisGeneration(CachedObject item)
    {
        if (item.Generation == Generation)
        {
            return true;
        }

        _memory.Supersede(item.Hash);
        return false;
    }
}
