// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>What is on disk, by key: finds objects, and writes them whole or block by block. Nothing here throws for what a disk does.</summary>
internal sealed class DiskTier(SegmentLog log, DiskIndex index, KeyHasher hasher, CacheOptions options, TimeProvider time)
{
    // Most heads fit; longer ones cost a second read.
    private const int FirstReadBytes = 4096;

    // Of a longer record most readers begin with a part.
    private const int MostAnnouncedBytes = 1 << 20;
    private const int MaxBlockBytes = 1 << 20;

    // After an error new data stays away from the disk for a while, lest every fill waits for it to fail again.
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(10);

    private long _writable;
    private long _checksumFailures;
    private long _hits;
    private long _writes;

    public SegmentLog Log => log;

    public DiskIndex Index => index;

    public long ChecksumFailures => Volatile.Read(ref _checksumFailures);

    public long Hits => Volatile.Read(ref _hits);

    public long Writes => Volatile.Read(ref _writes);

    public bool IsWritable => Volatile.Read(ref _writable) <= time.GetUtcNow().UtcTicks;

    /// <summary>No larger object is kept.</summary>
    public long MaxObjectBytes => options.DiskBytes / 4;

    /// <summary>Length of a large object's blocks: 1 MiB, or what four of fit a small segment.</summary>
    public int BlockBytes { get; } = Math.Clamp(options.SegmentBytes / 4 / Chunk.MaxBytes * Chunk.MaxBytes, Chunk.MaxBytes, MaxBlockBytes);

    public async ValueTask<DiskFind?> FindAsync(ulong tag, ReadOnlyMemory<byte> key)
    {
        if (!index.TryHit(tag, out var place) || !log.TryAcquire(place.Segment, out var segment))
        {
            return null;
        }

        try
        {
            var meta = await ReadMetaAsync(segment, place, withBody: true);
            if (meta is null)
            {
                Distrust(tag, place);
                return null;
            }

            if (meta.Kind == RecordKind.Tombstone)
            {
                return null;
            }

            if (!key.Span.SequenceEqual(meta.Key) || HeadFormat.TryParse(meta.Head, meta.FillSequence) is not { } head)
            {
                return null;
            }

            var body = meta.Kind == RecordKind.Whole ? WholeBody(segment, place, meta) : LargeBody(meta);
            if (body is null)
            {
                index.Remove(tag, place);
                ForgetBlocks(meta.ObjectId, Blocks(meta));
                return null;
            }

            Interlocked.Increment(ref _hits);
            return new DiskFind(head, body, meta.ObjectId, meta.BlockBytes);
        }
        finally
        {
            segment.Release();
        }
    }

    /// <summary>The head alone, with nothing marked, counted or distrusted: the body has its length and no bytes.</summary>
    public async ValueTask<DiskFind?> PeekAsync(ulong tag, ReadOnlyMemory<byte> key)
    {
        if (!index.TryGet(tag, out var place) || !log.TryAcquire(place.Segment, out var segment))
        {
            return null;
        }

        try
        {
            var meta = await ReadMetaAsync(segment, place);
            return meta is not null && key.Span.SequenceEqual(meta.Key) && HeadFormat.TryParse(meta.Head, meta.FillSequence) is { } head
                ? new DiskFind(head, new DiskBody([], meta.Kind == RecordKind.Whole ? meta.BodyBytes : meta.Number, 1), meta.ObjectId, meta.BlockBytes)
                : null;
        }
        finally
        {
            segment.Release();
        }
    }

    /// <summary>The whole body in memory; null when it is damaged.</summary>
    public async ValueTask<MemoryBody?> LoadAsync(ulong tag, DiskBody body, Func<int, Chunk> rent)
    {
        List<Chunk> chunks = [];
        for (var left = body.Length; left > 0; left -= Chunk.MaxBytes)
        {
            chunks.Add(rent((int)Math.Min(left, Chunk.MaxBytes)));
        }

        if (chunks.Count == 0 || await body.Locate(0).Extent.TryReadAsync(0, chunks))
        {
            return new MemoryBody([.. chunks]);
        }

        chunks.ForEach(chunk => chunk.Release());
        Distrust(tag);
        return null;
    }

