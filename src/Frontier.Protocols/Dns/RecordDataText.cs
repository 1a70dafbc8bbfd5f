// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace Frontier.Protocols.Dns;

/// <summary>Writes a record's data in presentation form, which <see cref="RecordData"/> reads back to the same bytes.</summary>
public ref struct RecordDataText
{
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;

    private readonly EscapeForm _escapes;
    private ReadOnlySpan<byte> _rest;

    private RecordDataText(ReadOnlySpan<byte> wire, EscapeForm escapes)
    {
        _rest = wire;
        _escapes = escapes;
    }

    /// <summary>False when the bytes are no data of this type. Names in them are not compressed. Data of a type that is not known is written as RFC 3597, section 5 has it.</summary>
    public static bool TryFormat(RecordType type, ReadOnlySpan<byte> wire, EscapeForm escapes, [NotNullWhen(true)] out string? text)
    {
        if (!type.IsKnown)
        {
            text = wire.IsEmpty ? "\\# 0" : string.Create(CultureInfo.InvariantCulture, $"\\# {wire.Length} {Convert.ToHexStringLower(wire)}");
            return true;
        }

        text = null;
        var fields = new RecordDataText(wire, escapes);
        var written = new StringBuilder();
        foreach (var field in type.Fields)
        {
            if (fields.Write(field) is not { } part)
            {
                return false;
            }

            written.Append(written.Length > 0 && part.Length > 0 ? " " : "").Append(part);
        }

        text = written.ToString();
        return fields._rest.IsEmpty;
    }

    /// <summary>Null when the bytes do not hold such a field.</summary>
    private string? Write(DataField field) => field switch
    {
        DataField.IPv4Address => TryTake(IPv4Bytes, out var bytes) ? new IPAddress(bytes).ToString() : null,
        DataField.IPv6Address => TryTake(IPv6Bytes, out var bytes) ? new IPAddress(bytes).ToString() : null,
        DataField.Name => TakeName(),
        DataField.Byte => TryTake(sizeof(byte), out var bytes) ? Number(bytes[0]) : null,
        DataField.UInt16 => TryTake(sizeof(ushort), out var bytes) ? Number(BinaryPrimitives.ReadUInt16BigEndian(bytes)) : null,
        DataField.UInt32 or DataField.Duration => TryTake(sizeof(uint), out var bytes) ? Number(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : null,
        DataField.CharacterString => TakeString(),
        DataField.CharacterStrings => TakeStrings(),
        DataField.Tag => TakeTag(),
        DataField.Text => CharacterString.Quote(TakeAll(), _escapes),
        DataField.Hex => Convert.ToHexString(TakeAll()),
        DataField.Base64 => Convert.ToBase64String(TakeAll()),
        DataField.ServiceParameters => ServiceParameters.TryFormat(TakeAll(), _escapes, out var text) ? text : null,
    };

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        var isThere = _rest.Length >= count;
        bytes = isThere ? _rest[..count] : default;
        _rest = isThere ? _rest[count..] : _rest;
        return isThere;
    }

    private ReadOnlySpan<byte> TakeAll()
    {
        var all = _rest;
        _rest = default;
        return all;
    }

    private string? TakeName()
    {
        if (!DnsName.TryReadWire(_rest, out var name))
        {
            return null;
        }

        _rest = _rest[name.Wire.Length..];
        return name.ToText(_escapes);
    }

    private string? TakeString() => TryTake(1, out var length) && TryTake(length[0], out var bytes) ? CharacterString.Quote(bytes, _escapes) : null;

    private string? TakeStrings()
    {
        var text = TakeString();
        while (text is not null && !_rest.IsEmpty)
        {
            text = TakeString() is { } next ? $"{text} {next}" : null;
        }

        return text;
    }

    private string? TakeTag()
    {
        if (!TryTake(1, out var length) || !TryTake(length[0], out var bytes) || bytes.IsEmpty)
        {
            return null;
        }

        var tag = Encoding.ASCII.GetString(bytes);
        return tag.All(char.IsAsciiLetterOrDigit) ? tag : null;
    }
}
