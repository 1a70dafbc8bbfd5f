// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Net.Security;
using Frontier.Edge.Certificates;
using Frontier.Http;
using Frontier.Http.Tls;
using Frontier.Protocols.Tls;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Listeners;

/// <summary>What the edge asks of the server that takes its viewers' connections.</summary>
internal static partial class ViewerServer
{
    private static readonly FrozenDictionary<string, CipherSuitesPolicy> Named = Name();

    public static HttpServerOptions Options(EdgeOptions options, EdgeState state, CertificateSelector certificates, HandshakeLog handshakes, ILogger logger)
    {
        var offer = new TlsOffer(PlatformSuites.Default);
        return new HttpServerOptions
        {
            Http = options.Http,
            Https = options.Https,
            Balancers = options.Balancers,
            SelectTls = (name, hello) => Select(certificates.Select(name), hello, offer),
            OnHandshake = handshakes.Note,
            WantsFingerprints = () => state.Routes.AsksForFingerprints,
            OnFault = fault => Log.Failed(logger, fault),
        };
    }

    private static TlsSelection Select(ShownCertificate shown, ClientHello? hello, TlsOffer offer)
    {
        var policy = shown.Policy;
        return new TlsSelection(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = shown.Certificate.Context,
            EnabledSslProtocols = policy.Versions,
            CipherSuitesPolicy = offer.MustBeNamed(policy, hello, shown.Certificate.IsEcdsa) ? Named.GetValueOrDefault(policy.Name) : null,
            ApplicationProtocols = shown.OffersHttp2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
        })
        {
            Admits = policy.Admits,
        };
    }

    /// <summary>Windows takes no such lists: there its configuration decides, and what is not admitted is cut.</summary>
    private static FrozenDictionary<string, CipherSuitesPolicy> Name() => OperatingSystem.IsWindows()
        ? FrozenDictionary<string, CipherSuitesPolicy>.Empty
        : SecurityPolicies.All.ToFrozenDictionary(static policy => policy.Name, static policy => new CipherSuitesPolicy(policy.Suites), StringComparer.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(2102, LogLevel.Error, "A viewer's connection failed in the edge itself.", EventName = "ConnectionFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
