// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;

namespace Frontier.Caching.Disk;

/// <summary>
/// Writes to disk what was hit since it was stored, and what was forgotten: requests only put orders in its line. The line holds
/// at most 1,024; an object that finds it full is asked about again at its next hit, a forgotten key may come back after a restart.
/// </summary>
internal sealed class DiskWriter : IAsyncDisposable
{
    private const int MaxWaiting = 1024;

    private readonly DiskTier _disk;
    private readonly Channel<Order> _line = Channel.CreateBounded<Order>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _work;
    private long _skipped;
    private long _asked;
    private long _done;

    public DiskWriter(DiskTier disk)
    {
        _disk = disk;
        _work = Task.Run(WriteAllAsync);
    }

    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Whether everything asked for so far was written or given up.</summary>
    public bool IsIdle => Volatile.Read(ref _done) == Volatile.Read(ref _asked);

    /// <param name="former">The record that its predecessor had, if it had one.</param>
    public void Ask(CachedObject item, RecordPlace? former = null)
    {
        if (!item.TryBeginWrite())
        {
            return;
        }

        Interlocked.Increment(ref _asked);
        if (_disk.IsWritable && item.TryAddReference())
        {
            if (_line.Writer.TryWrite(new Order(item, item.Hash, item.Generation, 0, former)))
            {
                return;
            }

            item.Dispose();
        }

        Interlocked.Increment(ref _done);
        Interlocked.Increment(ref _skipped);
        item.EndWrite(written: false);
    }

    /// <summary>Says on disk that the key's records count no more.</summary>
    /// <param name="former">The record that the index pointed to, if it did.</param>
    public void AskToBury(ulong tag, int generation, long fillSequence, RecordPlace? former)
    {
        Interlocked.Increment(ref _asked);
        if (!_line.Writer.TryWrite(new Order(null, tag, generation, fillSequence, former)))
        {
            Interlocked.Increment(ref _done);
            Interlocked.Increment(ref _skipped);
        }
    }

    /// <summary>Writes what waits and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _line.Writer.TryComplete();
        await _work;
    }

    /// <summary>
    /// Writes an object if no purge has matched it. Its record says up to where that is known. One replaced or forgotten while
    /// it is written does not come back from disk.
    /// </summary>
    public static async ValueTask<bool> TryWriteAsync(DiskTier disk, CachedObject item) =>
        item.PurgedByNow() == 0
        && !item.IsForgotten()
        && item.Memory is { } body
        && await disk.StoreAsync(item.Generation, item.Hash, item.Key, item.Head, item.CheckedUpTo, body, () => !item.IsSuperseded && !item.IsForgotten());

    private async Task WriteAllAsync()
    {
        await foreach (var order in _line.Reader.ReadAllAsync())
        {
            if (order.Item is { } item)
            {
                await WriteAsync(item, order.Former);
                item.Dispose();
            }
            else
            {
                await _disk.BuryAsync(order.Generation, order.Tag, order.FillSequence, order.Former);
            }

            Interlocked.Increment(ref _done);
        }
    }

    private async ValueTask WriteAsync(CachedObject item, RecordPlace? former)
    {
        if (former is { } place)
        {
            await _disk.ForgetBlocksOfAsync(place);
        }

        var written = await TryWriteAsync(_disk, item);
        if (!written && item.IsForgotten())
        {
            await _disk.BuryAsync(item.Generation, item.Hash, item.CheckedUpTo, former: null);
        }

        item.EndWrite(written);
    }

    /// <param name="Item">To be written, with a reference; null to bury the tag's records.</param>
    private readonly record struct Order(CachedObject? Item, ulong Tag, int Generation, long FillSequence, RecordPlace? Former);
}
