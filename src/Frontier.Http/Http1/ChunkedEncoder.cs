// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>Writes the chunked transfer coding (RFC 9112, section 7.1): size line, the data, <see cref="LineEnd"/>; and <see cref="LastChunk"/> at the end.</summary>
public static class ChunkedEncoder
{
    /// <summary>The longest size line: sixteen digits and CRLF.</summary>
    public const int MaxSizeLineBytes = 18;

    public static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    private static readonly byte[] LastChunkBytes = "0\r\n\r\n"u8.ToArray();

    /// <summary>The last chunk with no trailers.</summary>
    public static ReadOnlySpan<byte> LastChunk => LastChunkBytes;

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

    /// <summary>The last chunk with these trailers behind it, which must be sound fields; null for none.</summary>
    public static ReadOnlyMemory<byte> End(HeaderList? trailers)
    {
        if (trailers is null or { Count: 0 })
        {
            return LastChunkBytes;
        }

        var end = new List<byte>(trailers.WireBytes + LastChunkBytes.Length);
        end.AddRange("0\r\n"u8);
        for (var i = 0; i < trailers.Count; i++)
        {
            end.AddRange(trailers.Name(i));
            end.AddRange(": "u8);
            end.AddRange(trailers.Value(i));
            end.AddRange(LineEnd);
        }

        end.AddRange(LineEnd);
        return end.ToArray();
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
