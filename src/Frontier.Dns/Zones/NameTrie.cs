// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>
/// A dictionary by name that is never changed: each change makes another one, which shares all it can. A trie of 64 ways over the
/// hash of the name, whose branches have room for what is there alone (Bagwell, "Ideal Hash Trees", 2001). Looking up and changing
/// cost the same few steps whether there are ten names or a million.
/// </summary>
internal sealed class NameTrie<T>
    where T : Named
{
    private const int BitsPerLevel = 6;

    /// <summary>Names whose hashes are equal to the last bit lie in a list behind this level.</summary>
    private const int MostLevels = 11;

    public static readonly NameTrie<T> Empty = new(new Branch(0, []), 0);

    private readonly Branch _root;

    private NameTrie(Branch root, int count) => (_root, Count) = (root, count);

    public int Count { get; }

    public IEnumerable<T> Items => ItemsOf(_root);

    /// <summary>Makes it of all names at once.</summary>
    /// <param name="items">Each name once.</param>
    public static NameTrie<T> Of(IReadOnlyCollection<T> items)
    {
        var hashed = items.Select(static item => new Hashed(NameHash.Of(item.Name), item)).ToArray();
        return hashed.Length == 0 ? Empty : new NameTrie<T>(BranchOf(hashed, 0), hashed.Length);
    }

    /// <param name="hash"><see cref="NameHash"/> of the name.</param>
    public T? Find(ulong hash, ReadOnlySpan<byte> name)
    {
        var branch = _root;
        while (true)
        {
            var bit = 1UL << (int)(hash & 63);
            if ((branch.Map & bit) == 0)
            {
                return null;
            }

            switch (branch.Slots[BitOperations.PopCount(branch.Map & (bit - 1))])
            {
                case Branch below:
                    branch = below;
                    hash >>= BitsPerLevel;
                    break;
                case T item:
                    return item.Name.SequenceEqual(name) ? item : null;
                case T[] same:
                    return FindAmong(same, name);
                default:
                    return null;
            }
        }
    }

    public T? Find(ReadOnlySpan<byte> name) => Find(NameHash.Of(name), name);

    /// <summary>With an item, in the place of one of the same name.</summary>
    public NameTrie<T> Put(T item)
    {
        var hash = NameHash.Of(item.Name);
        return new NameTrie<T>(Put(_root, new Hashed(hash, item), 0), Find(hash, item.Name) is null ? Count + 1 : Count);
    }

    public NameTrie<T> Remove(ReadOnlySpan<byte> name)
    {
        var hash = NameHash.Of(name);
        return Find(hash, name) is null ? this : new NameTrie<T>(Remove(_root, hash, 0, name) as Branch ?? Empty._root, Count - 1);
    }

    private static Branch Put(Branch branch, in Hashed item, int level)
    {
        var bit = Bit(item.Hash, level);
        var at = BitOperations.PopCount(branch.Map & (bit - 1));
        if ((branch.Map & bit) == 0)
        {
            return new Branch(branch.Map | bit, [.. branch.Slots.AsSpan(0, at), item.Item, .. branch.Slots.AsSpan(at)]);
        }

        object[] slots = [.. branch.Slots];
        slots[at] = Merge(slots[at], item, level + 1);
        return new Branch(branch.Map, slots);
    }

    private static object Merge(object present, in Hashed item, int level)
    {
        switch (present)
        {
            case Branch below:
                return Put(below, item, level);
            case T other when !other.Name.SequenceEqual(item.Item.Name):
                return SlotOf([new Hashed(NameHash.Of(other.Name), other), item], level);
            case T[] same:
                var added = item.Item;
                return same.Where(other => !other.Name.SequenceEqual(added.Name)).Append(added).ToArray();
            default:
                return item.Item;
        }
    }

    /// <summary>What stands in the branch's place: null for nothing any more.</summary>
    private static object? Remove(object slot, ulong hash, int level, ReadOnlySpan<byte> name)
    {
        if (slot is T[] same)
        {
            var at = Array.IndexOf(same, FindAmong(same, name));
            return same.Length == 2 ? same[1 - at] : (T[])[.. same.AsSpan(0, at), .. same.AsSpan(at + 1)];
        }

        if (slot is not Branch branch)
        {
            return null;
        }

        var bit = Bit(hash, level);
        var index = BitOperations.PopCount(branch.Map & (bit - 1));
        if (Remove(branch.Slots[index], hash, level + 1, name) is { } left)
        {
            object[] slots = [.. branch.Slots];
            slots[index] = left;
            return new Branch(branch.Map, slots);
        }

        return branch.Slots.Length == 1 ? null
            : new Branch(branch.Map & ~bit, [.. branch.Slots.AsSpan(0, index), .. branch.Slots.AsSpan(index + 1)]);
    }

    private static object SlotOf(Span<Hashed> items, int level)
    {
        if (items.Length == 1)
        {
            return items[0].Item;
        }

        if (level < MostLevels)
        {
            return BranchOf(items, level);
        }

        var same = new T[items.Length];
        for (var at = 0; at < same.Length; at++)
        {
            same[at] = items[at].Item;
        }

        return same;
    }

    private static Branch BranchOf(Span<Hashed> items, int level)
    {
        items.Sort((one, other) => Digit(one.Hash, level).CompareTo(Digit(other.Hash, level)));
        var map = 0UL;
        foreach (var item in items)
        {
            map |= Bit(item.Hash, level);
        }

        var slots = new object[BitOperations.PopCount(map)];
        for (int slot = 0, from = 0; slot < slots.Length; slot++)
        {
            var to = from + 1;
            while (to < items.Length && Digit(items[to].Hash, level) == Digit(items[from].Hash, level))
            {
                to++;
            }

            slots[slot] = SlotOf(items[from..to], level + 1);
            from = to;
        }

        return new Branch(map, slots);
    }

    private static IEnumerable<T> ItemsOf(object slot) => slot switch
    {
        T item => [item],
        T[] same => same,
        _ => ((Branch)slot).Slots.SelectMany(ItemsOf),
    };

    private static T? FindAmong(T[] same, ReadOnlySpan<byte> name)
    {
        foreach (var item in same)
        {
            if (item.Name.SequenceEqual(name))
            {
                return item;
            }
        }

        return null;
    }

    private static int Digit(ulong hash, int level) => (int)(hash >> (BitsPerLevel * level)) & 63;

    private static ulong Bit(ulong hash, int level) => 1UL << Digit(hash, level);

    private readonly record struct Hashed(ulong Hash, T Item);

    /// <summary>A bit in the map for each slot that is there.</summary>
    private sealed class Branch(ulong map, object[] slots)
    {
        public readonly ulong Map = map;
        public readonly object[] Slots = slots;
    }
}
