// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>
/// Undoes the chunked transfer coding (RFC 9112, section 7.1), strictly and incrementally: where the bytes are split changes
/// nothing. Extensions are checked and dropped, trailers kept; white space around a size, which section 7.1.1 warns of, is
/// refused. Holds no buffer but for the trailer line under way. Not thread-safe.
/// </summary>
public sealed class ChunkedDecoder
{
    private const int MaxSizeDigits = 16;

    private State _state;
    private long _chunkLeft;
    private int _digits;
    private int _extensionBytes;
    private int _trailerBytes;
    private List<byte>? _trailerLine;

    private enum State
    {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        TrailerStart,
        TrailerName,
        TrailerValue,
        TrailerLineFeed,
        FinalLineFeed,
        End,
    }

    /// <summary>Sticky until <see cref="Reset"/>.</summary>
    public ChunkRefusal Refusal { get; private set; }

    /// <summary>The fields behind the last chunk; null when there are none. At most <see cref="Http1Limits.TrailerBytes"/>.</summary>
    public HeaderList? Trailers { get; private set; }

    public void Reset()
    {
        _state = State.Size;
        _chunkLeft = 0;
        _digits = 0;
        _extensionBytes = 0;
        _trailerBytes = 0;
        _trailerLine = null;
        Trailers = null;
        Refusal = ChunkRefusal.None;
    }

    /// <summary>Decodes as much of the input as the output has room for. The coding's own bytes are consumed even into an empty output.</summary>
    public ChunkedStatus Decode(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = 0;
        written = 0;
        while (Refusal is ChunkRefusal.None && _state is not State.End)
        {
            if (consumed == input.Length)
            {
                return ChunkedStatus.NeedMore;
            }

            if (_state is not State.Data)
            {
                Refusal = Step(input[consumed++]);
                continue;
            }

            var length = (int)Math.Min(_chunkLeft, Math.Min(input.Length - consumed, output.Length - written));
            if (length == 0)
            {
                return ChunkedStatus.NeedMore;
            }

            input.Slice(consumed, length).CopyTo(output[written..]);
            consumed += length;
            written += length;
            _chunkLeft -= length;
            _state = _chunkLeft == 0 ? State.DataReturn : State.Data;
        }

        return Refusal is ChunkRefusal.None ? ChunkedStatus.End : ChunkedStatus.Refused;
    }

    private ChunkRefusal Step(byte next) => _state switch
    {
        State.Size => InSize(next),
        State.Extension => InExtension(next),
        State.SizeLineFeed => Expect(next, (byte)'\n', _chunkLeft == 0 ? State.TrailerStart : State.Data),
        State.DataReturn => Expect(next, (byte)'\r', State.DataLineFeed),
        State.DataLineFeed => Expect(next, (byte)'\n', NextChunk()),
        State.TrailerStart => InTrailerStart(next),
        State.TrailerName => InTrailerName(next),
        State.TrailerValue => InTrailerValue(next),
        State.TrailerLineFeed => Expect(next, (byte)'\n', State.TrailerStart),
        State.FinalLineFeed => Expect(next, (byte)'\n', State.End),
        State.Data or State.End => throw new InvalidOperationException("No step is taken in data or after the end."),
    };

    private ChunkRefusal Expect(byte next, byte expected, State then)
    {
        _state = then;
        return next == expected ? ChunkRefusal.None : ChunkRefusal.InvalidLineEnd;
    }

    private State NextChunk()
    {
        _digits = 0;
        _extensionBytes = 0;
        return State.Size;
    }

    private ChunkRefusal InSize(byte next)
    {
        if (char.IsAsciiHexDigit((char)next))
        {
            // Sixteen digits can pass 2^63 and turn negative: the unsigned comparison refuses that too.
            _chunkLeft = (_chunkLeft << 4) | (uint)HexValue(next);
            return ++_digits > MaxSizeDigits || (ulong)_chunkLeft > Http1Limits.ChunkBytes ? ChunkRefusal.InvalidSize : ChunkRefusal.None;
        }

        if (_digits == 0)
        {
            return ChunkRefusal.InvalidSize;
        }

        _state = next == (byte)';' ? State.Extension : State.SizeLineFeed;
        return next is (byte)';' or (byte)'\r' ? ChunkRefusal.None : ChunkRefusal.InvalidSize;
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private ChunkRefusal InExtension(byte next)
    {
        if (next == (byte)'\r')
        {
            _state = State.SizeLineFeed;
            return ChunkRefusal.None;
        }

        return ++_extensionBytes < Http1Limits.ChunkExtensionBytes && !Http1Bytes.NotInValue.Contains(next)
            ? ChunkRefusal.None
            : ChunkRefusal.InvalidExtension;
    }

    private ChunkRefusal InTrailerStart(byte next)
    {
        _state = next == (byte)'\r' ? State.FinalLineFeed : State.TrailerName;
        return next == (byte)'\r' ? ChunkRefusal.None : InTrailer(next, Http1Bytes.Token.Contains(next));
    }

    private ChunkRefusal InTrailerName(byte next)
    {
        _state = next == (byte)':' ? State.TrailerValue : State.TrailerName;
        return InTrailer(next, next == (byte)':' || Http1Bytes.Token.Contains(next));
    }

    private ChunkRefusal InTrailerValue(byte next)
    {
        if (next != (byte)'\r')
        {
            return InTrailer(next, !Http1Bytes.NotInValue.Contains(next));
        }

        _state = State.TrailerLineFeed;
        var refusal = FieldLine.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_trailerLine), Trailers ??= new HeaderList());
        _trailerLine!.Clear();
        return refusal is not HeadRefusal.None ? ChunkRefusal.InvalidTrailer : CountTrailerByte();
    }

    private ChunkRefusal InTrailer(byte next, bool valid)
    {
        (_trailerLine ??= []).Add(next);
        return valid ? CountTrailerByte() : ChunkRefusal.InvalidTrailer;
    }

    private ChunkRefusal CountTrailerByte() => ++_trailerBytes > Http1Limits.TrailerBytes ? ChunkRefusal.TrailersTooBig : ChunkRefusal.None;
}
