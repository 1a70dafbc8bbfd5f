// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Authentication;

namespace Frontier.Edge.Pipeline;

/// <summary>The TLS versions offered to an origin (DP-11.7): the configured ones that this platform can speak, and 1.3 in addition to 1.2.</summary>
internal static class TlsVersions
{
    public static SslProtocols Of(ImmutableArray<string> names)
    {
        var protocols = SslProtocols.None;
#pragma warning disable CA5397, SYSLIB0039 // An origin may be old; whoever lists TLS 1.0 or 1.1 for it means it. SSLv3 is not reachable any more (DP-22.8).
        foreach (var name in names)
        {
            protocols |= name switch
            {
                "TLSv1" => SslProtocols.Tls,
                "TLSv1.1" => SslProtocols.Tls11,
                "TLSv1.2" => SslProtocols.Tls12 | SslProtocols.Tls13,
                _ => SslProtocols.None,
            };
        }

        // OpenSSL knows no gaps: of 1.0 and 1.2 without 1.1 it would offer 1.0 alone, which hardly any origin speaks any more.
        protocols |= protocols.HasFlag(SslProtocols.Tls | SslProtocols.Tls12) ? SslProtocols.Tls11 : SslProtocols.None;
#pragma warning restore CA5397, SYSLIB0039

        return protocols is SslProtocols.None ? SslProtocols.Tls12 | SslProtocols.Tls13 : protocols;
    }
}
