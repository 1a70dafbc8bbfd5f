// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Net.Security;
using System.Security.Authentication;
using Frontier.Edge.Certificates;
using Frontier.Edge.Challenges;
using Frontier.Edge.Telemetry;
using Frontier.Edge.ViewerCertificates;
using Frontier.Http;
using Frontier.Http.Tls;
using Frontier.Protocols.Tls;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Listeners;

/// <summary>What the edge asks of the server that takes its viewers' connections. Sessions are resumed by tickets, and no data comes before a handshake is done (DP-22.6).</summary>
internal static partial class ViewerServer
{
    private const SslProtocols Newer = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly SslApplicationProtocol ChallengeProtocol = new(ChallengeCertificate.Protocol);

    private static readonly FrozenDictionary<string, CipherSuitesPolicy> Named = Name(static policy => policy.Suites);

    /// <summary>
    /// For viewers of TLS 1.0 and 1.1 (DP-22.8). Up to there a server signs with SHA-1 and MD5, which OpenSSL does at no security level above 0; only what
    /// needs no signature, the key exchange by RSA, is left, and nothing for a key of elliptic curves.
    /// </summary>
    private static readonly FrozenDictionary<string, CipherSuitesPolicy> Old = Name(static policy =>
        policy.Suites.Where(static suite => suite is TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA or TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA));

    public static HttpServerOptions Options(
        EdgeOptions options, EdgeState state, CertificateSelector certificates, HeldChallenges challenges, ViewerHandshakes viewerCertificates, HandshakeLog handshakes, Turnaways turnaways, ILogger logger)
    {
        var offer = new TlsOffer(PlatformTls.Suites);
        return new HttpServerOptions
        {
            Http = options.Http,
            Https = options.Https,
            Balancers = options.Balancers,
            SelectTls = (name, hello) =>
            {
                if (Challenge(name, hello, challenges) is { } proof)
                {
                    return proof;
                }

                var selection = Select(certificates.Select(name), hello, offer);
                viewerCertificates.Complete(name, selection.Options);
                return selection;
            },
            OnHandshake = handshakes.Note,
            WantsFingerprints = () => state.Routes.AsksForFingerprints,
            OnFault = fault => Log.Failed(logger, fault),
            Limits = new HttpServerLimits { MaxConnections = options.MaxConnections },
            Viewers = options.ViewerLimits with { Exempt = [.. options.ViewerLimits.Exempt, .. options.FrontProxies] },
            OnRefused = turnaways.Add,
        };
    }

    /// <summary>
    /// A handshake that a certificate authority makes to see the name answered (RFC 8737): only for a name under order, by the one protocol that it
    /// offers, and with nothing behind it. Null for any other handshake; <c>acme-tls/1</c> is then a protocol that nobody speaks here.
    /// </summary>
    private static TlsSelection? Challenge(string serverName, ClientHello? hello, HeldChallenges challenges) =>
        !challenges.IsEmpty && hello?.FirstProtocol.AsSpan().SequenceEqual(ChallengeProtocol.Protocol.Span) == true && challenges.FindTls(serverName.ToLowerInvariant()) is { } certificate
            ? new TlsSelection(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate,
                EnabledSslProtocols = Newer,
                ApplicationProtocols = [ChallengeProtocol],
                AllowTlsResume = false,
            })
            { EndsWithHandshake = true }
            : null;

    private static TlsSelection Select(ShownCertificate shown, ClientHello? hello, TlsOffer offer)
    {
        var (policy, isEcdsa) = (shown.Policy, shown.Certificate.IsEcdsa);
        var isOld = hello is { HighestVersion: < TlsOffer.Tls12 };
        var old = isOld ? Old.GetValueOrDefault(policy.Name) : null;
        return new TlsSelection(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = shown.Certificate.Context,
            // The platform refuses a list that has nothing for a version which is enabled.
            EnabledSslProtocols = old is null ? policy.Versions : isEcdsa ? policy.Versions & SslProtocols.Tls12 : policy.Versions ^ (policy.Versions & SslProtocols.Tls13),
            CipherSuitesPolicy = old is not null ? old
                : offer.MustBeNamed(policy, hello, isEcdsa) ? Named.GetValueOrDefault(policy.Name)
                : null,
            ApplicationProtocols = shown.OffersHttp2 && !isOld ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11], // RFC 9113, section 9.2
        })
        {
            Admits = policy.Admits,
        };
    }

    /// <summary>Windows takes no such lists: there its configuration decides, and what is not admitted is cut.</summary>
    private static FrozenDictionary<string, CipherSuitesPolicy> Name(Func<SecurityPolicy, IEnumerable<TlsCipherSuite>> suitesOf) => OperatingSystem.IsWindows()
        ? FrozenDictionary<string, CipherSuitesPolicy>.Empty
        : SecurityPolicies.All.Where(policy => suitesOf(policy).Any()).ToFrozenDictionary(static policy => policy.Name, policy => new CipherSuitesPolicy(suitesOf(policy)), StringComparer.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(2102, LogLevel.Error, "A viewer's connection failed in the edge itself.", EventName = "ConnectionFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
