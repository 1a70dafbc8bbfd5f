// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Tests.Harness;

/// <summary>An exchange with nobody at its other end: it has a request and an address, and is only looked at.</summary>
internal sealed class IdleExchange(TlsConnection? tls) : HttpExchange
{
    public override IPEndPoint Remote { get; } = new(IPAddress.Parse("192.0.2.1"), 50_000);

    public override TlsConnection? Tls => tls;

    public override bool ConnectionReused => true;

    public override CancellationToken Aborted => CancellationToken.None;

    public override bool HasBody => false;

    public override long? BodyLength => null;

    public override bool IsWebSocket => false;

    public override HeaderList? RequestTrailers => null;

    public override long BytesReceived => 0;

    public override long BytesSent => 0;

    public override void AllowPauses() => throw Nobody();

    public override ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken) => throw Nobody();

    public override ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken) => throw Nobody();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => throw Nobody();

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => throw Nobody();

    public override ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken) => throw Nobody();

    public override void EndConnection() => throw Nobody();

    public override void SendTrailers(HeaderList trailers) => throw Nobody();

    public override void Abort() => throw Nobody();

    private static InvalidOperationException Nobody() => new("There is nobody at the other end.");
}
