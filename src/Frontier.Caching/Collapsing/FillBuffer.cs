// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Collapsing;

/// <summary>
/// The bytes of a fill: chunks of 64 KiB by number, each in memory, or on disk in its block, or gone. Used under the fill's
/// lock only.
/// </summary>
internal sealed class FillBuffer(int chunksPerBlock)
{
    private readonly List<DiskExtent> _blocks = [];

    // The chunks from number _first on; those before it are on disk or gone.
    private readonly List<Chunk> _chunks = [];
    private int _first;

    public long Written { get; private set; }

    public int Blocks => _blocks.Count;

    /// <summary>Bytes in memory that were written.</summary>
    public long ResidentBytes => Written - ((long)_first * Chunk.MaxBytes);

    /// <summary>Where the next byte goes, or empty when a chunk must be added first.</summary>
    public Memory<byte> Space
    {
        get
        {
            if (_chunks.Count == 0)
            {
                return default;
            }

            var used = (int)(Written - ((long)(_first + _chunks.Count - 1) * Chunk.MaxBytes));
            return _chunks[^1].From(used);
        }
    }

    public void Add(Chunk chunk) => _chunks.Add(chunk);

    public void Advance(int bytes) => Written += bytes;

    /// <summary>The next whole block that is not on disk yet, or null; <paramref name="isLast"/> takes what there is.</summary>
    public Chunk[]? NextBlock(bool isLast)
    {
        var whole = ResidentBytes / Chunk.MaxBytes;
        var count = whole >= chunksPerBlock ? chunksPerBlock : isLast ? _chunks.Count : 0;
        return count == 0 ? null : [.. _chunks[..count]];
    }

    /// <summary>The first chunks are on disk now, in that extent.</summary>
    public void MoveToDisk(DiskExtent extent, int chunks)
    {
        _blocks.Add(extent);
        Drop(chunks);
    }

    /// <summary>Nobody will ask for bytes before <paramref name="position"/> again.</summary>
    public void DropBefore(long position)
    {
        var chunks = (int)Math.Clamp((position / Chunk.MaxBytes) - _first, 0, _chunks.Count);

        // The chunk being written stays.
        Drop(Math.Min(chunks, (int)(ResidentBytes / Chunk.MaxBytes)));
    }

    /// <summary>Cuts what the last chunk has too much; an empty one goes.</summary>
    public void Trim()
    {
        if (_chunks.Count == 0)
        {
            return;
        }

        var used = (int)(Written - ((long)(_first + _chunks.Count - 1) * Chunk.MaxBytes));
        if (used == 0)
        {
            _chunks[^1].Release();
            _chunks.RemoveAt(_chunks.Count - 1);
        }
        else if (used < _chunks[^1].Length)
        {
            _chunks[^1].Trim(used);
        }
    }

    /// <summary>The whole body; holds references of its own.</summary>
    public MemoryBody ToBody()
    {
        foreach (var chunk in _chunks)
        {
            chunk.AddReference();
        }

        return new MemoryBody([.. _chunks]);
    }

    /// <summary>The chunk with the byte at <paramref name="position"/>, with a reference; null when it is not in memory.</summary>
    public Chunk? TryGetChunk(long position)
    {
        var at = (position / Chunk.MaxBytes) - _first;
        if (at < 0 || at >= _chunks.Count)
        {
            return null;
        }

        _chunks[(int)at].AddReference();
        return _chunks[(int)at];
    }

    /// <summary>The extent with the byte at <paramref name="position"/>, with a reference to its segment; null when it is not on disk.</summary>
    public (DiskExtent Extent, long Page)? TryGetPage(long position)
    {
        var page = position / Chunk.MaxBytes;
        var block = page / chunksPerBlock;
        return block < _blocks.Count && _blocks[(int)block].Segment.TryAddReference() ? (_blocks[(int)block], page % chunksPerBlock) : null;
    }

    public void Clear()
    {
        Drop(_chunks.Count);
        _blocks.ForEach(block => block.Segment.Release());
        _blocks.Clear();
    }

    private void Drop(int chunks)
    {
        for (var i = 0; i < chunks; i++)
        {
            _chunks[i].Release();
        }

        _chunks.RemoveRange(0, chunks);
        _first += chunks;
    }
}
