// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Buckets.Objects;

/// <summary>One page of a listing: an object or, where <c>Object</c> is null, a common prefix, in key order.</summary>
/// <param name="Last">Where the next page begins behind: the last key or common prefix; null when the page is empty.</param>
internal sealed record ListPage(IReadOnlyList<(ObjectKey Name, StoredObject? Object)> Entries, bool IsTruncated, ObjectKey? Last)
{
    /// <summary>
    /// Reads a page off an ordered set of keys. A common prefix costs one search, however many keys it stands for. A marker
    /// that is itself within a common prefix of this query hides that prefix, as the page that ended with it had shown it.
    /// </summary>
    public static ListPage Read(SortedSet<ObjectKey> order, Func<ObjectKey, StoredObject> find, ListQuery query)
    {
        var prefix = Encoding.UTF8.GetBytes(query.Prefix);
        var delimiter = Encoding.UTF8.GetBytes(query.Delimiter ?? "");
        var end = ObjectKey.After(prefix);
        var lower = Start(prefix, delimiter, query.After);
        var entries = new List<(ObjectKey, StoredObject?)>(Math.Min(query.MaxEntries, 1000));
        while (lower.CompareTo(end) < 0)
        {
            var seekAgain = false;
            foreach (var key in order.GetViewBetween(lower, end))
            {
                if (query.After is { } after && key.CompareTo(after) <= 0)
                {
                    continue;
                }

                if (entries.Count == query.MaxEntries)
                {
                    return new ListPage(entries, query.MaxEntries > 0, entries.Count > 0 ? entries[^1].Item1 : null);
                }

                if (CommonPrefixLength(key.Bytes, prefix.Length, delimiter) is > 0 and var length)
                {
                    var common = key.Bytes[..length];
                    entries.Add((ObjectKey.FromBytes(common), null));
                    lower = ObjectKey.After(common);
                    seekAgain = true;
                    break;
                }

                entries.Add((key, find(key)));
            }

            if (!seekAgain)
            {
                break;
            }
        }

        return new ListPage(entries, false, entries.Count > 0 ? entries[^1].Item1 : null);
    }

    private static ObjectKey Start(byte[] prefix, byte[] delimiter, ObjectKey? after)
    {
        var first = ObjectKey.FromBytes(prefix);
        if (after is not { } marker || marker.CompareTo(first) < 0)
        {
            return first;
        }

        return marker.Bytes.StartsWith(prefix) && CommonPrefixLength(marker.Bytes, prefix.Length, delimiter) is > 0 and var length
            ? ObjectKey.After(marker.Bytes[..length])
            : marker;
    }

    private static int CommonPrefixLength(ReadOnlySpan<byte> key, int from, ReadOnlySpan<byte> delimiter)
    {
        var at = delimiter.IsEmpty ? -1 : key[from..].IndexOf(delimiter);
        return at < 0 ? 0 : from + at + delimiter.Length;
    }
}
