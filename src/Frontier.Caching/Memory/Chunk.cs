// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;

namespace Frontier.Caching.Memory;

/// <summary>
/// Up to 64 KiB of a body. Counted by reference, so that bytes on their way to a viewer outlive their eviction; the last
/// <see cref="Release"/> gives the block back to its pool. One writer fills it; readers see only what the writer has published.
/// </summary>
internal sealed class Chunk
{
    /// <summary>Also the page of the disk format: chunk n of a body is its page n.</summary>
    public const int MaxBytes = 64 << 10;

    private readonly SlabPool? _pool;
    private readonly byte[] _array;
    private readonly int _offset;
    private int _references = 1;

    /// <summary>A block of a pool's slab.</summary>
    public Chunk(SlabPool pool, int slab, byte[] array, int offset, int length)
        : this(array, offset, length)
    {
        _pool = pool;
        Slab = slab;
    }

    private Chunk(byte[] array, int offset, int length)
    {
        _array = array;
        _offset = offset;
        Length = length;
    }

    public int Slab { get; }

    public int Offset => _offset;

    public int Length { get; private set; }

    public Memory<byte> Memory => _pool is null ? _array.AsMemory(_offset, Length) : MemoryMarshal.CreateFromPinnedArray(_array, _offset, Length);

    public Span<byte> Span => _array.AsSpan(_offset, Length);

    /// <summary>Memory outside any pool, for the few bytes a stream needs while the pool has none left.</summary>
    public static Chunk FromHeap(int length) => new(GC.AllocateUninitializedArray<byte>(length), 0, length);

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _pool?.Return(Slab, _offset, Length);
        }
    }

    /// <summary>Gives back what lies behind the first <paramref name="length"/> bytes. Only the writer may, and nobody may hold slices of the rest.</summary>
    public void Trim(int length)
    {
        _pool?.Shrink(Slab, _offset, Length, length);
        Length = length;
    }
}
