// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http2.Hpack;

/// <summary>
/// Writes the fields of answers (RFC 7541) without a dynamic table: every field refers to what is known from the start or
/// stands for itself, so that one prepared block serves all connections, whatever each has sent before, and streams' heads
/// may be sent in another order than they were written in.
/// </summary>
internal static class HeaderBlock
{
    /// <summary>Sets the table of our side to nothing (RFC 7541, section 6.3), for viewers that have named a size and wait to hear of it.</summary>
    public const byte NoTable = 0x20;

    private const int StatusIndex = 8;
    private const int ContentLengthIndex = 28;
    private const int DateIndex = 33;

    /// <summary>The longest integer of a length, with its first octet: up to 2^28.</summary>
    private const int MaxIntegerBytes = 5;

    /// <summary>Status, a length of 19 digits, and a date, each with index and length.</summary>
    private const int OverheadBytes = 8 + 24 + 40;

    /// <summary>An upper bound of what is written for these fields, with status, length and date.</summary>
    public static int MaxBytes(HeaderList fields) => OverheadBytes + fields.WireBytes + (fields.Count * 2 * MaxIntegerBytes);

    /// <summary>Status, fields and length, as short as they can be; for what is sent many times.</summary>
    /// <param name="bodyLength">What content-length tells; null for none.</param>
    public static byte[] Prepare(ResponseHead head, long? bodyLength)
    {
        var block = new byte[MaxBytes(head.Headers)];
        var at = WriteStatus(head.Status, block);
        at = WriteFields(head.Headers, block, at, isDense: true);
        at = bodyLength is { } length && MayTellLength(head.Status) ? WriteLength(length, block, at) : at;
        return block[..at];
    }

    /// <summary>A 1xx or a 204 tells none (RFC 9110, section 8.6).</summary>
    public static bool MayTellLength(int status) => status is >= 200 and not 204;

    public static int WriteStatus(int status, Span<byte> destination)
    {
        var index = status switch { 200 => 8, 204 => 9, 206 => 10, 304 => 11, 400 => 12, 404 => 13, 500 => 14, _ => 0 };
        if (index != 0)
        {
            destination[0] = (byte)(0x80 | index);
            return 1;
        }

        destination[0] = StatusIndex;
        destination[1] = 3;
        Utf8Formatter.TryFormat(status, destination[2..], out _);
        return 5;
    }

    /// <summary>Fields from <paramref name="at"/> on, but for those of connections (RFC 9113, section 8.2.2). Returns where they end.</summary>
    /// <param name="isDense">Looks for the shorter form of each value, which takes longer.</param>
    public static int WriteFields(HeaderList fields, Span<byte> destination, int at, bool isDense = false)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields.Name(i);
            if (FieldKinds.IsOfConnections(name))
            {
                continue;
            }

            at = WriteName(name, destination, at);
            at = WriteString(fields.Value(i), destination, at, isDense);
        }

        return at;
    }

    public static int WriteLength(long length, Span<byte> destination, int at)
    {
        at = WriteInteger(ContentLengthIndex, 4, 0, destination, at);
        Utf8Formatter.TryFormat(length, destination[(at + 1)..], out var digits);
        destination[at] = (byte)digits;
        return at + 1 + digits;
    }

    public static int WriteDate(ReadOnlySpan<byte> date, Span<byte> destination, int at) =>
        WriteString(date, destination, WriteInteger(DateIndex, 4, 0, destination, at), isDense: false);

    /// <summary>A literal without indexing (RFC 7541, section 6.2.2), by the index of a known name, or the name in lower case.</summary>
    private static int WriteName(ReadOnlySpan<byte> name, Span<byte> destination, int at)
    {
        var index = HpackStaticTable.Find(name);
        at = WriteInteger(index, 4, 0, destination, at);
        if (index != 0)
        {
            return at;
        }

        at = WriteInteger(name.Length, 7, 0, destination, at);
        Ascii.ToLower(name, destination[at..], out _);
        return at + name.Length;
    }

    private static int WriteString(ReadOnlySpan<byte> text, Span<byte> destination, int at, bool isDense)
    {
        if (isDense && HuffmanCode.EncodedBytes(text) is var encoded && encoded < text.Length)
        {
            at = WriteInteger(encoded, 7, 0x80, destination, at);
            HuffmanCode.Encode(text, destination[at..]);
            return at + encoded;
        }

        at = WriteInteger(text.Length, 7, 0, destination, at);
        text.CopyTo(destination[at..]);
        return at + text.Length;
    }

    private static int WriteInteger(int value, int prefix, byte pattern, Span<byte> destination, int at)
    {
        var largest = (1 << prefix) - 1;
        if (value < largest)
        {
            destination[at] = (byte)(pattern | value);
            return at + 1;
        }

        destination[at++] = (byte)(pattern | largest);
        for (value -= largest; value >= 0x80; value >>= 7)
        {
            destination[at++] = (byte)(value | 0x80);
        }

        destination[at] = (byte)value;
        return at + 1;
    }
}
