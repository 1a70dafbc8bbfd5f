// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Publishing;

/// <summary>
/// What was compiled last, by what it was compiled from: what did not change stays the same object from one snapshot to the
/// next, so that nobody after the compiler need look into it. Used by one compilation at a time.
/// </summary>
internal sealed class PartMemory
{
    private Dictionary<(string Kind, string Id), Entry> _last = [];
    private Dictionary<(string Kind, string Id), Entry> _current = [];

    /// <summary>What is asked for until the next call is all that is remembered then.</summary>
    public void BeginSnapshot() => (_last, _current) = (_current, new Dictionary<(string Kind, string Id), Entry>(_current.Count + 1));

    /// <param name="kind">What kind of part it is; ids are unique within it.</param>
    /// <param name="source">Another text for everything that would compile to something else.</param>
    public T Get<T>(string kind, string id, string source, Func<T> compile)
        where T : class
    {
        if (_current.TryGetValue((kind, id), out var known) && known.Source == source)
        {
            return (T)known.Part;
        }

        var part = _last.TryGetValue((kind, id), out known) && known.Source == source ? (T)known.Part : compile();
        _current[(kind, id)] = new Entry(source, part);
        return part;
    }

    private readonly record struct Entry(string Source, object Part);
}
