// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;

namespace Frontier.Caching.Disk;

/// <summary>
/// Writes to disk what was hit since it was stored: requests only put objects in its line. The line holds at most 1,024
/// objects, by reference; one that finds it full is asked about again at its next hit.
/// </summary>
internal sealed class DiskWriter : IAsyncDisposable
{
    private const int MaxWaiting = 1024;

    private readonly DiskTier _disk;
    private readonly Channel<CachedObject> _line = Channel.CreateBounded<CachedObject>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
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
            if (_line.Writer.TryWrite(item))
            {
                return;
            }

            item.Dispose();
        }

        Interlocked.Increment(ref _done);
        Interlocked.Increment(ref _skipped);
        item.EndWrite(written: false);
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
        && item.Memory is { } body
        && await disk.StoreAsync(item.Generation, item.Hash, item.Key, item.Head, item.CheckedUpTo, body);

    private async Task WriteAllAsync()
    {
        await foreach (var item in _line.Reader.ReadAllAsync())
        {
            var written = await TryWriteAsync(_disk, item);

            // An object replaced while it was written must not come back from disk in its successor's place.
            if (written && item.IsSuperseded)
            {
                _disk.Index.Remove(item.Hash);
            }

            item.EndWrite(written);
            item.Dispose();
            Interlocked.Increment(ref _done);
        }
    }
}
