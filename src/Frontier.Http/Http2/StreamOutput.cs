// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http2;

/// <summary>What one stream has to send, and its place among the others. All of it under the connection's lock.</summary>
internal sealed class StreamOutput(Http2Exchange exchange)
{
    private byte[] _head = [];

    public Http2Exchange Exchange { get; } = exchange;

    public int StreamId { get; private set; }

    /// <summary>What the viewer lets this stream send.</summary>
    public FlowWindow Window;

    public PriorityField Priority { get; private set; }

    /// <summary>Where the stream waits for its turn; null when it does not.</summary>
    public PriorityScheduler? Queue { get; set; }

    public StreamOutput? Next { get; set; }

    public StreamOutput? Previous { get; set; }

    /// <summary>An encoded head that was not sent yet; empty when there is none.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, HeadBytes);

    public int HeadBytes { get; set; }

    /// <summary>Body bytes that were handed over and not copied yet; their owner waits.</summary>
    public ReadOnlySequence<byte> Body { get; set; }

    public long BodyLeft { get; set; }

    /// <summary>Fields to end with; null for none.</summary>
    public HeaderList? Trailers { get; set; }

    /// <summary>Nothing comes behind what is here.</summary>
    public bool Ends { get; set; }

    /// <summary>END_STREAM has been sent.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The stream's own window keeps it from sending.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Since when, in seconds, the viewer has hardly opened that window, and what had been sent by then; -1 when it opens it. Kept by the sweep.</summary>
    public long StalledSince { get; set; }

    public long StalledAt { get; set; }

    /// <summary>Where the stream's last DATA frame begins, as long as it has not been sent; see <see cref="OutputBuffer.Turn"/>.</summary>
    public int LastFrameAt { get; set; }

    public long LastFrameTurn { get; set; }

    /// <summary>Bytes of heads and bodies that have been put out.</summary>
    public long BytesSent { get; set; }

    public void Open(int streamId, int window, PriorityField priority)
    {
        StreamId = streamId;
        Window = new FlowWindow(window);
        Priority = priority;
        Trailers = null;
        Ends = false;
        IsEnded = false;
        StalledSince = -1;
        LastFrameTurn = 0;
        BytesSent = 0;
        Drop();
    }

    /// <summary>Room for a head of that length, which counts once <see cref="HeadBytes"/> is set.</summary>
    public Span<byte> HeadRoom(int bytes)
    {
        if (_head.Length < bytes)
        {
            _head = new byte[bytes];
        }

        return _head;
    }

    /// <summary>Forgets what the stream has to send.</summary>
    public void Drop()
    {
        Queue?.Remove(this);
        HeadBytes = 0;
        IsStalled = false;
        Body = default;
        BodyLeft = 0;
    }

    /// <summary>Another priority than it had.</summary>
    public void Prioritize(PriorityField priority)
    {
        var queue = Queue;
        queue?.Remove(this);
        Priority = priority;
        queue?.Enqueue(this);
    }
}
