// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Protocols.Dns;

/// <summary>
/// Reads a record's data in presentation form into its wire form, without compression. Strict: what a type does not allow is a
/// fault, which names the part that is wrong.
/// </summary>
public ref struct RecordData
{
    /// <summary>Bytes of the longest data that a message can hold (RFC 1035, section 3.2.1).</summary>
    public const int LongestWire = ushort.MaxValue;

    private const string UnknownMark = "\\#";

    private readonly DnsName? _origin;
    private readonly EscapeForm _escapes;
    private readonly ArrayBufferWriter<byte> _wire = new();
    private ReadOnlySpan<DataToken> _rest;

    private RecordData(ReadOnlySpan<DataToken> tokens, DnsName? origin, EscapeForm escapes)
    {
        _rest = tokens;
        _origin = origin;
        _escapes = escapes;
    }

    /// <summary>Reads the data of one record, which must be there whole and nothing behind it.</summary>
    /// <param name="origin">What names without a final dot are relative to; null for names that are all fully qualified.</param>
    public static bool TryParse(
        RecordType type, ReadOnlySpan<DataToken> tokens, DnsName? origin, EscapeForm escapes, [NotNullWhen(true)] out byte[]? wire, [NotNullWhen(false)] out DataFault? fault)
    {
        var reader = new RecordData(tokens, origin, escapes);
        fault = escapes == EscapeForm.Decimal && tokens is [{ Text: UnknownMark, IsQuoted: false }, ..] ? reader.ReadUnknown(type)
            : type.IsKnown ? reader.ReadFields(type)
            : new DataFault("UnknownType", $"Data of a type that is not known begins with {UnknownMark} and its length", type.Name);
        fault ??= reader._wire.WrittenCount > LongestWire ? new DataFault("RecordTooLong", "Value is too long", type.Name) : null;
        wire = fault is null ? reader._wire.WrittenSpan.ToArray() : null;
        return fault is null;
    }

    /// <summary>The same of data as one text.</summary>
    public static bool TryParse(
        RecordType type, ReadOnlySpan<char> text, DnsName? origin, EscapeForm escapes, [NotNullWhen(true)] out byte[]? wire, [NotNullWhen(false)] out DataFault? fault)
    {
        wire = null;
        fault = DataToken.TrySplit(text, out var tokens) ? null : new DataFault("UnterminatedString", "Value has quotation marks or an escape without an end", text.ToString());
        return fault is null && TryParse(type, tokens.AsSpan(), origin, escapes, out wire, out fault);
    }

    private DataFault? ReadFields(RecordType type)
    {
        var given = _rest.Length;
        foreach (var field in type.Fields)
        {
            // Parameters of a service are the one list that may be empty.
            if (_rest.IsEmpty && field != DataField.ServiceParameters)
            {
                return WrongCount(type, given);
            }

            if (Read(field) is { } fault)
            {
                return fault;
            }
        }

        return _rest.IsEmpty ? null : WrongCount(type, given);
    }

    private static DataFault WrongCount(RecordType type, int given) =>
        new($"{type.Name}RRDATAWrongFieldCount", $"A value of this type has {type.Fields.Length} fields, not {given}", type.Name);

    private DataFault? Read(DataField field) => field switch
    {
        DataField.ServiceParameters => ReadServiceParameters(),
        DataField.CharacterStrings => ReadStrings(),
        DataField.Hex => ReadHex(Take(_rest.Length)),
        DataField.Base64 => ReadBase64(Take(_rest.Length)),
        DataField.IPv4Address => ReadAddress(Take().Text, AddressFamily.InterNetwork),
        DataField.IPv6Address => ReadAddress(Take().Text, AddressFamily.InterNetworkV6),
        DataField.Name => ReadName(Take().Text),
        DataField.Byte => ReadNumber(Take().Text, byte.MaxValue, sizeof(byte)),
        DataField.UInt16 => ReadNumber(Take().Text, ushort.MaxValue, sizeof(ushort)),
        DataField.UInt32 => ReadNumber(Take().Text, uint.MaxValue, sizeof(uint)),
        DataField.Duration => ReadDuration(Take().Text),
        DataField.CharacterString => ReadString(Take(), withLength: true),
        DataField.Tag => ReadTag(Take().Text),
        DataField.Text => ReadString(Take(), withLength: false),
    };

    private DataToken Take()
    {
        var token = _rest[0];
        _rest = _rest[1..];
        return token;
    }

    private string Take(int count)
    {
        var text = "";
        while (count-- > 0)
        {
            text += Take().Text;
        }

        return text;
    }

    private readonly DataFault? ReadName(string text)
    {
        if (!DnsName.TryParse(text, _origin, _escapes, out var name, out var fault))
        {
            return fault;
        }

        _wire.Write(name.Wire);
        return null;
    }

    private readonly DataFault? ReadAddress(string text, AddressFamily family)
    {
        if (DnsAddress.TryParse(text, family, out var address))
        {
            address.TryWriteBytes(_wire.GetSpan(16), out var written);
            _wire.Advance(written);
            return null;
        }

        return family == AddressFamily.InterNetwork
            ? new DataFault("IllegalIPv4Address", "Value is not a valid IPv4 address", text)
            : new DataFault("IllegalIPv6Address", "Value is not a valid IPv6 address", text);
    }

    private readonly DataFault? ReadNumber(string text, uint most, int bytes)
    {
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > most)
        {
            return new DataFault("IllegalInteger", $"Value is not an integer from 0 to {most}", text);
        }

        WriteNumber(number, bytes);
        return null;
    }

    private readonly DataFault? ReadDuration(string text)
    {
        if (_escapes != EscapeForm.Decimal || !DnsDuration.TryParse(text, out var seconds))
        {
            return ReadNumber(text, uint.MaxValue, sizeof(uint));
        }

        WriteNumber(seconds, sizeof(uint));
        return null;
    }

    private readonly void WriteNumber(uint number, int bytes)
    {
        Span<byte> all = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(all, number);
        _wire.Write(all[^bytes..]);
    }

    private DataFault? ReadStrings()
    {
        while (!_rest.IsEmpty)
        {
            if (ReadString(Take(), withLength: true) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private readonly DataFault? ReadString(DataToken token, bool withLength)
    {
        // Route 53 wants quotes; master files have both.
        if (!token.IsQuoted && _escapes == EscapeForm.Octal)
        {
            return new DataFault("InvalidCharacterString", "Value should be enclosed in quotation marks", token.Text);
        }

        if (!CharacterString.TryDecode(token.Text, _escapes, out var bytes))
        {
            return new DataFault("UnsupportedCharacter", "Value contains unsupported characters", token.Text);
        }

        if (withLength && bytes.Length > CharacterString.LongestBytes)
        {
            return new DataFault("CharacterStringTooLong", "Value is too long", token.Text);
        }

        if (withLength)
        {
            WriteNumber((uint)bytes.Length, sizeof(byte));
        }

        _wire.Write(bytes);
        return null;
    }

    private readonly DataFault? ReadTag(string text)
    {
        if (text.Length is 0 or > CharacterString.LongestBytes || !text.All(char.IsAsciiLetterOrDigit))
        {
            return new DataFault("IllegalTag", "A tag has letters and digits alone", text);
        }

        WriteNumber((uint)text.Length, sizeof(byte));
        _wire.Write(Encoding.ASCII.GetBytes(text));
        return null;
    }

    private readonly DataFault? ReadHex(string text)
    {
        if (text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
        {
            return new DataFault("IllegalHex", "Value is not an even number of hexadecimal digits", text);
        }

        _wire.Write(Convert.FromHexString(text));
        return null;
    }

    private readonly DataFault? ReadBase64(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var written))
        {
            return new DataFault("IllegalBase64", "Value is not base64", text);
        }

        _wire.Write(bytes.AsSpan(0, written));
        return null;
    }

    private DataFault? ReadServiceParameters()
    {
        List<DataToken> tokens = [];
        while (!_rest.IsEmpty)
        {
            tokens.Add(Take());
        }

        var isAlias = _wire.WrittenSpan is [0, 0, ..];
        return isAlias && tokens.Count > 0
            ? new DataFault("ParametersInAliasMode", "A record of priority 0 has no parameters", tokens[0].Text)
            : ServiceParameters.TryParse(tokens, _escapes, _wire, out var fault) ? null : fault;
    }

    /// <summary><c>\# length hex</c>, good for every type (RFC 3597, section 5); of a known one it must be what the type allows.</summary>
    private DataFault? ReadUnknown(RecordType type)
    {
        Take();
        if (_rest.IsEmpty || !int.TryParse(Take().Text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return new DataFault("IllegalInteger", $"A length follows {UnknownMark}", type.Name);
        }

        return ReadHex(Take(_rest.Length))
            ?? (_wire.WrittenCount != length ? new DataFault("WrongLength", $"Value has {_wire.WrittenCount} bytes, not {length}", type.Name)
                : type.IsKnown && !RecordDataText.TryFormat(type, _wire.WrittenSpan, _escapes, out _) ? new DataFault("IllegalData", "Value is no data of its type", type.Name)
                : null);
    }
}
