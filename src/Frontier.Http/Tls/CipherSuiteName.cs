// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;

namespace Frontier.Http.Tls;

/// <summary>The name by which logs know a cipher suite: OpenSSL's (§29.1, field 22). It differs from IANA's up to TLS 1.2.</summary>
public static class CipherSuiteName
{
    public static string Of(TlsCipherSuite suite)
    {
        var name = suite.ToString();
        var with = name.IndexOf("_WITH_", StringComparison.Ordinal);
        if (with < 0)
        {
            return name; // TLS 1.3: the two agree
        }

        var exchange = name["TLS_".Length..with].Replace('_', '-');
        var cipher = name[(with + "_WITH_".Length)..].Replace('_', '-')
            .Replace("AES-", "AES", StringComparison.Ordinal)
            .Replace("-CBC-", "-", StringComparison.Ordinal)
            .Replace("POLY1305-SHA256", "POLY1305", StringComparison.Ordinal);
        return exchange == "RSA" ? cipher : $"{exchange}-{cipher}";
    }
}
