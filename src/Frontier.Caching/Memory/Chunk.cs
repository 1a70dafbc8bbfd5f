// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Frontier.Caching.Memory;

/// <summary>
/// Up to 64 KiB of a body, in one block or a few. Counted by reference, so that bytes on their way to a viewer outlive their
/// eviction; the last <see cref="Release"/> gives the blocks back to their pool. One writer fills it; readers see only what the
/// writer has published.
/// </summary>
internal sealed class Chunk
{
    /// <summary>Also the page of the disk format: chunk n of a body is its page n.</summary>
    public const int MaxBytes = 64 << 10;

    private readonly SlabPool? _pool;
    private SlabBlock[] _blocks;
    private int _references = 1;

    /// <summary>Blocks of a pool; each but the last is a multiple of the pool's unit.</summary>
    public Chunk(SlabPool? pool, params SlabBlock[] blocks)
    {
        _pool = pool;
        _blocks = blocks;
        Length = blocks.Sum(static block => block.Length);
    }

    public int Length { get; private set; }

    public int Blocks => _blocks.Length;

    /// <summary>Memory outside any pool, for the few bytes a stream needs while the pool has none left.</summary>
    public static Chunk FromHeap(int length) => new(null, new SlabBlock(0, GC.AllocateUninitializedArray<byte>(length), 0, length));

    public Memory<byte> Block(int number)
    {
        var block = _blocks[number];
        return _pool is null ? block.Bytes.AsMemory(block.Offset, block.Length) : MemoryMarshal.CreateFromPinnedArray(block.Bytes, block.Offset, block.Length);
    }

    /// <summary>The bytes from <paramref name="offset"/> to the end of the block they lie in; empty at the end of the chunk.</summary>
    public Memory<byte> From(int offset)
    {
        for (var number = 0; number < _blocks.Length; number++)
        {
            if (offset < _blocks[number].Length)
            {
                return Block(number)[offset..];
            }

            offset -= _blocks[number].Length;
        }

        return default;
    }

    /// <summary>Copies as many bytes as the chunk is long.</summary>
    public void Fill(ReadOnlySpan<byte> bytes)
    {
        foreach (var block in _blocks)
        {
            bytes[..block.Length].CopyTo(block.Bytes.AsSpan(block.Offset));
            bytes = bytes[block.Length..];
        }
    }

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _pool?.Return(_blocks);
        }
    }

    /// <summary>Gives back what lies behind the first <paramref name="length"/> bytes (at least 1). Only the writer may, and nobody may hold slices of the rest.</summary>
    public void Trim(int length)
    {
        if (_pool is null)
        {
            _blocks = [_blocks[0] with { Length = length }];
        }
        else
        {
            _blocks = _pool.Shrink(_blocks, length);
        }

        Length = length;
    }
}
