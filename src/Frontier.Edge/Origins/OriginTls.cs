// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Origins;

/// <summary>
/// Whether an origin's certificate is acceptable: a trusted, current chain, and a name that fits (DP-10.1, DP-11.2). The origin
/// sends its chain whole; what is missing is not fetched, for the certificate itself would say where from. Revocation is not asked about.
/// </summary>
internal sealed class OriginTls(OriginClientOptions options)
{
    /// <summary>Extended key usage of servers (RFC 5280, section 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Without a certificate of ours, an origin that insists on one fails the connection (DP-11.8).</summary>
    public SslClientAuthenticationOptions OptionsFor(OriginEndpoint endpoint) => endpoint.Peer?.TlsOptions ?? new()
    {
        TargetHost = endpoint.TlsServerName ?? endpoint.Host,
        EnabledSslProtocols = endpoint.TlsProtocols,
        CipherSuitesPolicy = OriginCiphers.For(endpoint.TlsProtocols),
        ClientCertificateContext = endpoint.ClientCertificate?.Find(),
        CertificateChainPolicy = ChainPolicy(custom: !options.TrustsSystem),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsAcceptable(endpoint, certificate as X509Certificate2, chain, errors),
    };

    /// <summary>False while the endpoint is to be shown a certificate that cannot be had.</summary>
    public static bool HasWhatItShows(OriginEndpoint endpoint) => !endpoint.Tls || endpoint.ClientCertificate is null || endpoint.ClientCertificate.Find() is not null;

    private bool IsAcceptable(OriginEndpoint endpoint, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        var named = !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) || IsFor(certificate, endpoint.Host);
        var trusted = !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) || (options.TrustsSystem && ChainsToAdditionalRoot(certificate, chain));
        return named && trusted;
    }

    private static bool IsFor(X509Certificate2 certificate, string host)
    {
        try
        {
            return certificate.MatchesHostname(host);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // A malformed extension in the certificate, or a host that is no name at all.
            return false;
        }
    }

    /// <summary>The platform takes either its own roots or ours for a chain, so that of both is asked for twice.</summary>
    private bool ChainsToAdditionalRoot(X509Certificate2 certificate, X509Chain? presented)
    {
        if (options.AdditionalRoots.Count == 0)
        {
            return false;
        }

        using var chain = new X509Chain { ChainPolicy = ChainPolicy(custom: true) };
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }

    private X509ChainPolicy ChainPolicy(bool custom)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (custom)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(options.AdditionalRoots);
        }

        return policy;
    }
}
