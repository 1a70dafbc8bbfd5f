// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http2;

/// <summary>
/// What a connection has to send: frames gathered for the next send, and streams in line to add theirs under flow control
/// (RFC 9113, section 5.2) and by priority. All of it under the connection's lock.
/// </summary>
internal sealed class OutputQueue(ServerClock clock, FloodGuard guard, IOutputEvents events, int capacity)
{
    /// <summary>A DATA frame shorter than this waits for the next buffer, unless its stream has no more.</summary>
    private const int WorthwhileBytes = 1_024;

    private readonly OutputBuffer _buffer = new(capacity);
    private readonly PriorityScheduler _ready = new();

    /// <summary>Streams that could send if the connection's window were open.</summary>
    private readonly PriorityScheduler _blocked = new();

    private bool _owesTableUpdate;
    private bool _isUrgent;
    private bool _needsRoom;
    private bool _isClosing;

    private enum Turn
    {
        /// <summary>The stream has more that could be sent.</summary>
        Taken,

        /// <summary>The same, and the buffer is full.</summary>
        NoRoom,

        /// <summary>It has nothing more, or may not send it now.</summary>
        Over,
    }

    /// <summary>What the viewer lets all streams together send.</summary>
    public FlowWindow Window = new(FlowWindow.InitialBytes);

    /// <summary>The reader is at work on what it has received, and sends all answers when it is through with it.</summary>
    public bool IsReading { get; set; }

    /// <summary>Somebody sends, or is about to.</summary>
    public bool IsWriting { get; set; }

    /// <summary>The viewer has left no room for what we must say. It has not read for long, or never.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>What was gathered had better go, even while the reader is at work. Without the lock, a hint.</summary>
    public bool IsCrowded => _buffer.IsCrowded;

    /// <summary>Somebody waits for the connection's window.</summary>
    public bool IsBlocked => !_blocked.IsEmpty;

    /// <summary>Bytes of DATA sent.</summary>
    public long DataBytes { get; private set; }

    /// <summary>What was written is all there is; the connection ends behind it.</summary>
    public bool IsOver => _isClosing && !IsReading && _buffer.Length == 0;

    /// <summary>True when the caller must wake the writer, which is idle and has something to send.</summary>
    public bool TryClaim()
    {
        var isDue = IsReading ? _buffer.IsCrowded : _isUrgent || _buffer.IsCrowded || !_ready.IsEmpty || _isClosing;
        if (IsWriting || !isDue)
        {
            return false;
        }

        return IsWriting = true;
    }

    /// <summary>Whether what was gathered leaves room for so much. Without the lock, a hint.</summary>
    public bool HasRoom(int bytes) => _buffer.Length == 0 || _buffer.Room >= bytes;

    /// <summary>The same for a buffer that has no room for what is to come.</summary>
    public bool TryClaimRoom(int bytes)
    {
        if (IsWriting || HasRoom(bytes))
        {
            return false;
        }

        _needsRoom = true;
        return IsWriting = true;
    }

    /// <summary>What was gathered must not wait for more.</summary>
    public void Hurry() => _isUrgent |= _buffer.Length > 0 || !_ready.IsEmpty;

    /// <summary>Nothing comes behind what was gathered.</summary>
    public void Close() => _isClosing = true;

    /// <summary>The next buffer to send, filled up from the streams in line. False, and the writer is idle, when there is none.</summary>
    public bool TryTake(out byte[] bytes, out int length)
    {
        if (!IsReading)
        {
            Fill();
        }

        if (_buffer.Length > 0 && (!IsReading || _buffer.IsCrowded || _needsRoom))
        {
            (bytes, length) = _buffer.Take();
            _isUrgent = false;
            _needsRoom = false;
            return true;
        }

        (bytes, length) = ([], 0);
        IsWriting = IsOver; // nobody wakes a writer that has ended
        return false;
    }

