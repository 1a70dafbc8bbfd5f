// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

namespace Frontier.Caching.Memory;

/// <summary>
/// Blocks for bodies, cut by a buddy allocator from pinned slabs that the garbage collector never moves or scans. Blocks are
/// multiples of 512 bytes: one is taken as a power of two and the rest of it is given back at once, so that a body wastes at
/// most 511 bytes. Neighbours join when freed, so no size starves another. Thread-safe; the lock is held for a few list steps.
/// </summary>
internal sealed class SlabPool
{
    private const int UnitBytes = 512;

    // A wholly free slab or two is kept against the next fill; more go back to the system.
    private const int SpareSlabs = 2;

    private readonly Lock _gate = new();
    private readonly int _slabBytes;
    private readonly int _unitsPerSlab;
    private readonly int _topOrder;
    private readonly int _maxSlabs;
    private readonly int[] _freeHeads;
    private readonly List<Slab?> _slabs = [];
    private readonly Stack<int> _vacant = [];
    private int _liveSlabs;
    private int _freeSlabs;
    private long _rentedBytes;

    public SlabPool(long maxBytes)
    {
        _slabBytes = (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(maxBytes / 16)), Chunk.MaxBytes, 1 << 20);
        _unitsPerSlab = _slabBytes / UnitBytes;
        _topOrder = BitOperations.Log2((uint)_unitsPerSlab);
        _maxSlabs = (int)(maxBytes / _slabBytes);
        _freeHeads = new int[_topOrder + 1];
        Array.Fill(_freeHeads, -1);
    }

    public long SlabBytes => (long)Volatile.Read(ref _liveSlabs) * _slabBytes;

    public long RentedBytes => Volatile.Read(ref _rentedBytes);

    /// <summary>What <see cref="TryRent"/> takes for that many bytes.</summary>
    public static int Rounded(int length) => Math.Max(1, (length + UnitBytes - 1) / UnitBytes) * UnitBytes;

    /// <summary>A chunk of <paramref name="length"/> bytes (1 to 64 KiB) holding one reference, or null when the pool has no such block.</summary>
    public Chunk? TryRent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Chunk.MaxBytes);
        var units = Rounded(length) / UnitBytes;
        var wanted = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)units));
        lock (_gate)
        {
            var order = wanted;
            while (order <= _topOrder && _freeHeads[order] < 0)
            {
                order++;
            }

            if (order > _topOrder)
            {
                if (_liveSlabs == _maxSlabs)
                {
                    return null;
                }

                AddSlab();
                order = _topOrder;
            }

            var block = _freeHeads[order];
            Unlink(block, order);
            while (order > wanted)
            {
                order--;
                Link(block + (1 << order), order);
            }

            FreeRange(block + units, (1 << wanted) - units);
            _rentedBytes += units * UnitBytes;
            var slab = block / _unitsPerSlab;
            return new Chunk(this, slab, _slabs[slab]!.Bytes, block % _unitsPerSlab * UnitBytes, length);
        }
    }

    public void Return(int slab, int offset, int length)
    {
        var units = Rounded(length) / UnitBytes;
        lock (_gate)
        {
            _rentedBytes -= units * UnitBytes;
            FreeRange((slab * _unitsPerSlab) + (offset / UnitBytes), units);
        }
    }

    public void Shrink(int slab, int offset, int oldLength, int newLength)
    {
        var kept = Rounded(newLength) / UnitBytes;
        var freed = (Rounded(oldLength) / UnitBytes) - kept;
        lock (_gate)
        {
            _rentedBytes -= freed * UnitBytes;
            FreeRange((slab * _unitsPerSlab) + (offset / UnitBytes) + kept, freed);
        }
    }

    /// <summary>Throws when free and rented bytes do not make up the slabs.</summary>
    public void CheckInvariants()
    {
        lock (_gate)
        {
            var free = 0L;
            for (var order = 0; order <= _topOrder; order++)
            {
                for (var block = _freeHeads[order]; block >= 0; block = _slabs[block / _unitsPerSlab]!.Next[block % _unitsPerSlab])
                {
                    free += (long)UnitBytes << order;
                }
            }

            if (free + _rentedBytes != SlabBytes || _rentedBytes < 0)
            {
                throw new InvalidOperationException($"Slabs hold {SlabBytes} bytes, but {free} are free and {_rentedBytes} rented.");
            }
        }
    }

    private void AddSlab()
    {
        if (!_vacant.TryPop(out var index))
        {
            index = _slabs.Count;
            _slabs.Add(null);
        }

        _slabs[index] = new Slab(_slabBytes, _unitsPerSlab);
        _liveSlabs++;
        Link(index * _unitsPerSlab, _topOrder);
    }

    private void FreeRange(int block, int units)
    {
        while (units > 0)
        {
            var aligned = block == 0 ? _topOrder : BitOperations.TrailingZeroCount(block);
            var order = Math.Min(Math.Min(aligned, _topOrder), BitOperations.Log2((uint)units));
            Free(block, order);
            block += 1 << order;
            units -= 1 << order;
        }
    }

    private void Free(int block, int order)
    {
        for (; order < _topOrder; order++)
        {
            var buddy = block ^ (1 << order);
            if (_slabs[buddy / _unitsPerSlab]!.FreeOrder[buddy % _unitsPerSlab] != order + 1)
            {
                break;
            }

            Unlink(buddy, order);
            block = Math.Min(block, buddy);
        }

        if (order == _topOrder && _freeSlabs >= SpareSlabs)
        {
            var index = block / _unitsPerSlab;
            _slabs[index] = null;
            _vacant.Push(index);
            _liveSlabs--;
            return;
        }

        Link(block, order);
    }

    private void Link(int block, int order)
    {
        var slab = _slabs[block / _unitsPerSlab]!;
        var unit = block % _unitsPerSlab;
        var next = _freeHeads[order];
        slab.FreeOrder[unit] = (byte)(order + 1);
        slab.Next[unit] = next;
        slab.Previous[unit] = -1;
        if (next >= 0)
        {
            _slabs[next / _unitsPerSlab]!.Previous[next % _unitsPerSlab] = block;
        }

        _freeHeads[order] = block;
        _freeSlabs += order == _topOrder ? 1 : 0;
    }

    private void Unlink(int block, int order)
    {
        var slab = _slabs[block / _unitsPerSlab]!;
        var unit = block % _unitsPerSlab;
        var (previous, next) = (slab.Previous[unit], slab.Next[unit]);
        if (previous >= 0)
        {
            _slabs[previous / _unitsPerSlab]!.Next[previous % _unitsPerSlab] = next;
        }
        else
        {
            _freeHeads[order] = next;
        }

        if (next >= 0)
        {
            _slabs[next / _unitsPerSlab]!.Previous[next % _unitsPerSlab] = previous;
        }

        slab.FreeOrder[unit] = 0;
        _freeSlabs -= order == _topOrder ? 1 : 0;
    }

    private sealed class Slab(int bytes, int units)
    {
        public readonly byte[] Bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        public readonly byte[] FreeOrder = new byte[units];
        public readonly int[] Next = new int[units];
        public readonly int[] Previous = new int[units];
    }
}
