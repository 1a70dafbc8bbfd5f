// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>The tags of an object as its head lists them (<see cref="StoredHead.Tags"/>); enumerates them one by one.</summary>
internal readonly ref struct TagList
{
    private readonly ReadOnlySpan<byte> _list;

    private TagList(ReadOnlySpan<byte> list, bool areKnown)
    {
        _list = list;
        AreKnown = areKnown;
    }

    /// <summary>Of a response whose head has not come: it may carry any tag.</summary>
    public static TagList Unknown => default;

    /// <summary>False when every tag must be reckoned with.</summary>
    public bool AreKnown { get; }

    public static TagList Of(StoredHead head) => new(head.Tags, areKnown: true);

    public Enumerator GetEnumerator() => new(_list);

    public ref struct Enumerator(ReadOnlySpan<byte> list)
    {
        private ReadOnlySpan<byte> _rest = list;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var comma = _rest.IndexOf((byte)',');
            Current = comma < 0 ? _rest : _rest[..comma];
            _rest = comma < 0 ? default : _rest[(comma + 1)..];
            return true;
        }
    }
}
