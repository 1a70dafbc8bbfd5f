// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Protocols.SigV4;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// An upload in signed chunks, sent on without the signatures, which nobody but its viewer's own service could verify: plain, or
/// in unsigned chunks where fields follow the last one. Holds one piece at a time.
/// </summary>
internal sealed class AwsChunkedBody(IRequestBody viewers, AwsChunkDecoder decoder, bool hasTrailer, long? decodedLength) : IRequestBody
{
    private const string Coding = "aws-chunked";

    /// <summary>Eight hexadecimal digits and a line's end.</summary>
    private const int FramingBytes = 10;

    private byte[] _piece = [];
    private long _left = decodedLength ?? long.MaxValue;
    private bool _isDecoded;
    private bool _isEnded;

    /// <summary>In chunks it is not known: their number is the viewer's to choose.</summary>
    public long? Length => hasTrailer ? null : decodedLength;

    public HeaderList? Trailers => null;

    /// <param name="headers">Of the request to the origin; are made to describe what is sent.</param>
    public static AwsChunkedBody WithoutSignatures(IRequestBody viewers, bool hasTrailer, HeaderList headers)
    {
        var length = long.TryParse(headers.GetText("x-amz-decoded-content-length"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var decoded) ? decoded : (long?)null;
        if (!hasTrailer)
        {
            headers.Remove("x-amz-decoded-content-length"u8);
            var codings = headers.Joined("content-encoding"u8)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            headers.Remove("content-encoding"u8);
            if (string.Join(", ", codings.Where(static coding => !coding.Equals(Coding, StringComparison.OrdinalIgnoreCase))) is { Length: > 0 } left)
            {
                headers.Add("Content-Encoding", left);
            }
        }

        return new AwsChunkedBody(viewers, new AwsChunkDecoder(signer: null, hasTrailer, hasSignatures: true), hasTrailer, length);
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> last = default;
        while (!_isEnded)
        {
            var received = await viewers.ReadAsync(cancellationToken);
            var piece = received.IsEmpty ? End() : Decode(received.Span);
            if (_left == 0 && !hasTrailer && !_isEnded)
            {
                last = piece.IsEmpty ? last : piece; // with it the upload is whole, so the end must be right first
            }
            else if (!piece.IsEmpty)
            {
                return piece;
            }
        }

        return last;
    }

    private ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> received)
    {
        // Room for the piece and, before and behind it, for the framing of one chunk.
        var room = received.Length + (2 * FramingBytes);
        _piece = _piece.Length < room ? new byte[room] : _piece;
        var verdict = decoder.Decode(received, _piece.AsSpan(FramingBytes), out var consumed, out var written);
        _left -= written;
        _isDecoded = verdict is ChunkVerdict.Done && consumed == received.Length;
        if (_left < 0 || (verdict is not ChunkVerdict.More && !_isDecoded))
        {
            throw Malformed();
        }

        return written == 0 ? default : hasTrailer ? Frame(written) : _piece.AsMemory(FramingBytes, written);
    }

    private ReadOnlyMemory<byte> Frame(int count)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{count:x}\r\n"));
        head.CopyTo(_piece, FramingBytes - head.Length);
        "\r\n"u8.CopyTo(_piece.AsSpan(FramingBytes + count));
        return _piece.AsMemory(FramingBytes - head.Length, head.Length + count + 2);
    }

    private ReadOnlyMemory<byte> End()
    {
        _isEnded = true;
        decoder.Dispose();
        if (!_isDecoded || (decodedLength is not null && _left != 0))
        {
            throw Malformed();
        }

        return hasTrailer ? Encoding.Latin1.GetBytes($"0\r\n{string.Concat(decoder.Trailers.Select(static field => $"{field.Key}:{field.Value}\r\n"))}\r\n") : default;
    }

    private static RequestBodyException Malformed() => new("The body's aws-chunked framing is malformed, or its length is not the one announced.");
}
