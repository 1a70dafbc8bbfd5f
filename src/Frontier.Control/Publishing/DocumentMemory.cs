// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Frontier.Control.Store;

namespace Frontier.Control.Publishing;

/// <summary>
/// Documents of one kind already read, by resource and ETag, so that a change to one of many parses one. Bounded by the quota of
/// its kind: one entry a resource, replaced when its ETag changes, dropped with it. Thread-safe.
/// </summary>
internal sealed class DocumentMemory<T>
{
    private readonly ConcurrentDictionary<string, (string ETag, T Value)> _read = [];

    public T Read(ResourceRow row, Func<ResourceRow, T> read)
    {
        if (_read.TryGetValue(row.Id, out var known) && known.ETag == row.ETag)
        {
            return known.Value;
        }

        var value = read(row);
        _read[row.Id] = (row.ETag, value);
        return value;
    }

    /// <summary>Drops what belongs to none of the rows that there are.</summary>
    public void Keep(IReadOnlyCollection<ResourceRow> rows)
    {
        if (_read.Count <= rows.Count)
        {
            return;
        }

        var alive = rows.Select(row => row.Id).ToHashSet();
        foreach (var gone in _read.Keys.Where(id => !alive.Contains(id)))
        {
            _read.TryRemove(gone, out _);
        }
    }
}
