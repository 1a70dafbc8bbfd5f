// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>
/// An ordered list of header fields: names and values are the bytes of the wire, kept in one growing buffer, so that a
/// reused list costs no allocation. Names compare without regard to ASCII case (RFC 9110, section 5.1). Not thread-safe
/// while it is being changed.
/// </summary>
public sealed class HeaderList
{
    /// <summary>Heads of browsers with their cookies fit.</summary>
    private const int KeptBytes = 4 * 1024;

    private const int KeptFields = 64;

    private byte[] _bytes;
    private Field[] _fields;
    private int _used;

    public HeaderList(int capacityBytes = 1024, int capacityFields = 24)
    {
        _bytes = new byte[capacityBytes];
        _fields = new Field[capacityFields];
    }

    /// <summary>The number of field lines; a name that occurs twice counts twice.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes the fields take on an HTTP/1.1 wire: name, <c>": "</c>, value, CRLF each.</summary>
    public int WireBytes
    {
        get
        {
            var total = 0;
            for (var i = 0; i < Count; i++)
            {
                total += _fields[i].NameLength + _fields[i].ValueLength + 4;
            }

            return total;
        }
    }

    public ReadOnlySpan<byte> Name(int index) => _bytes.AsSpan(_fields[index].NameOffset, _fields[index].NameLength);

    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(_fields[index].ValueOffset, _fields[index].ValueLength);

    public string NameText(int index) => Encoding.Latin1.GetString(Name(index));

    public string ValueText(int index) => Encoding.Latin1.GetString(Value(index));

    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var at = Reserve(name.Length + value.Length);
        name.CopyTo(_bytes.AsSpan(at));
        value.CopyTo(_bytes.AsSpan(at + name.Length));
        Append(at, name.Length, value.Length);
    }

    /// <summary>Adds a field given as text; each character must fit one byte (ISO 8859-1), as header bytes do.</summary>
    public void Add(string name, string value)
    {
        var at = Reserve(name.Length + value.Length);
        Encoding.Latin1.GetBytes(name, _bytes.AsSpan(at));
        Encoding.Latin1.GetBytes(value, _bytes.AsSpan(at + name.Length));
        Append(at, name.Length, value.Length);
    }

    /// <summary>Replaces every field of this name by one.</summary>
    public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Remove(name);
        Add(name, value);
    }

    public int Remove(ReadOnlySpan<byte> name)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!NameIs(i, name))
            {
                _fields[kept++] = _fields[i];
            }
        }

        var removed = Count - kept;
        Count = kept;
        return removed;
    }

    public void RemoveAt(int index)
    {
        Array.Copy(_fields, index + 1, _fields, index, Count - index - 1);
        Count--;
    }

    public bool NameIs(int index, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Name(index), name);

    public bool Contains(ReadOnlySpan<byte> name) => IndexOf(name) >= 0;

    public int IndexOf(ReadOnlySpan<byte> name, int from = 0)
    {
        for (var i = from; i < Count; i++)
        {
            if (_fields[i].NameLength == name.Length && NameIs(i, name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first field of that name.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var index = IndexOf(name);
        value = index >= 0 ? Value(index) : default;
        return index >= 0;
    }

    /// <summary>The first field of that name as text, or null.</summary>
    public string? GetText(ReadOnlySpan<byte> name) => IndexOf(name) is >= 0 and var index ? ValueText(index) : null;

    /// <summary>All fields of that name as one list, joined by <c>", "</c> (RFC 9110, section 5.3); null when there is none.</summary>
    public string? Joined(ReadOnlySpan<byte> name)
    {
        string? joined = null;
        for (var i = IndexOf(name); i >= 0; i = IndexOf(name, i + 1))
        {
            joined = joined is null ? ValueText(i) : $"{joined}, {ValueText(i)}";
        }

        return joined;
    }

    /// <summary>Empties the list. What a long head has made it grow to is given up: thousands of idle connections keep lists.</summary>
    public void Clear()
    {
        if (_bytes.Length > KeptBytes || _fields.Length > KeptFields)
        {
            (_bytes, _fields) = (new byte[KeptBytes], new Field[KeptFields]);
        }

        Count = 0;
        _used = 0;
    }

    public void CopyTo(HeaderList other)
    {
        for (var i = 0; i < Count; i++)
        {
            other.Add(Name(i), Value(i));
        }
    }

    /// <summary>The length of <see cref="WriteBlock"/>'s output.</summary>
    public int BlockBytes
    {
        get
        {
            var total = 0;
            for (var i = 0; i < Count; i++)
            {
                total += _fields[i].NameLength + _fields[i].ValueLength + 2;
            }

            return total;
        }
    }

    /// <summary>Writes <c>name \0 value \n</c> for each field: neither byte may stand in a header, so the block needs no lengths.</summary>
    public void WriteBlock(Span<byte> destination)
    {
        var at = 0;
        for (var i = 0; i < Count; i++)
        {
            Name(i).CopyTo(destination[at..]);
            at += _fields[i].NameLength;
            destination[at++] = 0;
            Value(i).CopyTo(destination[at..]);
            at += _fields[i].ValueLength;
            destination[at++] = (byte)'\n';
        }
    }

    public byte[] ToBlock()
    {
        var block = new byte[BlockBytes];
        WriteBlock(block);
        return block;
    }

    /// <summary>Adds the fields of a block written by <see cref="WriteBlock"/>. False, and nothing promised of the contents, when it is not one.</summary>
    public bool TryAddBlock(ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            var end = block.IndexOf((byte)'\n');
            var separator = block.IndexOf((byte)0);
            if (end < 0 || separator < 0 || separator > end)
            {
                return false;
            }

            Add(block[..separator], block[(separator + 1)..end]);
            block = block[(end + 1)..];
        }

        return true;
    }

    private int Reserve(int length)
    {
        if (_used + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        }

        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, Math.Max(Count * 2, 4));
        }

        return _used;
    }

    private void Append(int at, int nameLength, int valueLength)
    {
        _fields[Count++] = new Field(at, nameLength, at + nameLength, valueLength);
        _used = at + nameLength + valueLength;
    }

    private readonly record struct Field(int NameOffset, int NameLength, int ValueOffset, int ValueLength);
}
