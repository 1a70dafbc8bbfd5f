// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;

namespace Frontier.Fleet;

/// <summary>Connections to control planes: TLS 1.3, and nobody's authority but the fleet's. Names of hosts do not count, since its certificates have none.</summary>
internal static class FleetTls
{
    /// <summary>A connection shows the certificate that it was made with; so it learns of the next one.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    /// <param name="believe">Whether a server is to be talked to.</param>
    /// <param name="show">Our certificate; null for none.</param>
    /// <param name="connectTimeout">For the connection and its handshake.</param>
    public static SocketsHttpHandler Connect(RemoteCertificateValidationCallback believe, LocalCertificateSelectionCallback? show, TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = believe,
            LocalCertificateSelectionCallback = show,
        },
    };
}