    public void Control(FrameType type, FrameFlags flags, int streamId, ReadOnlySpan<byte> payload)
    {
        IsOverrun |= !_buffer.TryControl(type, flags, streamId, payload);
        _isUrgent = true;
    }

    public void Reset(int streamId, ErrorCode code)
    {
        IsOverrun |= !_buffer.TryControl(FrameType.ResetStream, streamId, (int)code);
        _isUrgent = true;
    }

    /// <summary>False when there is no room: it can be said later. Behind the last word nothing is to be said.</summary>
    public bool TryOpenWindow(int streamId, int bytes)
    {
        if (_isClosing)
        {
            return true;
        }

        var isSaid = _buffer.TryControl(FrameType.WindowUpdate, streamId, bytes);
        _isUrgent |= isSaid;
        return isSaid;
    }

    /// <summary>The viewer has named the size of its table: the next head says that ours is none (RFC 7541, section 4.2).</summary>
    public void OweTableUpdate() => _owesTableUpdate = true;

    /// <summary>Sends a head before the answer's own (RFC 9113, section 8.1). False when there is no room; nothing is lost but the hint.</summary>
    public bool TryInterim(StreamOutput stream, ReadOnlySpan<byte> block)
    {
        if (stream.HeadBytes > 0 || !_buffer.TryHead(stream.StreamId, block, endsStream: false, _owesTableUpdate))
        {
            return false;
        }

        _owesTableUpdate = false;
        stream.BytesSent += block.Length;
        return _isUrgent = true;
    }

    /// <summary>A whole answer's head, written where it is sent from; in the stream's own room when there is none.</summary>
    public void Start(StreamOutput stream, PreparedHead head, HeaderList varying, bool endsStream)
    {
        var maxBytes = 1 + head.Http2.Length + HeaderBlock.MaxBytes(varying);
        var direct = maxBytes <= Http2Limits.FrameBytes && stream.Queue is null ? _buffer.BeginHead(maxBytes) : default;
        var block = direct.IsEmpty ? stream.HeadRoom(maxBytes) : direct;
        var at = 0;
        if (!direct.IsEmpty && _owesTableUpdate)
        {
            block[at++] = HeaderBlock.NoTable;
            _owesTableUpdate = false;
        }

        head.Http2.CopyTo(block[at..]);
        at = HeaderBlock.WriteFields(varying, block, at + head.Http2.Length);
        if (!head.HasDate && !varying.Contains("date"u8))
        {
            at = HeaderBlock.WriteDate(clock.Date, block, at);
        }

        if (direct.IsEmpty)
        {
            stream.HeadBytes = at;
            return;
        }

        _buffer.EndHead(stream.StreamId, at, endsStream);
        stream.BytesSent += at;
        stream.IsEnded = endsStream;
        if (endsStream)
        {
            events.OnDrained(stream);
        }
    }

    /// <summary>Sends as much of what the stream has as its turn allows, and puts it in line for the rest. What cannot be sent stays with the stream.</summary>
    public void Push(StreamOutput stream)
    {
        if (stream.Queue is not null || stream.IsStalled)
        {
            return; // until its turn, or its window
        }

        var isBehind = !_ready.IsEmpty && stream.Priority.Urgency >= _ready.BestUrgency;
        if (isBehind || Serve(stream, Http2Limits.TurnBytes) is not Turn.Over)
        {
            _ready.Enqueue(stream);
        }
    }

    /// <summary>The stream's window has grown.</summary>
    public void Unstall(StreamOutput stream)
    {
        if (stream.IsStalled && stream.Window.Available > 0)
        {
            stream.IsStalled = false;
            _ready.Enqueue(stream);
        }
    }

    /// <summary>The connection's window has grown.</summary>
    public void Unblock()
    {
        while (_blocked.TryDequeue(out var stream))
        {
            _ready.Enqueue(stream);
        }
    }

