// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using Frontier.Http.Http2.Hpack;

namespace Frontier.Http.Http2;

/// <summary>
/// Frames gathered for the next send, in a buffer that is rented while there are any. Used under the connection's lock.
/// </summary>
/// <param name="capacity">Bytes that answers may fill; acknowledgements find <see cref="Http2Limits.ControlBytes"/> of it kept for them.</param>
internal sealed class OutputBuffer(int capacity)
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    /// <summary>Counts the buffers: what was written in an earlier turn is out of reach.</summary>
    public long Turn { get; private set; } = 1;

    /// <summary>Left for heads and bodies.</summary>
    public int Room => capacity - Http2Limits.ControlBytes - Length;

    /// <summary>The next send would better not wait for more.</summary>
    public bool IsCrowded => Room < Http2Limits.FrameBytes + FrameHeader.Bytes;

    /// <summary>A frame of the connection's own; false when the viewer has left no room for it.</summary>
    public bool TryControl(FrameType type, FrameFlags flags, int streamId, ReadOnlySpan<byte> payload)
    {
        if (capacity - Length < FrameHeader.Bytes + payload.Length)
        {
            return false;
        }

        payload.CopyTo(Frame(type, flags, streamId, payload.Length));
        return true;
    }

    /// <summary>A frame whose payload is one number of 31 bits: RST_STREAM and WINDOW_UPDATE.</summary>
    public bool TryControl(FrameType type, int streamId, int number)
    {
        Span<byte> payload = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return TryControl(type, FrameFlags.None, streamId, payload);
    }

    /// <summary>
    /// A head or trailers, in one HEADERS frame or with CONTINUATION behind it. False when there is no room; an empty buffer
    /// has room for any.
    /// </summary>
    public bool TryHead(int streamId, ReadOnlySpan<byte> block, bool endsStream, bool namesTable)
    {
        var prefix = namesTable ? 1 : 0;
        var frames = Math.Max(1, (block.Length + prefix + Http2Limits.FrameBytes - 1) / Http2Limits.FrameBytes);
        var needed = block.Length + prefix + (frames * FrameHeader.Bytes);
        if (needed > Room)
        {
            if (Length > 0)
            {
                return false;
            }

            Rent(needed + Http2Limits.ControlBytes);
        }

        var type = FrameType.Headers;
        do
        {
            var part = block[..Math.Min(block.Length, Http2Limits.FrameBytes - prefix)];
            block = block[part.Length..];
            var flags = (block.IsEmpty ? FrameFlags.EndHeaders : 0) | (endsStream && type is FrameType.Headers ? FrameFlags.EndStream : 0);
            var payload = Frame(type, flags, streamId, prefix + part.Length);
            if (prefix > 0)
            {
                payload[0] = HeaderBlock.NoTable;
            }

            part.CopyTo(payload[prefix..]);
            type = FrameType.Continuation;
            prefix = 0;
        }
        while (!block.IsEmpty);
        return true;
    }

    /// <summary>A head that is written where it is to stand, which saves a copy; <see cref="EndHead"/> must follow. Empty when there is no room.</summary>
    /// <param name="maxBytes">Of the block; at most a frame's.</param>
    public Span<byte> BeginHead(int maxBytes)
    {
        if (FrameHeader.Bytes + maxBytes > Room)
        {
            return default;
        }

        _bytes ??= Rent(capacity);
        return _bytes.AsSpan(Length + FrameHeader.Bytes, maxBytes);
    }

    public void EndHead(int streamId, int bytes, bool endsStream) =>
        Frame(FrameType.Headers, FrameFlags.EndHeaders | (endsStream ? FrameFlags.EndStream : 0), streamId, bytes);

    /// <summary>A DATA frame, for whose payload there is room.</summary>
    public Span<byte> Data(int streamId, int bytes, bool endsStream) => Frame(FrameType.Data, endsStream ? FrameFlags.EndStream : FrameFlags.None, streamId, bytes);

    /// <summary>Lets a frame written in this turn be its stream's last.</summary>
    public void EndStreamAt(int offset) => _bytes![offset + 4] |= (byte)FrameFlags.EndStream;

    /// <summary>Hands the gathered bytes over, of which there are some, to be given back by <see cref="Return"/>, and begins a new turn.</summary>
    public (byte[] Bytes, int Length) Take()
    {
        var taken = (_bytes!, Length);
        (_bytes, Length) = (null, 0);
        Turn++;
        return taken;
    }

    public static void Return(byte[] bytes) => ArrayPool<byte>.Shared.Return(bytes);

    private Span<byte> Frame(FrameType type, FrameFlags flags, int streamId, int payloadBytes)
    {
        _bytes ??= Rent(capacity);
        new FrameHeader(payloadBytes, type, flags, streamId).Write(_bytes.AsSpan(Length));
        var payload = _bytes.AsSpan(Length + FrameHeader.Bytes, payloadBytes);
        Length += FrameHeader.Bytes + payloadBytes;
        return payload;
    }

    private byte[] Rent(int bytes)
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        return _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(bytes, capacity));
    }
}
