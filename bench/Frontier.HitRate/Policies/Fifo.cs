// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Policies;

/// <summary>First in, first out.</summary>
internal sealed class Fifo(long capacity) : IPolicy
{
    private readonly Queue<(int Key, int Charge)> _line = new();
    private readonly HashSet<int> _present = [];
    private long _used;

    public bool Request(int key, int charge)
    {
        if (_present.Contains(key))
        {
            return true;
        }

        if (charge <= capacity)
        {
            _line.Enqueue((key, charge));
            _present.Add(key);
            _used += charge;
        }

        while (_used > capacity)
        {
            var oldest = _line.Dequeue();
            _present.Remove(oldest.Key);
            _used -= oldest.Charge;
        }

        return false;
    }
}
