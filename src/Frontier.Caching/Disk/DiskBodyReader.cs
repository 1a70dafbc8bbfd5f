// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>Reads a body from disk page by page; holds one page of memory.</summary>
internal sealed class DiskBodyReader : BodyReader
{
    private readonly DiskBody _body;
    private readonly Func<int, Chunk> _rent;
    private readonly Action _onBroken;
    private readonly long _end;
    private long _position;
    private Chunk? _chunk;
    private bool _disposed;

    public DiskBodyReader(DiskBody body, long offset, long length, Func<int, Chunk> rent, Action onBroken)
    {
        body.AddReference();
        _body = body;
        _position = offset;
        _end = offset + length;
        _rent = rent;
        _onBroken = onBroken;
    }

    public override async ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_position >= _end)
        {
            return BodyRead.End;
        }

        var (extent, offset) = _body.Locate(_position);
        var skipped = (int)(offset % Chunk.MaxBytes);

        // Within a page there is more only when its chunk is in several blocks.
        if (_chunk is null || skipped == 0)
        {
            _chunk?.Release();
            _chunk = await ReadPageAsync(extent, offset / Chunk.MaxBytes, _rent);
        }

        if (_chunk is null)
        {
            _onBroken();
            return BodyRead.Broken;
        }

        var bytes = _chunk.From(skipped);
        bytes = bytes[..(int)Math.Min(bytes.Length, _end - _position)];
        _position += bytes.Length;
        return new BodyRead(bytes, _position == _end ? BodyState.End : BodyState.More);
    }

    public override ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _chunk?.Release();
            _body.Release();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>One page in a chunk of the caller's; null when it is not as it was written.</summary>
    public static async ValueTask<Chunk?> ReadPageAsync(DiskExtent extent, long page, Func<int, Chunk> rent)
    {
        var chunk = rent((int)Math.Min(Chunk.MaxBytes, extent.Length - (page * Chunk.MaxBytes)));
        if (await extent.TryReadAsync(page, [chunk]))
        {
            return chunk;
        }

        chunk.Release();
        return null;
    }
}
