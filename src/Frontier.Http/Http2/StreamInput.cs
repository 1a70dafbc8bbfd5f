// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Http.Http2;

/// <summary>
/// A request's body on its way to the handler: at most <see cref="Http2Limits.StreamWindowBytes"/>, in rented blocks that small
/// frames share. Used under the connection's lock; a run that was handed out stays where it is until the next is asked for.
/// </summary>
internal sealed class StreamInput(StreamTable streams)
{
    private const int BlockBytes = 16 * 1024;

    private readonly Queue<byte[]> _blocks = new();
    private byte[] _last = [];
    private int _read;
    private int _written;
    private int _handedOut;

    /// <summary>What we let the viewer send on this stream.</summary>
    public FlowWindow Window;

    /// <summary>Consumed, and not yet given back to the viewer's window.</summary>
    public int OwedBytes { get; set; }

    /// <summary>END_STREAM has come.</summary>
    public bool IsEnded { get; set; }

    /// <summary>What the head said of the length; null when it said nothing.</summary>
    public long? Length { get; set; }

    public long BodyBytes { get; private set; }

    /// <summary>Received and not handed out.</summary>
    public bool HasBytes => _blocks.Count > 1 || _written > _read;

    public void Open(long? length)
    {
        Window = new FlowWindow(Http2Limits.StreamWindowBytes);
        OwedBytes = 0;
        IsEnded = false;
        Length = length;
        BodyBytes = 0;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        BodyBytes += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_blocks.Count == 0 || _written == BlockBytes)
            {
                _last = ArrayPool<byte>.Shared.Rent(BlockBytes);
                streams.Bodies.Add(BlockBytes);
                _blocks.Enqueue(_last);
                _written = 0;
            }

            var part = bytes[..Math.Min(bytes.Length, BlockBytes - _written)];
            part.CopyTo(_last.AsSpan(_written));
            _written += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>The next run; empty when there is none now. Takes the one before it back.</summary>
    /// <param name="released">The length of that one, which the viewer may send again.</param>
    public ReadOnlyMemory<byte> Take(out int released)
    {
        released = _handedOut;
        _handedOut = 0;
        if (_blocks.Count > 0 && _read == (_blocks.Count > 1 ? BlockBytes : _written))
        {
            Return(_blocks.Dequeue());
            _read = 0;
            _written = _blocks.Count == 0 ? 0 : _written;
        }

        if (!HasBytes)
        {
            return default;
        }

        var end = _blocks.Count > 1 ? BlockBytes : _written;
        var run = _blocks.Peek().AsMemory(_read, end - _read);
        _handedOut = run.Length;
        _read = end;
        return run;
    }

    /// <summary>Gives everything back. Returns how many bytes nobody has read, or not to the end.</summary>
    public int Clear()
    {
        var unread = _handedOut - _read;
        _handedOut = 0;
        while (_blocks.TryDequeue(out var block))
        {
            unread += _blocks.Count > 0 ? BlockBytes : _written;
            Return(block);
        }

        _read = 0;
        _written = 0;
        return unread;
    }

    private void Return(byte[] block)
    {
        ArrayPool<byte>.Shared.Return(block);
        streams.Bodies.Add(-BlockBytes);
    }
}
