// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Policies;

/// <summary>Least recently used.</summary>
internal sealed class Lru(long capacity) : IPolicy
{
    private readonly LinkedList<(int Key, int Charge)> _order = new();
    private readonly Dictionary<int, LinkedListNode<(int Key, int Charge)>> _index = [];
    private long _used;

    public bool Request(int key, int charge)
    {
        if (_index.TryGetValue(key, out var node))
        {
            _order.Remove(node);
            _order.AddFirst(node);
            return true;
        }

        if (charge <= capacity)
        {
            _index[key] = _order.AddFirst((key, charge));
            _used += charge;
        }

        while (_used > capacity)
        {
            var last = _order.Last!.Value;
            _order.RemoveLast();
            _index.Remove(last.Key);
            _used -= last.Charge;
        }

        return false;
    }
}