    /// <summary>Counts a checksum that did not hold and forgets the record.</summary>
    public void Distrust(ulong tag)
    {
        Interlocked.Increment(ref _checksumFailures);
        index.Remove(tag);
    }

    /// <summary>Forgets a large object that was found, its blocks with it.</summary>
    public void Forget(ulong tag, DiskFind large)
    {
        index.Remove(tag);
        ForgetBlocks(large.ObjectId, (large.Body.Length + large.BlockBytes - 1) / Math.Max(1, large.BlockBytes));
    }

    public async ValueTask<bool> StoreAsync(
        int generation, ulong tag, byte[] key, StoredHead head, long fillSequence, MemoryBody body, Func<bool> isWanted)
    {
        var meta = new RecordMeta(RecordKind.Whole, tag, body.Length, 0, 0, 0, fillSequence, key, HeadFormat.Format(head));
        return await AppendAsync(generation, meta, [.. body.Chunks], isWanted) is not null;
    }

    public async ValueTask<bool> StoreLargeHeadAsync(
        int generation, ulong tag, byte[] key, StoredHead head, long fillSequence, ulong objectId, int blockBytes, long length, Func<bool> isWanted)
    {
        var meta = new RecordMeta(RecordKind.LargeHead, tag, 0, objectId, length, blockBytes, fillSequence, key, HeadFormat.Format(head));
        return await AppendAsync(generation, meta, [], isWanted) is not null;
    }

    /// <summary>
    /// Says on disk that the key's earlier records count no more, for the index is made anew from the log at each start.
    /// Unless a newer one has come meanwhile.
    /// </summary>
    public async ValueTask BuryAsync(int generation, ulong tag, long fillSequence, RecordPlace? former)
    {
        if (former is { } place)
        {
            await ForgetBlocksOfAsync(place);
        }

        // It is in the index for a moment only, and never in place of a record.
        var tombstone = new RecordMeta(RecordKind.Tombstone, tag, 0, 0, 0, 0, fillSequence, [], []);
        if (await AppendAsync(generation, tombstone, [], () => !index.TryGet(tag, out _)) is { } written)
        {
            index.Remove(tag, written);
        }
    }

    /// <summary>One block; the extent's segment is held for the caller. Null when it could not be written.</summary>
    public async ValueTask<DiskExtent?> StoreBlockAsync(int generation, ulong objectId, long number, long fillSequence, IReadOnlyList<Chunk> chunks)
    {
        var tag = hasher.Hash(objectId, (ulong)number);
        var meta = new RecordMeta(RecordKind.Block, tag, chunks.Sum(chunk => (long)chunk.Length), objectId, number, 0, fillSequence, [], []);
        return await AppendAsync(generation, meta, chunks) is { } place && log.TryAcquire(place.Segment, out var segment)
            ? new DiskExtent(segment, place.Offset + meta.MetaBytes, meta.BodyBytes, meta.PageSeed)
            : null;
    }

    /// <summary>Forgets the blocks of a fill that came to nothing.</summary>
    public void ForgetBlocks(ulong objectId, long blocks)
    {
        for (var number = 0L; number < blocks; number++)
        {
            index.Remove(hasher.Hash(objectId, (ulong)number));
        }
    }

    /// <summary>Forgets the blocks of the large object whose head lies there, if one does: its key is another's now.</summary>
    public async ValueTask ForgetBlocksOfAsync(RecordPlace place)
    {
        if (!log.TryAcquire(place.Segment, out var segment))
        {
            return;
        }

        if (await ReadMetaAsync(segment, place) is { Kind: RecordKind.LargeHead } meta)
        {
            ForgetBlocks(meta.ObjectId, Blocks(meta));
        }

        segment.Release();
    }

    /// <summary>Forgets the neighbours of a block that was lost, as far as they follow one another; the head goes when it is next looked up.</summary>
    public void ForgetAround(ulong objectId, long number)
    {
        for (var before = number - 1; before >= 0 && index.Remove(hasher.Hash(objectId, (ulong)before)); before--)
        {
        }

        for (var after = number + 1; index.Remove(hasher.Hash(objectId, (ulong)after)); after++)
        {
        }
    }

