// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Frontier.Edge.Listeners;
using Frontier.Http;
using Frontier.Http.Limits;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tiers;

/// <summary>
/// Where the machines of a fleet ask this one for objects: HTTP/1.1 under TLS 1.3, with certificates of the fleet's authority on both sides. A port of
/// its own: nothing that comes to the viewers' ports can mean what a request here means.
/// </summary>
internal static partial class TierListener
{
    /// <summary>Of machines, all edges of a large fleet with as many connections as each may have. Idle ones make room.</summary>
    private const int MaxConnections = 16_384;

    public static HttpServerOptions Options(IPEndPoint endpoint, TierIdentity identity, HandshakeLog handshakes, ILogger logger) => new()
    {
        Http = null,
        Https = endpoint,
        SelectTls = (_, _) => new TlsSelection(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = identity.Certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = new TierHandshake(identity).Judge,
            CertificateChainPolicy = TierPeer.ChainPolicy(),
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            AllowTlsResume = false, // a resumed session would bring the certificate of another time
        }),
        OnHandshake = handshakes.Note,
        OnFault = fault => Log.Failed(logger, fault),
        Limits = new HttpServerLimits { MaxConnections = MaxConnections },
        Viewers = new ViewerLimits
        {
            // Machines that speak for thousands of viewers each; those have met their limits where they came in.
            ConnectionsPerAddress = 0,
            NewConnectionsPerAddress = 0,
            HandshakesPerAddress = 0,
            RequestsPerAddress = 0,
        },
    };

    private static partial class Log
    {
        [LoggerMessage(2104, LogLevel.Error, "Another machine's connection failed in the edge itself.", EventName = "TierConnectionFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
