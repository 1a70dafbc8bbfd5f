// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Policies;

/// <summary>
/// S3-FIFO as published (Yang et al., SOSP 2023): a tenth for newcomers, who go on to the main queue when they were used more
/// than once, and as many ghosts as the main queue has objects.
/// </summary>
internal sealed class S3Fifo(long capacity) : IPolicy
{
    private const int MaxFrequency = 3;
    private readonly Dictionary<int, Entry> _index = [];
    private readonly Queue<Entry> _small = new();
    private readonly Queue<Entry> _main = new();
    private readonly Dictionary<int, long> _ghosts = [];
    private readonly Queue<(int Key, long Ticket)> _ghostLine = new();
    private long _tickets;
    private long _smallUsed;
    private long _mainUsed;

    public bool Request(int key, int charge)
    {
        if (_index.TryGetValue(key, out var found))
        {
            found.Frequency = Math.Min(found.Frequency + 1, MaxFrequency);
            return true;
        }

        if (charge > capacity)
        {
            return false;
        }

        while (_smallUsed + _mainUsed + charge > capacity)
        {
            Evict();
        }

        var entry = new Entry { Key = key, Charge = charge };
        _index[key] = entry;
        if (_ghosts.Remove(key))
        {
            _main.Enqueue(entry);
            _mainUsed += charge;
        }
        else
        {
            _small.Enqueue(entry);
            _smallUsed += charge;
        }

        return false;
    }

    private void Evict()
    {
        if (_smallUsed > capacity / 10 || _main.Count == 0)
        {
            EvictSmall();
        }
        else
        {
            EvictMain();
        }
    }

    private void EvictSmall()
    {
        while (_small.TryDequeue(out var oldest))
        {
            _smallUsed -= oldest.Charge;
            if (oldest.Frequency <= 1)
            {
                _index.Remove(oldest.Key);
                AddGhost(oldest.Key);
                return;
            }

            oldest.Frequency = 0;
            _main.Enqueue(oldest);
            _mainUsed += oldest.Charge;
        }
    }

    private void EvictMain()
    {
        while (_main.TryDequeue(out var oldest))
        {
            if (oldest.Frequency == 0)
            {
                _mainUsed -= oldest.Charge;
                _index.Remove(oldest.Key);
                return;
            }

            oldest.Frequency--;
            _main.Enqueue(oldest);
        }
    }

    private void AddGhost(int key)
    {
        _ghosts[key] = ++_tickets;
        _ghostLine.Enqueue((key, _tickets));
        while (_ghosts.Count > Math.Max(1, _main.Count) && _ghostLine.TryDequeue(out var oldest))
        {
            if (_ghosts.TryGetValue(oldest.Key, out var ticket) && ticket == oldest.Ticket)
            {
                _ghosts.Remove(oldest.Key);
            }
        }
    }

    private sealed class Entry
    {
        public int Key { get; init; }

        public int Charge { get; init; }

        public int Frequency { get; set; }
    }
}
