// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>
/// Where each record lies: 24 bytes a slot, open addressing with linear probing, in sixteen shards under a lock each. A shard
/// doubles at four fifths full, so that a record costs 30 to 60 bytes. Tags are keyed hashes: two keys that share one displace
/// each other, and a reader compares the whole key.
/// </summary>
internal sealed class DiskIndex
{
    private const int ShardBits = 4;
    private readonly Shard[] _shards = [.. Enumerable.Range(0, 1 << ShardBits).Select(_ => new Shard())];

    public long Count => _shards.Sum(shard => (long)shard.Count);

    public long Bytes => _shards.Sum(shard => shard.Bytes);

    public bool TryGet(ulong tag, out RecordPlace place) => For(tag).TryGet(tag, markHit: false, out place);

    /// <summary>As <see cref="TryGet"/>, and lets the record live on when its segment is recycled.</summary>
    public bool TryHit(ulong tag, out RecordPlace place) => For(tag).TryGet(tag, markHit: true, out place);

    /// <summary>Points the tag to a record. Does nothing, and says so, when <paramref name="isWanted"/> says no: it is asked in the same step, so that a later removal finds the record.</summary>
    public bool Put(ulong tag, RecordPlace place, Func<bool>? isWanted = null) => For(tag).Put(tag, place, isWanted);

    /// <summary>Points the tag to a copy of its record, unless it points elsewhere by now.</summary>
    public bool Move(ulong tag, RecordPlace from, RecordPlace to) => For(tag).Move(tag, from, to);

    /// <summary>Removes the record if it is still where the caller saw it.</summary>
    public bool Remove(ulong tag, RecordPlace place) => For(tag).Remove(tag, place);

    public bool Remove(ulong tag) => For(tag).Remove(tag, null);

    /// <summary>As <see cref="Remove(ulong)"/>, and says where the record lies.</summary>
    public bool Remove(ulong tag, out RecordPlace place) => TryGet(tag, out place) && Remove(tag, place);

    /// <summary>Every record of a segment, and whether it was hit.</summary>
    public List<(ulong Tag, RecordPlace Place, bool WasHit)> InSegment(int segment)
    {
        List<(ulong, RecordPlace, bool)> found = [];
        foreach (var shard in _shards)
        {
            shard.AddInSegment(segment, found);
        }

        return found;
    }

    public void Clear()
    {
        foreach (var shard in _shards)
        {
            shard.Clear();
        }
    }

    public IEnumerable<RecordPlace> Places() => _shards.SelectMany(shard => shard.Places());

    private Shard For(ulong tag) => _shards[tag >> (64 - ShardBits)];

    private sealed class Shard
    {
        private readonly Lock _gate = new();
        private Slot[] _slots = new Slot[16];

        public int Count { get; private set; }

        public long Bytes => _slots.Length * 24L;

        public bool TryGet(ulong tag, bool markHit, out RecordPlace place)
        {
            lock (_gate)
            {
                var at = Find(tag);
                if (_slots[at].Length == 0)
                {
                    place = default;
                    return false;
                }

                _slots[at].WasHit |= markHit;
                place = _slots[at].Place;
                return true;
            }
        }

        public bool Put(ulong tag, RecordPlace place, Func<bool>? isWanted)
        {
            lock (_gate)
            {
                if (isWanted is not null && !isWanted())
                {
                    return false;
                }

                if ((Count + 1) * 5 > _slots.Length * 4)
                {
                    Grow();
                }

                var at = Find(tag);
                Count += _slots[at].Length == 0 ? 1 : 0;
                _slots[at] = new Slot { Tag = tag, Segment = place.Segment, Offset = place.Offset, Length = place.Length };
                return true;
            }
        }

        public bool Move(ulong tag, RecordPlace from, RecordPlace to)
        {
            lock (_gate)
            {
                var at = Find(tag);
                if (_slots[at].Length == 0 || _slots[at].Place != from)
                {
                    return false;
                }

                _slots[at] = new Slot { Tag = tag, Segment = to.Segment, Offset = to.Offset, Length = to.Length };
                return true;
            }
        }

        public bool Remove(ulong tag, RecordPlace? expected)
        {
            lock (_gate)
            {
                var at = Find(tag);
                if (_slots[at].Length == 0 || (expected is { } place && _slots[at].Place != place))
                {
                    return false;
                }

                RemoveAt(at);
                return true;
            }
        }

        public void AddInSegment(int segment, List<(ulong, RecordPlace, bool)> found)
        {
            lock (_gate)
            {
                foreach (var slot in _slots)
                {
                    if (slot.Length != 0 && slot.Segment == segment)
                    {
                        found.Add((slot.Tag, slot.Place, slot.WasHit));
                    }
                }
            }
        }

        public void Clear()
        {
            lock (_gate)
            {
                _slots = new Slot[16];
                Count = 0;
            }
        }

        public List<RecordPlace> Places()
        {
            lock (_gate)
            {
                return [.. _slots.Where(slot => slot.Length != 0).Select(slot => slot.Place)];
            }
        }

        /// <summary>The tag's slot, or the empty one where it would go.</summary>
        private int Find(ulong tag)
        {
            var mask = _slots.Length - 1;
            var at = (int)tag & mask;
            while (_slots[at].Length != 0 && _slots[at].Tag != tag)
            {
                at = (at + 1) & mask;
            }

            return at;
        }

        private void RemoveAt(int at)
        {
            var mask = _slots.Length - 1;
            for (var next = (at + 1) & mask; _slots[next].Length != 0; next = (next + 1) & mask)
            {
                var home = (int)_slots[next].Tag & mask;
                if (((next - home) & mask) >= ((next - at) & mask))
                {
                    _slots[at] = _slots[next];
                    at = next;
                }
            }

            _slots[at] = default;
            Count--;
        }

        private void Grow()
        {
            var old = _slots;
            _slots = new Slot[old.Length * 2];
            foreach (var slot in old)
            {
                if (slot.Length != 0)
                {
                    _slots[Find(slot.Tag)] = slot;
                }
            }
        }
    }

    private struct Slot
    {
        public ulong Tag;
        public int Segment;
        public uint Offset;

        /// <summary>0 marks an empty slot.</summary>
        public uint Length;
        public bool WasHit;

        public readonly RecordPlace Place => new(Segment, Offset, Length);
    }
}
