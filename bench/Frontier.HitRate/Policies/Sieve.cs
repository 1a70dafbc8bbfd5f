// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Policies;

/// <summary>SIEVE (Zhang et al., NSDI 2024): one queue, one bit, and a hand that goes from old to new and stays where it stopped.</summary>
internal sealed class Sieve(long capacity) : IPolicy
{
    private readonly LinkedList<Entry> _order = new();
    private readonly Dictionary<int, LinkedListNode<Entry>> _index = [];
    private LinkedListNode<Entry>? _hand;
    private long _used;

    public bool Request(int key, int charge)
    {
        if (_index.TryGetValue(key, out var found))
        {
            found.Value.Visited = true;
            return true;
        }

        if (charge > capacity)
        {
            return false;
        }

        while (_used + charge > capacity)
        {
            Evict();
        }

        _index[key] = _order.AddFirst(new Entry { Key = key, Charge = charge });
        _used += charge;
        return false;
    }

    private void Evict()
    {
        var at = _hand ?? _order.Last!;
        while (at.Value.Visited)
        {
            at.Value.Visited = false;
            at = at.Previous ?? _order.Last!;
        }

        _hand = at.Previous;
        _order.Remove(at);
        _index.Remove(at.Value.Key);
        _used -= at.Value.Charge;
    }

    private sealed class Entry
    {
        public int Key { get; init; }

        public int Charge { get; init; }

        public bool Visited { get; set; }
    }
}
