// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>
/// One request of a viewer and the answer to it, whatever protocol version and server carry it. Used by one request at a time;
/// nothing of it may be kept after the handler returns.
/// </summary>
public abstract class HttpExchange
{
    public RequestHead Request { get; } = new();

    /// <summary>The handler's own: stays when the exchange is used for the next request.</summary>
    public object? HandlerState { get; set; }

    public abstract IPEndPoint Remote { get; }

    /// <summary>Null on a plain connection.</summary>
    public abstract TlsConnection? Tls { get; }

    /// <summary>True for every request after a connection's first.</summary>
    public abstract bool ConnectionReused { get; }

    /// <summary>Fires when the viewer goes away.</summary>
    public abstract CancellationToken Aborted { get; }

    public abstract bool HasBody { get; }

    /// <summary>Null for a body of unknown length, and when there is none.</summary>
    public abstract long? BodyLength { get; }

    /// <summary>True for a WebSocket handshake (RFC 6455, section 4.1, and RFC 8441 over HTTP/2). The request then reads as the GET of HTTP/1.1 and has no body.</summary>
    public abstract bool IsWebSocket { get; }

    /// <summary>The fields behind the request's body, once it has been read to its end; null when there are none.</summary>
    public abstract HeaderList? RequestTrailers { get; }

    /// <summary>Bytes of header and body received so far.</summary>
    public abstract long BytesReceived { get; }

    /// <summary>Bytes of header and body handed to the connection so far.</summary>
    public abstract long BytesSent { get; }

    /// <summary>Lets the body pause for as long as it likes, for one that is a conversation; whoever calls this bounds the silence itself.</summary>
    public abstract void AllowPauses();

    /// <summary>
    /// The next run of body bytes, valid until the next call; empty at the end. After a 101 to a WebSocket handshake, whatever
    /// the viewer sends.
    /// </summary>
    /// <exception cref="ViewerGoneException">The viewer went away, sent broken framing or was too slow.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends status and fields. The transport adds framing: Content-Length when the length is known, else chunks. A 101 to a
    /// WebSocket handshake turns the exchange into a pipe: bytes are read and written as they are from there on.
    /// </summary>
    /// <param name="bodyLength">Null when unknown. For HEAD and 304, the length to tell, with no body to follow.</param>
    public abstract ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken);

    /// <summary>
    /// Sends body bytes and completes when the connection has room for more. Head and bytes may wait for more to go with them,
    /// until <see cref="FlushAsync"/> or the end of the exchange.
    /// </summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Sends what waits; for a body whose next bytes may be long in coming.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>The whole answer at once. Completes when nothing of it is needed any more.</summary>
    /// <param name="varying">Fields beside the prepared ones; may be reused as soon as this returns, even if it has not completed.</param>
    /// <param name="body">As long as the head says, or empty where no body follows.</param>
    public virtual async ValueTask RespondAsync(PreparedHead head, HeaderList varying, ReadOnlySequence<byte> body)
    {
        var whole = head.ToHead();
        varying.CopyTo(whole.Headers);
        await StartAsync(whole, head.BodyLength, Aborted);
        foreach (var run in body)
        {
            await WriteAsync(run, Aborted);
        }
    }

    /// <summary>
    /// Sends what earlier answers on the same connection have left: they need not wait for this one. For a handler that is about
    /// to take its time, before it has begun to answer.
    /// </summary>
    public virtual ValueTask FlushEarlierAsync() => ValueTask.CompletedTask;

    /// <summary>Sends an interim answer (1xx but 101) before the final one, to viewers whose protocol version knows them (RFC 9110, section 15.2).</summary>
    public abstract ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken);

    /// <summary>This answer is the connection's last, where a connection carries one at a time.</summary>
    public abstract void EndConnection();

    /// <summary>Fields to follow the body; called before the exchange ends. Dropped where the transport has no place for them.</summary>
    public abstract void SendTrailers(HeaderList trailers);

    /// <summary>Cuts the connection, so that a half-sent body cannot be taken for a whole one.</summary>
    public abstract void Abort();
}
