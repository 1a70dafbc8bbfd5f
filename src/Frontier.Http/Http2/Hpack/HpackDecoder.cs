// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;

namespace Frontier.Http.Http2.Hpack;

/// <summary>
/// Reads header blocks (RFC 7541), strictly: what the grammar does not have ends the connection, because both sides no longer
/// know the same table then. What fields mean is not looked at here. One for each connection; not thread-safe.
/// </summary>
internal sealed class HpackDecoder(int tableBytes)
{
    /// <summary>Octets of an integer behind its prefix. Four are enough for 2^28, far beyond any block (RFC 7541, section 5.1).</summary>
    private const int MaxIntegerOctets = 4;

    /// <summary>
    /// Names and values of one block, far above what any head may have. In 64 KiB the same 4 KiB of the table can be named 65,000
    /// times; whoever does so only wants them to be copied. What is told beyond this nobody would keep; what is to be put into the table,
    /// which cannot be passed over, ends the connection.
    /// </summary>
    private const int MaxDecodedBytes = 8 * Http1Limits.HeadBytes;

    /// <summary>Kept for the next block's strings; what a longer one needed is given back.</summary>
    private const int KeptScratchBytes = 2_048;

    private readonly HpackDynamicTable _table = new(tableBytes);
    private byte[] _scratch = [];
    private int _scratchUsed;
    private int _told;
    private int _tabled;

    public HpackDynamicTable Table => _table;

    /// <summary>False when the block is broken (COMPRESSION_ERROR); the decoder is of no more use then.</summary>
    public bool TryDecode(ReadOnlySpan<byte> block, IFieldSink sink)
    {
        var mayResize = true;
        (_told, _tabled) = (0, 0);
        while (!block.IsEmpty)
        {
            _scratchUsed = 0;
            var first = block[0];
            var isRead = first switch
            {
                >= 0x80 => TryIndexed(ref block, sink),
                >= 0x40 => TryLiteral(ref block, 6, isKept: true, sink),
                >= 0x20 => mayResize && TryInteger(ref block, 5, out var bytes) && _table.TryResize(bytes),
                _ => TryLiteral(ref block, 4, isKept: false, sink), // without indexing, and never indexed: nothing is sent on compressed
            };
            if (!isRead || _tabled > MaxDecodedBytes)
            {
                return false;
            }

            mayResize &= first is >= 0x20 and < 0x40; // RFC 7541, section 4.2: at the beginning only
        }

        if (_scratch.Length > KeptScratchBytes)
        {
            _scratch = [];
        }

        return true;
    }

    private bool TryIndexed(ref ReadOnlySpan<byte> block, IFieldSink sink)
    {
        if (!TryInteger(ref block, 7, out var index) || index == 0 || index > HpackStaticTable.Count + _table.Count)
        {
            return false;
        }

        if (index <= HpackStaticTable.Count)
        {
            Tell(sink, HpackStaticTable.Kind(index), HpackStaticTable.Name(index), HpackStaticTable.Value(index));
        }
        else
        {
            index -= HpackStaticTable.Count + 1;
            Tell(sink, _table.Kind(index), _table.Name(index), _table.Value(index));
        }

        return true;
    }

    private bool TryLiteral(ref ReadOnlySpan<byte> block, int prefix, bool isKept, IFieldSink sink)
    {
        if (!TryInteger(ref block, prefix, out var index) || index > HpackStaticTable.Count + _table.Count)
        {
            return false;
        }

        scoped ReadOnlySpan<byte> name;
        FieldKind nameKind;
        if (index == 0)
        {
            if (!TryString(ref block, out name))
            {
                return false;
            }

            nameKind = FieldKinds.OfName(name);
        }
        else if (index <= HpackStaticTable.Count)
        {
            name = HpackStaticTable.Name(index);
            nameKind = HpackStaticTable.Kind(index);
        }
        else
        {
            index -= HpackStaticTable.Count + 1;
            nameKind = _table.NameKind(index);
            name = isKept ? Copy(_table.Name(index)) : _table.Name(index); // the entry may have to go for the new one
        }

        if (!TryString(ref block, out var value))
        {
            return false;
        }

        var kind = FieldKinds.WithValue(nameKind, value);
        if (isKept)
        {
            _table.Add(name, value, nameKind, kind);
            _tabled += name.Length + value.Length;
        }

        Tell(sink, kind, name, value);
        return true;
    }

    private void Tell(IFieldSink sink, FieldKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_told > MaxDecodedBytes)
        {
            return;
        }

        _told += name.Length + value.Length;
        sink.Add(kind, name, value);
    }

    private bool TryString(ref ReadOnlySpan<byte> block, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (block.IsEmpty)
        {
            return false;
        }

        var isEncoded = block[0] >= 0x80;
        if (!TryInteger(ref block, 7, out var length) || length > block.Length)
        {
            return false;
        }

        text = block[..length];
        block = block[length..];
        return !isEncoded || TryHuffman(text, out text);
    }

    private bool TryHuffman(ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> text)
    {
        var at = Reserve(HuffmanCode.MaxDecodedBytes(encoded.Length));
        var isRead = HuffmanCode.TryDecode(encoded, _scratch.AsSpan(at), out var written);
        text = _scratch.AsSpan(at, written);
        _scratchUsed = at + written;
        return isRead;
    }

    private ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> name)
    {
        var at = Reserve(name.Length);
        name.CopyTo(_scratch.AsSpan(at));
        _scratchUsed = at + name.Length;
        return _scratch.AsSpan(at, name.Length);
    }

    /// <summary>Room behind what the field under way has taken. A name keeps its bytes in the buffer it was read to.</summary>
    private int Reserve(int length)
    {
        if (_scratch.Length - _scratchUsed < length)
        {
            _scratch = new byte[Math.Max(KeptScratchBytes, length)];
            _scratchUsed = 0;
        }

        return _scratchUsed;
    }

    /// <summary>An integer with a prefix of that many bits (RFC 7541, section 5.1). False when it has no end or is larger than any that means something.</summary>
    private static bool TryInteger(ref ReadOnlySpan<byte> block, int prefix, out int value)
    {
        value = 0;
        if (block.IsEmpty)
        {
            return false;
        }

        var largest = (1 << prefix) - 1;
        value = block[0] & largest;
        block = block[1..];
        if (value < largest)
        {
            return true;
        }

        for (var i = 0; i < MaxIntegerOctets && i < block.Length; i++)
        {
            value += (block[i] & 0x7F) << (7 * i);
            if (block[i] < 0x80)
            {
                block = block[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
