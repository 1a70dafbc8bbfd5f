// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>Writes status line and fields of an HTTP/1.1 response (RFC 9112, sections 4 and 5). What it is given is sound: heads come from our own parser or from our own hand.</summary>
internal static class ResponseHeadWriter
{
    private static ReadOnlySpan<byte> LengthName => "Content-Length: "u8;

    /// <summary><c>HTTP/1.1 200 </c>, the longest reason phrase, the end of the line, and a length with its name.</summary>
    private const int OverheadBytes = 13 + 32 + 2 + 16 + 20 + 2;

    /// <summary>An upper bound of what <see cref="Write"/> writes.</summary>
    public static int MaxBytes(HeaderList headers) => OverheadBytes + headers.WireBytes;

    /// <summary>Status line and fields, each line with its end, without the empty line.</summary>
    /// <param name="bodyLength">What Content-Length tells, where the status may have one; null for none.</param>
    /// <returns>How many bytes.</returns>
    public static int Write(int status, HeaderList headers, long? bodyLength, Span<byte> destination)
    {
        var at = Append(destination, 0, "HTTP/1.1 "u8);
        Utf8Formatter.TryFormat(status, destination[at..], out var digits);
        at = Append(destination, at + digits, " "u8);
        at = Append(destination, at, ReasonPhrase.Of(status));
        at = Append(destination, at, "\r\n"u8);
        at = WriteFields(headers, destination, at);
        if (Told(status, bodyLength) is { } length)
        {
            at = Append(destination, at, LengthName);
            Utf8Formatter.TryFormat(length, destination[at..], out digits);
            at = Append(destination, at + digits, "\r\n"u8);
        }

        return at;
    }

    /// <summary>Fields alone, from <paramref name="at"/> on. Returns where they end.</summary>
    public static int WriteFields(HeaderList headers, Span<byte> destination, int at)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            at = Append(destination, at, headers.Name(i));
            at = Append(destination, at, ": "u8);
            at = Append(destination, at, headers.Value(i));
            at = Append(destination, at, "\r\n"u8);
        }

        return at;
    }

    /// <summary>An interim answer and a 204 must not have a length, a 304 need not (RFC 9110, section 8.6); a 205 has no content, and must say so (section 15.3.6).</summary>
    private static long? Told(int status, long? bodyLength) => status switch
    {
        < 200 or 204 or 304 => null,
        205 => 0,
        _ => bodyLength,
    };

    public static byte[] Encode(ResponseHead head, long? bodyLength)
    {
        var buffer = new byte[MaxBytes(head.Headers)];
        return buffer[..Write(head.Status, head.Headers, bodyLength, buffer)];
    }

    private static int Append(Span<byte> destination, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[at..]);
        return at + bytes.Length;
    }
}
