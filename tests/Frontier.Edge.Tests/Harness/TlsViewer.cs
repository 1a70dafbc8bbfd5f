// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>Viewers that reach the edge by its distribution's name over TLS, and trust its authority.</summary>
internal static class TlsViewer
{
    public static Uri Address(TestEdge edge, string path, string scheme = "https") => new($"{scheme}://{TestEdge.Host}:{edge.Server.Https.Port}{path}");

    public static HttpClient Of(TestEdge edge) => new(Handler(edge)) { Timeout = ScriptedOrigin.Patience };

    public static SocketsHttpHandler Handler(TestEdge edge) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = edge.Clock.GetUtcNow().UtcDateTime,
                VerificationTimeIgnored = false,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(edge.Server.AuthorityPath) },
            },
        },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(edge.Server.Https, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
