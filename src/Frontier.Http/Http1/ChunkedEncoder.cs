// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;

namespace Frontier.Http.Http1;

/// <summary>Writes the chunked transfer coding (RFC 9112, section 7.1): size line, the data, <see cref="LineEnd"/>; and <see cref="LastChunk"/> at the end.</summary>
public static class ChunkedEncoder
{
    /// <summary>The longest size line: sixteen digits and CRLF.</summary>
    public const int MaxSizeLineBytes = 18;

    public static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>The last chunk with no trailers.</summary>
    public static ReadOnlySpan<byte> LastChunk => "0\r\n\r\n"u8;

    /// <summary>Bytes of <see cref="WriteChunk"/> beyond the data's own, at most.</summary>
    public const int MaxOverheadBytes = MaxSizeLineBytes + 2;

    /// <summary>The size line of a chunk; a size of 0 would end the body and is the caller's bug.</summary>
    public static int WriteSizeLine(Span<byte> destination, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Utf8Formatter.TryFormat(size, destination, out var digits, new System.Buffers.StandardFormat('x'));
        LineEnd.CopyTo(destination[digits..]);
        return digits + LineEnd.Length;
    }

    /// <summary>A whole chunk; the destination has room for the data and <see cref="MaxOverheadBytes"/>.</summary>
    public static int WriteChunk(Span<byte> destination, ReadOnlySpan<byte> data)
    {
        var at = WriteSizeLine(destination, data.Length);
        data.CopyTo(destination[at..]);
        LineEnd.CopyTo(destination[(at + data.Length)..]);
        return at + data.Length + LineEnd.Length;
    }
}
