// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Globalization;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>
/// The segments, oldest to newest, and the one being appended to. Space is promised under a lock, bytes are written outside
/// it, so that fills write beside each other. When the files would outgrow their bound the oldest goes, what was hit in it
/// (at most half a segment) being copied to the newest.
/// </summary>
internal sealed partial class SegmentLog(string directory, IDiskFiles files, CacheOptions options, KeyHasher hasher, DiskIndex index) : IAsyncDisposable
{
    private const string Extension = ".seg";

    // Shorter records are no blocks, or the last ones of objects whose others tell.
    private const int MinBlockRecordBytes = Chunk.MaxBytes;

    /// <summary>Of one record, on a machine that does other things as well.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, Segment> _segments = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _fields = new();
    private Segment? _open;
    private int _lastNumber;
    private int _generation;
    private bool _isClosed;
    private long _bytes;
    private long _errors;
    private long _recycled;

    /// <summary>Whether a record of this tag should outlive its segment though nobody read it from disk.</summary>
    public Func<ulong, bool> IsWanted { get; set; } = static _ => false;

    /// <summary>Told the object and the number of a block that is not kept when its segment is recycled.</summary>
    public Action<ulong, long> OnBlockLost { get; set; } = static (_, _) => { };

    public long Bytes => Volatile.Read(ref _bytes);

    public long Errors => Volatile.Read(ref _errors);

    /// <summary>What the disk said last when it did not do as asked.</summary>
    public Exception? LastFault { get; private set; }

    public long Recycled => Volatile.Read(ref _recycled);

    /// <summary>The longest record a segment takes, its line in the summary included.</summary>
    public long MaxRecordBytes => options.SegmentBytes - SegmentSummary.TrailerBytes - SegmentSummary.EntryBytes;

    /// <summary>No stored record is good up to less than this stamp.</summary>
    public long MinFillSequence
    {
        get
        {
            lock (_fields)
            {
                return _segments.Values.Select(segment => segment.MinFillSequence).DefaultIfEmpty(long.MaxValue).Min();
            }
        }
    }

    /// <summary>Takes in the segments that are there; without <paramref name="isTrusted"/> deletes them.</summary>
    public async Task OpenAsync(bool isTrusted)
    {
        var numbers = Directory.EnumerateFiles(directory, "*" + Extension)
            .Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Order();
        foreach (var number in numbers)
        {
            _lastNumber = number;
            if (isTrusted)
            {
                await TakeInAsync(number);
            }
            else
            {
                files.Delete(PathOf(number));
            }
        }
    }

    public bool TryAcquire(int number, out Segment segment) => _segments.TryGetValue(number, out segment!) && segment.TryAddReference();

    /// <summary>Appends a record and points the index to it. Null when the disk would not take it, which is counted.</summary>
    /// <param name="generation">What the record belongs to: none of a generation before the last <see cref="ClearAsync"/> is taken.</param>
    /// <param name="parts">The record's bytes, meta first, padding included.</param>
    /// <param name="isWanted">Asked when the record is written and about to be found; when it says no, the record is not.</param>
    public async ValueTask<RecordPlace?> AppendAsync(
        int generation, ulong tag, long fillSequence, IReadOnlyList<ReadOnlyMemory<byte>> parts, long length, Func<bool>? isWanted = null)
    {
        Segment segment;
        long offset;
        await _gate.WaitAsync();
        try
        {
            if (_isClosed || generation != _generation)
            {
                return null;
            }

            if (_open is null || _open.Used + length + SummaryBytes(_open, 1) > options.SegmentBytes)
            {
                await RollAsync();
            }

            segment = _open!;
            offset = Promise(segment, length, fillSequence);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            Count(error);
            return null;
        }
        finally
        {
            _gate.Release();
        }

        return await WriteAsync(segment, tag, offset, parts, length, place => index.Put(tag, place, isWanted));
    }

