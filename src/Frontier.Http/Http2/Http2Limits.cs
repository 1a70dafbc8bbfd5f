// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;

namespace Frontier.Http.Http2;

/// <summary>What one viewer's connection of HTTP/2 may hold and cost, beside what <see cref="HttpServerLimits"/> says.</summary>
internal static class Http2Limits
{
    /// <summary>The payload of one frame, either way: the protocol's initial value (RFC 9113, section 6.5.2) and the size of a TLS record. Larger frames would need larger buffers and let one stream keep others waiting.</summary>
    public const int FrameBytes = 16_384;

    /// <summary>Received at once: a whole frame and the beginning of the next.</summary>
    public const int ReceiveBytes = 32 * 1024;

    /// <summary>Body bytes of one request that may wait for its handler: enough for 40 MB/s at a round trip of 6 ms.</summary>
    public const int StreamWindowBytes = 256 * 1024;

    /// <summary>Body bytes of all requests of a connection that may wait: its share of memory at the worst.</summary>
    public const int ConnectionWindowBytes = 1024 * 1024;

    /// <summary>What a connection may keep of bodies that wait even where all connections together keep too much.</summary>
    public const int FrugalBodyBytes = 64 * 1024;

    /// <summary>The viewer's dynamic table (RFC 7541, section 4.2): the protocol's initial value.</summary>
    public const int TableBytes = 4_096;

    /// <summary>A compressed head: as long as one may be that is not compressed at all, twice over, so that too long ones can be read and answered.</summary>
    public const int BlockBytes = 2 * Http1Limits.HeadBytes;

    /// <summary>CONTINUATION frames of one head. Full ones need three; many small ones are how heads are made to cost (CVE-2024-27316).</summary>
    public const int Continuations = 16;

    /// <summary>Told to viewers as SETTINGS_MAX_HEADER_LIST_SIZE, which counts 32 bytes more for each field than a line does; ours is the exact bound.</summary>
    public const int ToldHeaderListBytes = 2 * Http1Limits.HeadBytes;

    /// <summary>Room for acknowledgements and resets behind a full buffer. A viewer that makes us say more without reading any of it is cut off.</summary>
    public const int ControlBytes = 8 * 1024;

    /// <summary>Body bytes of an answer copied as it is given; what is longer waits its turn among the other streams.</summary>
    public const int TurnBytes = 2 * FrameBytes;

    /// <summary>Sends that complete at once, before the thread that came along with output is given back: a viewer that reads fast must not keep it from reading.</summary>
    public const int SendsInARow = 16;

    /// <summary>Exchanges kept for the next requests.</summary>
    public const int IdleExchanges = 32;

    /// <summary>Streams remembered after their end, to tell frames that were on their way from those that should not be.</summary>
    public const int ClosedStreams = 256;

    /// <summary>Priorities kept for streams that have not been opened yet (RFC 9218, section 7.1).</summary>
    public const int EarlyPriorities = 32;

    /// <summary>Read and thrown away once the connection has ended for an error, so that its GOAWAY arrives; nginx's <c>lingering_close</c> does the same for longer.</summary>
    public const int LingerSeconds = 2;

    /// <summary>Streams that ended without an answer: taken back by the viewer, refused, or reset because of what it sent. A page that is left takes back a hundred at once.</summary>
    public const int Resets = 512;

    public const int ResetsPerSecond = 64;

    /// <summary>Streams of one connection that were reset because the viewer was too slow for them; more end it. Each may hold an answer for a minute.</summary>
    public const int SlowStreams = 32;

    /// <summary>Frames that bring neither a request nor a body.</summary>
    public const int IdleFrames = 8_192;

    /// <summary>Frames of that kind which cost a thousandth of a core.</summary>
    public const int IdleFramesPerSecond = 1_024;

    /// <summary>What a full DATA frame of ours earns: updates of two windows and a PING to measure the way.</summary>
    public const int IdleFramesPerAnsweredFrame = 4;

    /// <summary>What a request earns.</summary>
    public const int IdleFramesPerRequest = 4;

    /// <summary>A SETTINGS frame may change every stream's window.</summary>
    public const int IdleFramesPerSettings = 16;
}
