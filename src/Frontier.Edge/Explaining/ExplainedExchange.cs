// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Explaining;

/// <summary>
/// The exchange that a request would have been, were it not to be explained: asked as the viewer asked, from the address it
/// names, with the answer kept back and its body counted. The viewer's own exchange stays free for the explanation.
/// </summary>
internal sealed class ExplainedExchange : HttpExchange
{
    private readonly HttpExchange _asked;

    /// <param name="draw">What is drawn by lot for the request: the same for what is told and for what is served.</param>
    public ExplainedExchange(HttpExchange asked, ExplainQuestion question, double draw)
    {
        (_asked, Draw) = (asked, draw);
        Remote = question.Client is { } client ? new IPEndPoint(client, asked.Remote.Port) : asked.Remote;
        var request = asked.Request;
        Request.SetMethod(question.Method ?? request.MethodToken);
        Request.SetTarget(request.Target);
        Request.Version = request.Version;
        Request.IsHttps = request.IsHttps;
        Request.Host = request.Host;
        request.Headers.CopyTo(Request.Headers);
    }

    /// <summary>From 0 up to 1 (DP-28.1).</summary>
    public double Draw { get; }

    /// <summary>What the viewer would have got; null before it is known.</summary>
    public ResponseHead? Answer { get; private set; }

    /// <summary>Whether the connection would have been cut before the answer was whole.</summary>
    public bool IsCut { get; private set; }

    public override IPEndPoint Remote { get; }

    public override TlsConnection? Tls => _asked.Tls;

    public override bool ConnectionReused => _asked.ConnectionReused;

    public override CancellationToken Aborted => _asked.Aborted;

    public override bool HasBody => _asked.HasBody;

    public override long? BodyLength => _asked.BodyLength;

    /// <summary>Nobody converses through an explanation: a handshake is explained as the GET it reads as.</summary>
    public override bool IsWebSocket => false;

    public override HeaderList? RequestTrailers => _asked.RequestTrailers;

    public override long BytesReceived => _asked.BytesReceived;

    /// <summary>Bytes of the body alone: no head was written.</summary>
    public override long BytesSent => BodyBytes;

    public long BodyBytes { get; private set; }

    public override void AllowPauses() => _asked.AllowPauses();

    public override ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken) => _asked.ReadBodyAsync(cancellationToken);

    public override ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken)
    {
        Answer = new ResponseHead { Status = head.Status };
        head.Headers.CopyTo(Answer.Headers);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        BodyBytes += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override void EndConnection() => _asked.EndConnection();

    public override void SendTrailers(HeaderList trailers)
    {
        // They would have followed the body, which is counted and not kept.
    }

    public override void Abort() => IsCut = true;
}
