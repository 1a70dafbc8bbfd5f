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

    public void Ask(CachedObject item)
    {
        if (!item.TryBeginWrite())
        {
            return;
        }

        Interlocked.Increment(ref _asked);
        if (_disk.IsWritable && item.TryAddReference())
        {
            if (_line.Writer.TryWrite(new Order(item, item.Hash, item.Generation, 0)))
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
    public void AskToBury(ulong tag, int generation, long position)
    {
        Interlocked.Increment(ref _asked);
        if (!_line.Writer.TryWrite(new Order(null, tag, generation, position)))
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

    /// <summary>Writes an object if no purge has matched it. Its record says up to where that is known.</summary>
    public static async ValueTask<bool> TryWriteAsync(DiskTier disk, CachedObject item) =>
        item.PurgedByNow() == 0
        && !item.IsForgotten()
        && item.Memory is { } body
        && await disk.StoreAsync(item.Generation, item.Hash, item.Key, item.Head, item.CheckedUpTo, body);

    private async Task WriteAllAsync()
    {
        await foreach (var order in _line.Reader.ReadAllAsync())
        {
            if (order.Item is { } item)
            {
                await WriteAsync(item);
                item.Dispose();
            }
            else
            {
                await _disk.BuryAsync(order.Generation, order.Tag, order.Position);
            }

            Interlocked.Increment(ref _done);
        }
    }

    private async ValueTask WriteAsync(CachedObject item)
    {
        var written = await TryWriteAsync(_disk, item);
        var isForgotten = item.IsForgotten();

        // An object replaced or forgotten while it was written must not come back from disk.
        if (written && (item.IsSuperseded || isForgotten))
        {
            _disk.Index.Remove(item.Hash);
        }

        if (isForgotten)
        {
            await _disk.BuryAsync(item.Generation, item.Hash, item.CheckedUpTo);
        }

        item.EndWrite(written);
    }

    /// <param name="Item">To be written, with a reference; null to bury the tag's records.</param>
    private readonly record struct Order(CachedObject? Item, ulong Tag, int Generation, long Position);
}