    private async ValueTask<RecordPlace?> AppendAsync(int generation, RecordMeta meta, IReadOnlyList<Chunk> chunks, Func<bool>? isWanted = null)
    {
        if (!IsWritable || meta.RecordBytes > log.MaxRecordBytes || !RecordMeta.Fits(meta.Key.Length, meta.Head.Length))
        {
            return null;
        }

        var errors = log.Errors;
        var place = await log.AppendAsync(generation, meta.Tag, meta.FillSequence, Parts(meta, chunks), meta.RecordBytes, isWanted);
        if (place is not null)
        {
            Interlocked.Increment(ref _writes);
        }
        else if (log.Errors > errors)
        {
            var rest = (time.GetUtcNow() + RestAfterError).UtcTicks;
            var before = Interlocked.Exchange(ref _writable, rest);
            if (before <= time.GetUtcNow().UtcTicks && log.LastFault is { } fault)
            {
                options.OnDiskFault?.Invoke(fault);
            }
        }

        return place;
    }

    private List<ReadOnlyMemory<byte>> Parts(RecordMeta meta, IReadOnlyList<Chunk> chunks)
    {
        List<ReadOnlyMemory<byte>> parts = new((chunks.Count * 2) + 2) { meta.Format(hasher) };
        for (var page = 0; page < chunks.Count; page++)
        {
            var check = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(check, DiskExtent.PageCheck(meta.PageSeed, page, chunks[page]));
            for (var block = 0; block < chunks[page].Blocks; block++)
            {
                parts.Add(chunks[page].Block(block));
            }

            parts.Add(check);
        }

        parts.Add(new byte[meta.RecordBytes - parts.Sum(part => (long)part.Length)]);
        return parts;
    }

    private async ValueTask<RecordMeta?> ReadMetaAsync(Segment segment, RecordPlace place, bool withBody = false)
    {
        var first = (int)Math.Min(FirstReadBytes, place.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(first);
        try
        {
            var soon = withBody && place.Length > first ? Math.Min(place.Length, MostAnnouncedBytes) : 0;
            if (!await DiskIO.TryFillAsync(segment.File, buffer.AsMemory(0, first), place.Offset, soon)
                || RecordMeta.MeasureMeta(buffer.AsSpan(0, first)) is not { } length
                || length > place.Length)
            {
                return null;
            }

            if (length > first)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(length);
                if (!await DiskIO.TryFillAsync(segment.File, buffer.AsMemory(0, length), place.Offset))
                {
                    return null;
                }
            }

            return RecordMeta.TryParse(buffer.AsSpan(0, length), hasher);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DiskBody? WholeBody(Segment segment, RecordPlace place, RecordMeta meta) => segment.TryAddReference()
        ? new DiskBody([new DiskExtent(segment, place.Offset + meta.MetaBytes, meta.BodyBytes, meta.PageSeed)], meta.BodyBytes, Math.Max(1, meta.BodyBytes))
        : null;

    /// <summary>The blocks of a large object; null when one is gone, for the log drops the oldest first.</summary>
    private DiskBody? LargeBody(RecordMeta meta)
    {
        var count = Blocks(meta);
        var extents = new DiskExtent[count];
        for (var number = 0L; number < count; number++)
        {
            var tag = hasher.Hash(meta.ObjectId, (ulong)number);
            if (!index.TryHit(tag, out var place) || !log.TryAcquire(place.Segment, out var segment))
            {
                new DiskBody(extents[..(int)number], 0, 1).Release();
                return null;
            }

            var block = new RecordMeta(RecordKind.Block, tag, Math.Min(meta.BlockBytes, meta.Number - (number * meta.BlockBytes)), meta.ObjectId, number, 0, 0, [], []);
            extents[number] = new DiskExtent(segment, place.Offset + block.MetaBytes, block.BodyBytes, block.PageSeed);
        }

        return new DiskBody(extents, meta.Number, meta.BlockBytes);
    }

    private static long Blocks(RecordMeta meta) => meta.Kind == RecordKind.LargeHead ? (meta.Number + meta.BlockBytes - 1) / meta.BlockBytes : 0;

    private void Distrust(ulong tag, RecordPlace place)
    {
        Interlocked.Increment(ref _checksumFailures);
        index.Remove(tag, place);
    }
}
