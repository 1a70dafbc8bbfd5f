// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;

namespace Frontier.Caching.Collapsing;

/// <summary>
/// Keys whose responses could not be shared, by hash, each for a while. Bounded: the oldest is forgotten first, and its next
/// requests queue once behind a leader. Reads take no lock.
/// </summary>
internal sealed class DeclinedKeys(int maxKeys, TimeProvider time)
{
    private readonly ConcurrentDictionary<ulong, (long Until, string? Reason)> _until = new();
    private readonly ConcurrentQueue<ulong> _line = new();

    public int Count => _until.Count;

    /// <param name="reason">Why, in a word of the caller's.</param>
    public void Remember(ulong hash, TimeSpan duration, string? reason)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var until = (time.GetUtcNow() + duration).UtcTicks;
        if (_until.TryAdd(hash, (until, reason)))
        {
            _line.Enqueue(hash);
            while (_line.Count > maxKeys && _line.TryDequeue(out var oldest))
            {
                _until.TryRemove(oldest, out _);
            }
        }
        else
        {
            _until[hash] = (until, reason);
        }
    }

    // An entry whose time is over stays until its turn in line comes: removing it here would let the line grow past the bound.
    public bool Contains(ulong hash) => TryFind(hash, out _);

    public bool TryFind(ulong hash, out string? reason)
    {
        var isKnown = _until.TryGetValue(hash, out var entry);
        reason = entry.Reason;
        return isKnown && entry.Until > time.GetUtcNow().UtcTicks;
    }
}
