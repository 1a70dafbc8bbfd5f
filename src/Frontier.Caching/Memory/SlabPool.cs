// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

namespace Frontier.Caching.Memory;

/// <summary>
/// Blocks for bodies, cut by a buddy allocator from pinned slabs that the garbage collector never moves or scans. Blocks are
/// multiples of 512 bytes: one is taken as a power of two and the rest of it is given back at once, so that a body wastes at
/// most 511 bytes. Neighbours join when freed; what is free but scattered is gathered, for bodies of mixed sizes would
/// else leave most of the memory in holes. Thread-safe; the lock is held for a few list steps.
/// </summary>
internal sealed class SlabPool
{
    private const int UnitBytes = 512;

    // A wholly free slab or two is kept against the next fill; more go back to the system.
    private const int SpareSlabs = 2;

    // Pieces of 1 KiB on average: shorter ones cost more to send than the eviction that makes room for fewer.
    private const int UnitsPerBlock = 2;

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

    /// <summary>A chunk of <paramref name="length"/> bytes (1 to 64 KiB) holding one reference, or null when the pool has no room for it.</summary>
    public Chunk? TryRent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Chunk.MaxBytes);
        var units = Rounded(length) / UnitBytes;
        lock (_gate)
        {
            if (TryTakeRun(units) is { } run)
            {
                return new Chunk(this, run with { Length = length });
            }

            return TryGather(units) is { } blocks ? new Chunk(this, Cut(blocks, length)) : null;
        }
    }

    public void Return(ReadOnlySpan<SlabBlock> blocks)
    {
        lock (_gate)
        {
            foreach (var block in blocks)
            {
                GiveBack(block, 0);
            }
        }
    }

    /// <summary>Gives back all but the first <paramref name="length"/> bytes, and says what is left.</summary>
    public SlabBlock[] Shrink(ReadOnlySpan<SlabBlock> blocks, int length)
    {
        List<SlabBlock> kept = new(blocks.Length);
        lock (_gate)
        {
            foreach (var block in blocks)
            {
                var keep = Math.Min(length, block.Length);
                GiveBack(block, keep);
                length -= keep;
                if (keep > 0)
                {
                    kept.Add(block with { Length = keep });
                }
            }
        }

        return [.. kept];
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

    /// <summary>So many units in a row, from a free block or a new slab.</summary>
    private SlabBlock? TryTakeRun(int units)
    {
        var order = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)units));
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

        return Take(order, units);
    }

    /// <summary>As many units from several blocks, the largest first; null when there are too few, or too scattered.</summary>
    private List<SlabBlock>? TryGather(int units)
    {
        if (SlabBytes - _rentedBytes < (long)units * UnitBytes)
        {
            return null;
        }

        List<SlabBlock> blocks = [];
        var mostBlocks = (units + UnitsPerBlock - 1) / UnitsPerBlock;
        while (units > 0 && blocks.Count < mostBlocks)
        {
            var order = BitOperations.Log2((uint)units);
            while (order >= 0 && _freeHeads[order] < 0)
            {
                order--;
            }

            // Nothing so small is free: the rest is cut from something larger.
            for (var larger = 0; order < 0; larger++)
            {
                order = _freeHeads[larger] < 0 ? -1 : larger;
            }

            var block = Take(order, Math.Min(units, 1 << order));
            blocks.Add(block);
            units -= block.Length / UnitBytes;
        }

        if (units == 0)
        {
            return blocks;
        }

        blocks.ForEach(block => GiveBack(block, 0));
        return null;
    }

    /// <summary>The first units of a free block; the rest of it stays free.</summary>
    private SlabBlock Take(int order, int units)
    {
        var block = _freeHeads[order];
        Unlink(block, order);
        FreeRange(block + units, (1 << order) - units);
        _rentedBytes += units * UnitBytes;
        var slab = block / _unitsPerSlab;
        return new SlabBlock(slab, _slabs[slab]!.Bytes, block % _unitsPerSlab * UnitBytes, units * UnitBytes);
    }

    private void GiveBack(SlabBlock block, int kept)
    {
        var keptUnits = (kept + UnitBytes - 1) / UnitBytes;
        var units = (Rounded(block.Length) / UnitBytes) - keptUnits;
        _rentedBytes -= units * UnitBytes;
        FreeRange((block.Slab * _unitsPerSlab) + (block.Offset / UnitBytes) + keptUnits, units);
    }

    /// <summary>The blocks with the last one as long as the bytes need.</summary>
    private static SlabBlock[] Cut(List<SlabBlock> blocks, int length)
    {
        var last = blocks[^1];
        blocks[^1] = last with { Length = length - blocks.Sum(static block => block.Length) + last.Length };
        return [.. blocks];
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
