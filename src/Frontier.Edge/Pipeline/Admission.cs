// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Edge.Explaining;
using Frontier.Edge.Places;
using Frontier.Http;
using Frontier.Protocols.Addresses;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Begins the record of a request, with everything that is known before the first decision.</summary>
/// <param name="tellsCacheStatus">Whether viewers get Cache-Status, for which the request is followed to its origin.</param>
/// <param name="frontProxies">Who may say for whom a request is.</param>
internal sealed class Admission(EdgeName name, IViewerPlaces? places, bool tellsCacheStatus, ImmutableArray<IPNetwork> frontProxies, TimeProvider time)
{
    /// <summary>64 GB (§5).</summary>
    public const long MaxBodyBytes = 64_000_000_000;

    /// <param name="trace">Where the request is followed for an explanation.</param>
    public RequestContext Begin(HttpExchange exchange, OriginTrace? trace = null)
    {
        var record = (exchange.HandlerState as StraightVisit)?.Record ?? new RequestRecord();
        Fill(record, exchange, time.GetUtcNow());
        return new RequestContext(exchange, record, new ViewerFacts
        {
            Address = record.ClientAddress,
            Port = record.ClientPort,
            Proxy = record.ClientAddress.Equals(exchange.Remote.Address) ? null : exchange.Remote.Address,
            TlsProtocol = record.TlsProtocol,
            TlsCipher = record.TlsCipher,
            ConnectionReused = exchange.ConnectionReused,
            Ja3 = exchange.Tls?.Fingerprints?.Ja3,
            Ja4 = exchange.Tls?.Fingerprints?.Ja4,
            Place = PlaceOf(record.ClientAddress),
        }, PassSpace.Take())
        {
            Trace = trace ?? (tellsCacheStatus ? new OriginTrace(explains: false, tellsViewer: true) : null),
        };
    }

    /// <summary>Who asks: whoever opened the connection, or whom a trusted proxy in front names; then with port 0 where it tells none.</summary>
    public IPEndPoint ViewerOf(HttpExchange exchange)
    {
        var remote = exchange.Remote;
        return !Networks.Contain(frontProxies, remote.Address)
            ? remote
            : ForwardedViewer.Find(exchange.Request.Headers, frontProxies) ?? remote;
    }

    /// <summary>Null where nobody knows.</summary>
    public ViewerPlace? PlaceOf(IPAddress viewer) => places?.Find(viewer);

    /// <summary>Makes the record this exchange's, whatever it was used for before. Allocates nothing; holds on to the exchange's request.</summary>
    public void Fill(RequestRecord record, HttpExchange exchange, DateTimeOffset now)
    {
        record.Reset();
        record.NewRequestId();
        record.Request = exchange.Request;
        record.StartedAt = now;
        record.Pop = name.Pop;
        var viewer = ViewerOf(exchange);
        record.ClientAddress = viewer.Address;
        record.ClientPort = viewer.Port;
        var tls = exchange.Tls;
        record.TlsProtocol = tls?.Protocol;
        record.TlsCipher = tls?.CipherSuite;
    }
}
