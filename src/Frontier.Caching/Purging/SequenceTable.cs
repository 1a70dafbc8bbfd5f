// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>
/// The newest sequence for each hash: 16 bytes a slot, open addressing, doubled at three quarters full, so that an entry costs
/// 21 to 43 bytes. One thread writes; readers take no lock, for a slot's key is in place before its sequence, and what grows
/// or shrinks is built aside.
/// </summary>
internal sealed class SequenceTable
{
    // Shared by all tables that hold nothing: one empty slot, so that a search ends.
    private static readonly Slot[] None = new Slot[1];

    private Slot[] _slots = None;

    // No entry is older, so that forgetting what is older still costs nothing.
    private long _oldest = long.MaxValue;

    public int Count { get; private set; }

    public long Bytes => _slots.LongLength * 16;

    /// <summary>The sequence, or 0.</summary>
    public long this[ulong key]
    {
        get
        {
            var slots = Volatile.Read(ref _slots);
            return Volatile.Read(ref slots[Find(slots, key)].Sequence);
        }
    }

    public IEnumerable<(ulong Key, long Sequence)> Entries => _slots.Where(slot => slot.Sequence != 0).Select(slot => (slot.Key, slot.Sequence));

    /// <summary>Notes a sequence, positive, unless a newer one is there.</summary>
    public void Put(ulong key, long sequence)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
        {
            Rebuild(Math.Max(8, _slots.Length * 2), through: 0);
        }

        var at = Find(_slots, key);
        Count += _slots[at].Sequence == 0 ? 1 : 0;
        _slots[at].Key = key;
        Volatile.Write(ref _slots[at].Sequence, Math.Max(_slots[at].Sequence, sequence));
        _oldest = Math.Min(_oldest, sequence);
    }

    /// <summary>Drops what is no newer than <paramref name="through"/>.</summary>
    public void Forget(long through)
    {
        if (through < _oldest)
        {
            return;
        }

        var kept = _slots.Count(slot => slot.Sequence > through);
        var length = 8;
        while (kept * 4L > length * 3L)
        {
            length *= 2;
        }

        Rebuild(kept == 0 ? 0 : length, through);
    }

    private void Rebuild(int length, long through)
    {
        var next = length == 0 ? None : new Slot[length];
        var count = 0;
        var oldest = long.MaxValue;
        foreach (var slot in _slots)
        {
            if (slot.Sequence > through)
            {
                next[Find(next, slot.Key)] = slot;
                oldest = Math.Min(oldest, slot.Sequence);
                count++;
            }
        }

        Count = count;
        _oldest = oldest;
        Volatile.Write(ref _slots, next);
    }

    /// <summary>The key's slot, or the empty one where it would be.</summary>
    private static int Find(Slot[] slots, ulong key)
    {
        // Multiplied, for hashes of texts that differ in their last byte are neighbours.
        var at = (int)((key * 0x9E3779B97F4A7C15) >> 33) & (slots.Length - 1);
        while (Volatile.Read(ref slots[at].Sequence) != 0 && slots[at].Key != key)
        {
            at = (at + 1) & (slots.Length - 1);
        }

        return at;
    }

    private struct Slot
    {
        public ulong Key;

        /// <summary>0 marks an empty slot.</summary>
        public long Sequence;
    }
}
