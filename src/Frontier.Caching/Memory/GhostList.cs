// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Memory;

/// <summary>
/// What left and when: S3-FIFO's ghost queue, which also tells why a miss missed. First in, first out, bounded by
/// <paramref name="maxEntries"/>. Used under the tier's lock only.
/// </summary>
internal sealed class GhostList(int maxEntries)
{
    /// <summary>Left the small queue unused: on its return it goes to the main one.</summary>
    public const long FromSmall = 0;

    /// <summary>Left the main queue, its turn over.</summary>
    public const long FromMain = -1;

    /// <summary>Its key was forgotten.</summary>
    public const long Forgotten = -2;

    // A hash added again gets a new ticket, so that the old place in line does not take it out.
    private readonly Dictionary<ulong, (long Cause, long Ticket)> _causes = [];
    private readonly Queue<(ulong Hash, long Ticket)> _line = new();
    private long _tickets;

    public int Count => _causes.Count;

    /// <param name="cause"><see cref="FromSmall"/>, <see cref="FromMain"/>, <see cref="Forgotten"/>, or the stamp of the purge that took it.</param>
    public void Add(ulong hash, long cause)
    {
        _causes[hash] = (cause, ++_tickets);
        _line.Enqueue((hash, _tickets));
        while (_line.Count > maxEntries)
        {
            var (oldest, ticket) = _line.Dequeue();
            if (_causes.TryGetValue(oldest, out var entry) && entry.Ticket == ticket)
            {
                _causes.Remove(oldest);
            }
        }
    }

    public bool TryGet(ulong hash, out long cause)
    {
        var known = _causes.TryGetValue(hash, out var entry);
        cause = entry.Cause;
        return known;
    }

    /// <param name="age">How many have left since.</param>
    public bool Remove(ulong hash, out long cause, out long age)
    {
        var known = _causes.Remove(hash, out var entry);
        (cause, age) = (entry.Cause, _tickets - entry.Ticket);
        return known;
    }

    public void Clear()
    {
        _causes.Clear();
        _line.Clear();
    }
}
