// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>How the log moves on: a new segment when one is full, and the oldest given up for it. Under the log's gate.</summary>
internal sealed partial class SegmentLog
{
    private async Task RollAsync()
    {
        if (_open is { } full)
        {
            lock (_fields)
            {
                full.IsFull = true;
            }

            await SealIfIdleAsync(full);
        }

        _open = null;
        var number = ++_lastNumber;
        var path = PathOf(number);
        var next = new Segment(number, path, files.Create(path));
        _segments[number] = next;
        _open = next;

        // One segment's room for what comes now, one for what the recycled leave.
        while (Bytes + (2L * options.SegmentBytes) > options.DiskBytes && Oldest() is { } oldest)
        {
            await RecycleAsync(oldest, next);
        }
    }

    private Segment? Oldest()
    {
        lock (_fields)
        {
            return _segments.Values.Where(segment => segment.IsSealed).MinBy(segment => segment.Number);
        }
    }

    private async Task RecycleAsync(Segment oldest, Segment destination)
    {
        // Both ends of the copy stay in the index until it is made: what is replaced or forgotten meanwhile stays so.
        var records = index.InSegment(oldest.Number);
        var room = (options.SegmentBytes / 2) - destination.Used;
        List<(ulong Tag, RecordPlace Place)> survivors = [];
        foreach (var (tag, place, wasHit) in records)
        {
            if ((wasHit || IsWanted(tag)) && place.Length <= room)
            {
                survivors.Add((tag, place));
                room -= place.Length;
            }
            else if (index.Remove(tag, place))
            {
                await NoteLossAsync(oldest, place);
            }
        }

        foreach (var (tag, place) in survivors)
        {
            await CopyAsync(oldest, destination, tag, place);
        }

        Discard(oldest);
        Interlocked.Increment(ref _recycled);
    }

    /// <summary>Copies a record as it is: its checksums go with it, and the next reader checks them.</summary>
    private async Task CopyAsync(Segment from, Segment to, ulong tag, RecordPlace place)
    {
        // A block may have gone meanwhile with the rest of its object.
        if (!index.TryGet(tag, out var current) || current != place)
        {
            return;
        }

        var bytes = new byte[place.Length];
        try
        {
            if (await DiskIO.TryFillAsync(from.File, bytes, place.Offset))
            {
                var offset = Promise(to, place.Length, RecordMeta.ReadFillSequence(bytes));
                await WriteAsync(to, tag, offset, [bytes], place.Length, copy => index.Move(tag, place, copy));
            }
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            Count(error);
        }

        index.Remove(tag, place);
    }

    /// <summary>With one block a large object is lost whole: the others shall not be kept for it.</summary>
    private async Task NoteLossAsync(Segment segment, RecordPlace place)
    {
        if (place.Length < MinBlockRecordBytes)
        {
            return;
        }

        var first = new byte[RecordMeta.FixedBytes];
        try
        {
            if (await DiskIO.TryFillAsync(segment.File, first, place.Offset) && RecordMeta.TryReadBlock(first) is var (objectId, number))
            {
                OnBlockLost(objectId, number);
            }
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            Count(error);
        }
    }

    private void Discard(Segment segment)
    {
        lock (_fields)
        {
            if (!_segments.TryRemove(segment.Number, out _))
            {
                return;
            }

            _bytes -= segment.Used;
        }

        try
        {
            files.Delete(segment.Path);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            Count(error);
        }

        segment.Release();
    }
}