    /// <summary>Forgets every record and deletes every file.</summary>
    public async Task ClearAsync(int generation)
    {
        await _gate.WaitAsync();
        try
        {
            _generation = generation;
            index.Clear();
            _open = null;
            foreach (var (_, segment) in _segments)
            {
                Discard(segment);
            }

            // A record still being written puts itself into the index later, where it finds no segment.
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        _isClosed = true;
        if (_open is { } open)
        {
            open.IsFull = true;
            await SealIfIdleAsync(open);
        }

        foreach (var (_, segment) in _segments)
        {
            segment.Release();
        }

        // The gate stays: fills under way still ask, and are refused.
        _gate.Release();
    }

    public void CheckInvariants()
    {
        lock (_fields)
        {
            var used = _segments.Values.Sum(segment => segment.Used);
            if (used != _bytes || used > options.DiskBytes)
            {
                throw new InvalidOperationException($"Segments hold {used} bytes, {_bytes} are counted, {options.DiskBytes} allowed.");
            }
        }

        // Writers go on meanwhile. Between a look at the index and one at the segments the oldest of these may be given up, and a record
        // that was being written when the log was cleared stands in the index until its writer has seen that.
        if (!SpinWait.SpinUntil(() => index.Places().All(IsThere), LongestWrite))
        {
            throw new InvalidOperationException($"The index points to {index.Places().First(place => !IsThere(place))}, where nothing is.");
        }
    }

    private bool IsThere(RecordPlace place) => _segments.TryGetValue(place.Segment, out var segment) && place.Offset + place.Length <= segment.Used;

    private static long SummaryBytes(Segment segment, int more) =>
        ((long)(segment.Entries.Count + segment.Pending + more) * SegmentSummary.EntryBytes) + SegmentSummary.TrailerBytes;

    private string PathOf(int number) => Path.Combine(directory, number.ToString("x8", CultureInfo.InvariantCulture) + Extension);

    private async Task TakeInAsync(int number)
    {
        var path = PathOf(number);
        try
        {
            var file = files.Open(path);
            var segment = new Segment(number, path, file) { Used = file.Length, IsFull = true, IsSealed = true };
            var summary = await SegmentSummary.TryReadAsync(file, hasher);
            var (entries, oldest) = summary ?? await SegmentScan.ReadAsync(file, hasher);
            if (entries.Count == 0)
            {
                file.Dispose();
                files.Delete(path);
                return;
            }

            segment.MinFillSequence = oldest;
            _segments[number] = segment;
            foreach (var entry in entries)
            {
                if (entry.Length == RecordMeta.TombstoneBytes)
                {
                    index.Remove(entry.Tag);
                }
                else
                {
                    index.Put(entry.Tag, new RecordPlace(number, entry.Offset, entry.Length));
                }
            }

            Account(segment.Used);

            // The next start shall not scan it again.
            if (summary is null && segment.Used + SegmentSummary.TrailerBytes + (entries.Count * SegmentSummary.EntryBytes) <= options.SegmentBytes)
            {
                segment.Entries = entries;
                await SealAsync(segment);
            }
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            Count(error);
        }
    }

    private long Promise(Segment segment, long length, long fillSequence)
    {
        lock (_fields)
        {
            var offset = segment.Used;
            segment.Used += length;
            segment.Pending++;
            segment.MinFillSequence = Math.Min(segment.MinFillSequence, fillSequence);
            _bytes += length;
            return offset;
        }
    }

    private async ValueTask<RecordPlace?> WriteAsync(Segment segment, ulong tag, long offset, IReadOnlyList<ReadOnlyMemory<byte>> parts, long length, Func<RecordPlace, bool> publish)
    {
        RecordPlace? written = null;
        try
        {
            await segment.File.WriteAsync(parts, offset);
            var place = new RecordPlace(segment.Number, (uint)offset, (uint)length);
            if (publish(place))
            {
                lock (_fields)
                {
                    segment.Entries.Add(new SegmentEntry(tag, place.Offset, place.Length));
                }

                written = place;
            }
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error) || error is ObjectDisposedException)
        {
            Count(error);
        }

        bool isLast;
        lock (_fields)
        {
            segment.Pending--;
            isLast = segment is { Pending: 0, IsFull: true, IsSealed: false };
        }

        if (!_segments.ContainsKey(segment.Number))
        {
            // The log was cleared meanwhile.
            index.Remove(tag);
            return null;
        }

        if (isLast)
        {
            await SealIfIdleAsync(segment);
        }

        return written;
    }

    private async ValueTask SealIfIdleAsync(Segment segment)
    {
        lock (_fields)
        {
            if (segment.Pending > 0 || segment.IsSealed)
            {
                return;
            }

            segment.IsSealed = true;
        }

        try
        {
            await SealAsync(segment);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            // Without a summary the next start scans the segment.
            Count(error);
        }
    }

    private async Task SealAsync(Segment segment)
    {
        var summary = SegmentSummary.Format(segment.Entries, segment.MinFillSequence, hasher);
        await segment.File.WriteAsync([summary], segment.Used);
        segment.File.Flush();
        lock (_fields)
        {
            segment.Used += summary.Length;
            segment.Entries = [];

            // A segment discarded meanwhile is counted no more.
            _bytes += _segments.ContainsKey(segment.Number) ? summary.Length : 0;
        }
    }

    private void Count(Exception fault)
    {
        LastFault = fault;
        Interlocked.Increment(ref _errors);
    }

    private void Account(long bytes)
    {
        lock (_fields)
        {
            _bytes += bytes;
        }
    }
}
