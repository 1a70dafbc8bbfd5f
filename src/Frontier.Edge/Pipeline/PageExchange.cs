// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>The exchange of a request that the edge makes to itself on behalf of a viewer: it has no body, and its answer is read, not sent.</summary>
internal sealed class PageExchange(HttpExchange viewer) : HttpExchange
{
    public override IPEndPoint Remote => viewer.Remote;

    public override TlsConnection? Tls => viewer.Tls;

    public override bool ConnectionReused => viewer.ConnectionReused;

    public override CancellationToken Aborted => viewer.Aborted;

    public override bool HasBody => false;

    public override long? BodyLength => null;

    public override bool IsWebSocket => false;

    public override HeaderList? RequestTrailers => null;

    public override long BytesReceived => 0;

    public override long BytesSent => 0;

    public override void AllowPauses() => throw Nobody();

    public override ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(ReadOnlyMemory<byte>.Empty);

    public override ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken) => throw Nobody();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => throw Nobody();

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => throw Nobody();

    /// <summary>What comes before an error page says nothing about the viewer's own request.</summary>
    public override ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override void EndConnection() => throw Nobody();

    public override void SendTrailers(HeaderList trailers) => throw Nobody();

    public override void Abort() => throw Nobody();

    private static InvalidOperationException Nobody() => new("Nobody hears this exchange.");
}
