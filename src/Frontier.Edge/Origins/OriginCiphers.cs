// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;

namespace Frontier.Edge.Origins;

/// <summary>
/// The cipher suites offered to origins (DP-11.9). The platform's own list, all of it with forward secrecy, does for TLS 1.2 and
/// 1.3; where a distribution lists an older version for its origin, what such origins speak is offered too, but for RC4 and triple DES.
/// </summary>
internal static class OriginCiphers
{
#pragma warning disable CA5397, SYSLIB0039 // Only to ask whether an older version is among them.
    private const SslProtocols Older = SslProtocols.Tls | SslProtocols.Tls11;
#pragma warning restore CA5397, SYSLIB0039

    /// <summary>In order of preference.</summary>
    private static readonly TlsCipherSuite[] WithOlder =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
    ];

    /// <summary>Null for the platform's own list, with which sessions can be resumed; Windows takes no other.</summary>
    public static CipherSuitesPolicy? For(SslProtocols versions) =>
        (versions & Older) is SslProtocols.None || OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(WithOlder);
}
