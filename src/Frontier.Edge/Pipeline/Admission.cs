// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Models;
using Frontier.Edge.Explaining;
using Frontier.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Begins the record of a request, with everything that is known before the first decision.</summary>
/// <param name="tellsCacheStatus">Whether viewers get Cache-Status, for which the request is followed to its origin.</param>
internal sealed class Admission(EdgeName name, IViewerPlaces? places, bool tellsCacheStatus, TimeProvider time)
{
    /// <summary>64 GB (§5).</summary>
    public const long MaxBodyBytes = 64_000_000_000;

    /// <param name="trace">Where the request is followed for an explanation.</param>
    public RequestContext Begin(HttpExchange exchange, OriginTrace? trace = null)
    {
        var request = exchange.Request;
        var record = new RequestRecord
        {
            RequestId = EdgeName.NewRequestId(),
            StartedAt = time.GetUtcNow(),
            Pop = name.Pop,
            ClientAddress = exchange.Remote.Address,
            ClientPort = exchange.Remote.Port,
            Method = request.MethodToken,
            Path = request.PathText,
            Query = request.HasQuery ? Encoding.Latin1.GetString(request.Query) : null,
            Host = request.Host,
            Version = request.Version,
            IsHttps = request.IsHttps,
            TlsProtocol = exchange.Tls?.Protocol,
            TlsCipher = exchange.Tls?.CipherSuite,
            Referer = request.Headers.GetText("referer"u8),
            UserAgent = request.Headers.GetText("user-agent"u8),
            ForwardedFor = request.Headers.Joined("x-forwarded-for"u8),
        };
        return new RequestContext(exchange, record, new ViewerFacts
        {
            Address = record.ClientAddress,
            Port = record.ClientPort,
            TlsProtocol = record.TlsProtocol,
            TlsCipher = record.TlsCipher,
            ConnectionReused = exchange.ConnectionReused,
            Ja3 = exchange.Tls?.Fingerprints?.Ja3,
            Ja4 = exchange.Tls?.Fingerprints?.Ja4,
            Place = places?.Find(record.ClientAddress),
        })
        {
            Trace = trace ?? (tellsCacheStatus ? new OriginTrace(explains: false, tellsViewer: true) : null),
        };
    }
}
