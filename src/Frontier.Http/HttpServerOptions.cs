// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Http.Limits;
using Frontier.Http.Tls;
using Frontier.Protocols.Addresses;

namespace Frontier.Http;

/// <summary>Where a server listens, and what it asks of its owner.</summary>
public sealed record HttpServerOptions
{
    /// <summary>For HTTP/1.1 in the clear (DP-30.3: no HTTP/2 there); null for a server that speaks under TLS alone.</summary>
    public required IPEndPoint? Http { get; init; }

    /// <summary>For HTTP/1.1 and HTTP/2 under TLS.</summary>
    public required IPEndPoint Https { get; init; }

    /// <summary>What becomes of a connection, by its server name, which is empty without one, and by its ClientHello; null for one that could not be read.</summary>
    public required Func<string, ClientHello?, TlsSelection> SelectTls { get; init; }

    /// <summary>Told of every handshake, those that failed above all.</summary>
    public Action<TlsHandshake> OnHandshake { get; init; } = static _ => { };

    /// <summary>Asked as a connection begins: whether its ClientHello is to be looked at.</summary>
    public Func<bool> WantsFingerprints { get; init; } = static () => false;

    /// <summary>Told of what should not happen: a handler that threw. The connection has been cut.</summary>
    public required Action<Exception> OnFault { get; init; }

    /// <summary>
    /// Load balancers in front: each of their connections begins with the PROXY protocol, which says who the viewer is, or is
    /// closed. From anywhere else that protocol is not understood.
    /// </summary>
    public ImmutableArray<IPNetwork> Balancers { get; init; } = [];

    public HttpServerLimits Limits { get; init; } = new();

    /// <summary>What viewers may take in number and a second.</summary>
    public ViewerLimits Viewers { get; init; } = new();

    /// <summary>Told of each connection closed and each request refused for a limit. Many at a time, from any thread, and never waited for.</summary>
    public Action<ViewerLimit, IPAddress> OnRefused { get; init; } = static (_, _) => { };

    internal bool IsBalancer(IPAddress address) => Networks.Contain(Balancers, address);
}
