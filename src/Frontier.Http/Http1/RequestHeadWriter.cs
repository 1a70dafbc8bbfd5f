// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>Writes request line and fields of an HTTP/1.1 request (RFC 9112, sections 3 and 5), and the fields that frame it.</summary>
public static class RequestHeadWriter
{
    private static ReadOnlySpan<byte> VersionAndEnd => " HTTP/1.1\r\n"u8;

    private static ReadOnlySpan<byte> KeepAlive => "Connection: Keep-Alive\r\n"u8;

    private static ReadOnlySpan<byte> Upgrade => "Connection: Upgrade\r\n"u8;

    private static ReadOnlySpan<byte> ChunkedField => "Transfer-Encoding: chunked\r\n"u8;

    private static ReadOnlySpan<byte> LengthName => "Content-Length: "u8;

    /// <summary>An upper bound of what <see cref="TryWrite"/> writes.</summary>
    public static int MaxBytes(string method, ReadOnlySpan<byte> target, HeaderList headers) =>
        method.Length + 1 + target.Length + VersionAndEnd.Length + headers.WireBytes + KeepAlive.Length + LengthName.Length + 20 + 4;

    /// <summary>
    /// Writes the head with <c>Connection: Keep-Alive</c> (§10.1) and the field of its framing: none, a length, or chunked.
    /// Nothing of the destination is meaningful when it refuses.
    /// </summary>
    /// <param name="upgrades">Writes <c>Connection: Upgrade</c> instead, for headers that have an Upgrade field (RFC 9110, section 7.8).</param>
    public static HeadWriteRefusal TryWrite(
        string method,
        ReadOnlySpan<byte> target,
        HeaderList headers,
        MessageFraming framing,
        Span<byte> destination,
        out int written,
        bool upgrades = false)
    {
        written = 0;
        if (Check(method, target, headers) is not HeadWriteRefusal.None and var refusal)
        {
            return refusal;
        }

        var at = Encoding.ASCII.GetBytes(method, destination);
        destination[at++] = (byte)' ';
        at = Append(destination, at, target);
        at = Append(destination, at, VersionAndEnd);
        for (var i = 0; i < headers.Count; i++)
        {
            at = Append(destination, at, headers.Name(i));
            at = Append(destination, at, ": "u8);
            at = Append(destination, at, headers.Value(i));
            at = Append(destination, at, "\r\n"u8);
        }

        at = AppendFraming(destination, Append(destination, at, upgrades ? Upgrade : KeepAlive), framing);
        written = Append(destination, at, "\r\n"u8);
        return HeadWriteRefusal.None;
    }

    private static int AppendFraming(Span<byte> destination, int at, MessageFraming framing)
    {
        switch (framing.Kind)
        {
            case BodyKind.Length:
                at = Append(destination, at, LengthName);
                Utf8Formatter.TryFormat(framing.Length, destination[at..], out var digits);
                return Append(destination, at + digits, "\r\n"u8);
            case BodyKind.Chunked:
                return Append(destination, at, ChunkedField);
            case BodyKind.None:
                return at;
            case BodyKind.UntilClose:
            default:
                throw new ArgumentException("A request cannot end with its connection.", nameof(framing));
        }
    }

    private static HeadWriteRefusal Check(string method, ReadOnlySpan<byte> target, HeaderList headers)
    {
        if (method.Length == 0 || !method.All(character => character < 128 && Http1Bytes.Token.Contains((byte)character)))
        {
            return HeadWriteRefusal.InvalidMethod;
        }

        if (!Http1Bytes.IsTarget(target))
        {
            return HeadWriteRefusal.InvalidTarget;
        }

        for (var i = 0; i < headers.Count; i++)
        {
            if (!Http1Bytes.IsToken(headers.Name(i)))
            {
                return HeadWriteRefusal.InvalidFieldName;
            }

            if (!Http1Bytes.IsValue(headers.Value(i)))
            {
                return HeadWriteRefusal.InvalidFieldValue;
            }

            if (headers.NameIs(i, "connection"u8) || headers.NameIs(i, "content-length"u8) || headers.NameIs(i, "transfer-encoding"u8))
            {
                return HeadWriteRefusal.FramingField;
            }
        }

        return HeadWriteRefusal.None;
    }

    private static int Append(Span<byte> destination, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[at..]);
        return at + bytes.Length;
    }
}
