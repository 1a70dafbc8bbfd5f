// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

namespace Frontier.Http.Http2.Hpack;

/// <summary>
/// The fields that the other side has sent to be referred to again, the newest first (RFC 7541, section 2.3.2), in one buffer
/// of their own. Not thread-safe.
/// </summary>
internal sealed class HpackDynamicTable
{
    /// <summary>What each entry counts beside its bytes (RFC 7541, section 4.1).</summary>
    private const int OverheadBytes = 32;

    private readonly int _maxBytes;
    private readonly int _lastSlot;
    private Entry[] _entries = [];
    private byte[] _bytes = [];
    private int _newest;
    private int _used;

    /// <param name="maxBytes">More is never held, whatever the other side asks for.</param>
    public HpackDynamicTable(int maxBytes)
    {
        _maxBytes = maxBytes;
        _lastSlot = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, maxBytes / OverheadBytes)) - 1;
        Capacity = maxBytes;
    }

    /// <summary>As large as the other side has chosen; at most what we allow.</summary>
    public int Capacity { get; private set; }

    public int Count { get; private set; }

    /// <summary>As RFC 7541, section 4.1 counts.</summary>
    public int Size { get; private set; }

    public ReadOnlySpan<byte> Name(int index) => _bytes.AsSpan(At(index).Offset, At(index).NameLength);

    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(At(index).Offset + At(index).NameLength, At(index).ValueLength);

    public FieldKind NameKind(int index) => At(index).NameKind;

    public FieldKind Kind(int index) => At(index).Kind;

    /// <summary>False when that is more than we allow (RFC 7541, section 6.3).</summary>
    public bool TryResize(int bytes)
    {
        if (bytes > _maxBytes)
        {
            return false;
        }

        Capacity = bytes;
        Evict(0);
        return true;
    }

    /// <summary>Adds a field, for which others may have to go; one that is larger than the table leaves it empty (RFC 7541, section 4.4).</summary>
    /// <param name="name">None of the table's own bytes, which may move.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, FieldKind nameKind, FieldKind kind)
    {
        var size = name.Length + value.Length + OverheadBytes;
        Evict(size);
        if (size > Capacity)
        {
            return;
        }

        var offset = Reserve(name.Length + value.Length);
        name.CopyTo(_bytes.AsSpan(offset));
        value.CopyTo(_bytes.AsSpan(offset + name.Length));
        _newest = (_newest + 1) & _lastSlot;
        _entries[_newest] = new Entry(offset, name.Length, value.Length, nameKind, kind);
        Count++;
        Size += size;
    }

    private ref Entry At(int index) => ref _entries[(_newest - index) & _lastSlot];

    private void Evict(int forBytes)
    {
        while (Count > 0 && Size + forBytes > Capacity)
        {
            ref var oldest = ref At(--Count);
            Size -= oldest.NameLength + oldest.ValueLength + OverheadBytes;
        }
    }

    /// <summary>The buffer is twice as long as what may live in it, so that moving that to its beginning is rare.</summary>
    private int Reserve(int length)
    {
        if (_entries.Length == 0)
        {
            _entries = new Entry[_lastSlot + 1];
            _bytes = new byte[2 * _maxBytes];
        }

        if (Count == 0)
        {
            _used = 0;
        }

        if (_used + length > _bytes.Length)
        {
            var start = At(Count - 1).Offset; // entries lie in the order in which they came
            _bytes.AsSpan(start, _used - start).CopyTo(_bytes);
            _used -= start;
            for (var i = 0; i < Count; i++)
            {
                ref var entry = ref At(i);
                entry = entry with { Offset = entry.Offset - start };
            }
        }

        _used += length;
        return _used - length;
    }

    private readonly record struct Entry(int Offset, int NameLength, int ValueLength, FieldKind NameKind, FieldKind Kind);
}
