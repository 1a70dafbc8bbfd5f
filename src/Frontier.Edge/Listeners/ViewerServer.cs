// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;
using Frontier.Edge.Certificates;
using Frontier.Edge.Telemetry;
using Frontier.Edge.ViewerCertificates;
using Frontier.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Listeners;

/// <summary>What the edge asks of the server that takes its viewers' connections.</summary>
internal static partial class ViewerServer
{
    public static HttpServerOptions Options(EdgeOptions options, EdgeState state, CertificateSelector certificates, ViewerHandshakes handshakes, Turnaways turnaways, ILogger logger) => new()
    {
        Http = options.Http,
        Https = options.Https,
        Balancers = options.Balancers,
        SelectTls = name => Tls(name, certificates, handshakes),
        WantsFingerprints = () => state.Routes.AsksForFingerprints,
        OnFault = fault => Log.Failed(logger, fault),
        Limits = new HttpServerLimits { MaxConnections = options.MaxConnections },
        Viewers = options.ViewerLimits,
        OnRefused = turnaways.Add,
    };

    private static SslServerAuthenticationOptions Tls(string serverName, CertificateSelector certificates, ViewerHandshakes handshakes)
    {
        var (certificate, offersHttp2) = certificates.Select(serverName);
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = offersHttp2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
        };
        handshakes.Complete(serverName, tls);
        return tls;
    }

    private static partial class Log
    {
        [LoggerMessage(2102, LogLevel.Error, "A viewer's connection failed in the edge itself.", EventName = "ConnectionFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
