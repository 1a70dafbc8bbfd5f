// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Tiers;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Tiers;

/// <summary>The exchange with another machine, as the exchange with the viewer that it asks for: the viewer's request, and the machine's connection.</summary>
internal sealed class TierExchange : HttpExchange
{
    private readonly HttpExchange _asked;

    public TierExchange(HttpExchange asked, TierVisit visit)
    {
        _asked = asked;
        Remote = new IPEndPoint(visit.Viewer.Address, visit.Viewer.Port);
        var request = asked.Request;
        Request.SetMethod(request.MethodToken);
        Request.SetTarget(request.Target);
        Request.Version = visit.Version;
        Request.IsHttps = visit.IsHttps;
        Request.Host = request.Host;
        for (var i = 0; i < request.Headers.Count; i++)
        {
            if (!TierHeaders.IsOfTiers(request.Headers.Name(i)) && !request.Headers.NameIs(i, "connection"u8))
            {
                Request.Headers.Add(request.Headers.Name(i), request.Headers.Value(i));
            }
        }
    }

    public override IPEndPoint Remote { get; }

    /// <summary>What is known of the viewer's own connection has been told.</summary>
    public override TlsConnection? Tls => null;

    public override bool ConnectionReused => false;

    public override CancellationToken Aborted => _asked.Aborted;

    public override bool HasBody => false;

    public override long? BodyLength => null;

    public override bool IsWebSocket => false;

    public override HeaderList? RequestTrailers => null;

    public override long BytesReceived => _asked.BytesReceived;

    public override long BytesSent => _asked.BytesSent;

    public override void AllowPauses() => _asked.AllowPauses();

    public override ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(ReadOnlyMemory<byte>.Empty);

    public override ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken) => _asked.StartAsync(head, bodyLength, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _asked.WriteAsync(bytes, cancellationToken);

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => _asked.FlushAsync(cancellationToken);

    public override ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken) => _asked.SendInterimAsync(head, cancellationToken);

    public override void EndConnection() => _asked.EndConnection();

    public override void SendTrailers(HeaderList trailers) => _asked.SendTrailers(trailers);

    public override void Abort() => _asked.Abort();
}