    private void Fill()
    {
        while (_ready.TryDequeue(out var stream))
        {
            switch (Serve(stream, Http2Limits.FrameBytes))
            {
                case Turn.Taken:
                    _ready.Requeue(stream);
                    break;
                case Turn.NoRoom:
                    _ready.PutBack(stream);
                    return;
                case Turn.Over:
                    break;
            }
        }
    }

    /// <summary>One turn of a stream that is in no queue.</summary>
    private Turn Serve(StreamOutput stream, int turnBytes)
    {
        if (stream.HeadBytes > 0)
        {
            var endsWithHead = stream.Ends && stream.BodyLeft == 0 && stream.Trailers is null;
            if (!_buffer.TryHead(stream.StreamId, stream.Head, endsWithHead, _owesTableUpdate))
            {
                return Turn.NoRoom;
            }

            _owesTableUpdate = false;
            stream.BytesSent += stream.HeadBytes;
            stream.HeadBytes = 0;
            stream.IsEnded = endsWithHead;
        }

        for (var bytes = turnBytes; stream.BodyLeft > 0 && bytes > 0;)
        {
            var allowed = Math.Min(Math.Min(stream.Window.Available, Window.Available), Math.Min(Http2Limits.FrameBytes, bytes));
            var count = (int)Math.Min(stream.BodyLeft, allowed);
            if (count <= 0)
            {
                Hold(stream);
                return Turn.Over;
            }

            var room = _buffer.Room - FrameHeader.Bytes;
            if (room < Math.Min(count, WorthwhileBytes))
            {
                return Turn.NoRoom;
            }

            bytes -= count = Math.Min(count, room);
            SendData(stream, count);
        }

        if (stream.BodyLeft > 0)
        {
            return Turn.Taken;
        }

        if (stream.Ends && !stream.IsEnded && !TryEnd(stream))
        {
            return Turn.NoRoom;
        }

        events.OnDrained(stream);
        return Turn.Over;
    }

    private void SendData(StreamOutput stream, int count)
    {
        var isLast = count == stream.BodyLeft && stream.Ends && stream.Trailers is null;
        stream.LastFrameAt = _buffer.Length;
        stream.LastFrameTurn = _buffer.Turn;
        stream.Body.Slice(0, count).CopyTo(_buffer.Data(stream.StreamId, count, isLast));
        stream.BodyLeft -= count;
        stream.Body = stream.BodyLeft == 0 ? default : stream.Body.Slice(count);
        stream.BytesSent += count;
        stream.IsEnded = isLast;
        stream.Window.Take(count);
        Window.Take(count);
        DataBytes += count;
        guard.CountAnswered(count);
    }

    /// <summary>Out of every line until the window that is shut opens.</summary>
    private void Hold(StreamOutput stream)
    {
        if (stream.Window.Available <= 0)
        {
            stream.IsStalled = true;
        }
        else
        {
            _blocked.Enqueue(stream);
        }
    }

    /// <summary>Trailers; or END_STREAM on the stream's last frame, when it has not been sent yet, and else on one of its own.</summary>
    private bool TryEnd(StreamOutput stream)
    {
        if (stream.Trailers is { } trailers)
        {
            var block = stream.HeadRoom(HeaderBlock.MaxBytes(trailers));
            var bytes = HeaderBlock.WriteFields(trailers, block, 0);
            if (!_buffer.TryHead(stream.StreamId, block[..bytes], endsStream: true, _owesTableUpdate))
            {
                return false;
            }

            _owesTableUpdate = false;
            stream.BytesSent += bytes;
        }
        else if (stream.LastFrameTurn == _buffer.Turn)
        {
            _buffer.EndStreamAt(stream.LastFrameAt);
        }
        else if (_buffer.Room < FrameHeader.Bytes)
        {
            return false;
        }
        else
        {
            _buffer.Data(stream.StreamId, 0, endsStream: true);
        }

        return stream.IsEnded = true;
    }
}
