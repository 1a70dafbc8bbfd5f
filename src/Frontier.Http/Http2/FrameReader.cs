// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Http.Http2;

/// <summary>Received bytes, cut into frames (RFC 9113, section 4). Holds a buffer only while it holds bytes. The reader's alone.</summary>
internal sealed class FrameReader
{
    private byte[]? _buffer;
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>Room to receive into, behind what is there.</summary>
    public Memory<byte> Room()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(Http2Limits.ReceiveBytes);
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        return _buffer.AsMemory(_end);
    }

    public void Add(int received) => _end += received;

    public void Clear()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _start, _end) = (null, 0, 0);
    }

    /// <summary>Takes the connection preface (RFC 9113, section 3.4). Null when more of it is needed, false when something else has come.</summary>
    public bool? TakePreface()
    {
        var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;
        var received = _buffer.AsSpan(_start, Math.Min(_end - _start, preface.Length));
        if (!preface.StartsWith(received))
        {
            return false;
        }

        if (received.Length < preface.Length)
        {
            return null;
        }

        _start += preface.Length;
        return true;
    }

    /// <summary>The header of the frame that begins what is there. False when not all of it is.</summary>
    public bool TryPeek(out FrameHeader header)
    {
        if (_end - _start < FrameHeader.Bytes)
        {
            header = default;
            return false;
        }

        header = FrameHeader.Read(_buffer.AsSpan(_start));
        return true;
    }

    /// <summary>Takes the frame with this header out, when its payload is there, too; it is valid until <see cref="Room"/>.</summary>
    public bool TryTake(in FrameHeader header, out ReadOnlySpan<byte> payload)
    {
        var length = FrameHeader.Bytes + header.Length;
        if (_end - _start < length)
        {
            payload = default;
            return false;
        }

        payload = _buffer.AsSpan(_start + FrameHeader.Bytes, header.Length);
        _start += length;
        return true;
    }

    /// <summary>Of a frame that has come in part only.</summary>
    public int PartialBytes => _end - _start;
}
