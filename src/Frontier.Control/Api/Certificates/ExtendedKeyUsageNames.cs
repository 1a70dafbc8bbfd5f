// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api.Certificates;

/// <summary>What ACM calls purposes of certificates (RFC 5280, section 4.2.1.12).</summary>
internal static class ExtendedKeyUsageNames
{
    public static string Of(string oid) => oid switch
    {
        "1.3.6.1.5.5.7.3.1" => "TLS_WEB_SERVER_AUTHENTICATION",
        "1.3.6.1.5.5.7.3.2" => "TLS_WEB_CLIENT_AUTHENTICATION",
        "1.3.6.1.5.5.7.3.3" => "CODE_SIGNING",
        "1.3.6.1.5.5.7.3.4" => "EMAIL_PROTECTION",
        "1.3.6.1.5.5.7.3.8" => "TIME_STAMPING",
        "1.3.6.1.5.5.7.3.9" => "OCSP_SIGNING",
        "1.3.6.1.5.5.7.3.5" => "IPSEC_END_SYSTEM",
        "1.3.6.1.5.5.7.3.6" => "IPSEC_TUNNEL",
        "1.3.6.1.5.5.7.3.7" => "IPSEC_USER",
        "2.5.29.37.0" => "ANY",
        _ => "CUSTOM",
    };
}
