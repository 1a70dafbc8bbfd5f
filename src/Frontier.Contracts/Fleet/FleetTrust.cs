// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Contracts.Fleet;

/// <summary>
/// The authorities by which processes of one fleet know each other, and no others: those of the system count for nothing here.
/// A fleet has one; while it changes to another, two (decision 23). Thread-safe.
/// </summary>
/// <param name="authorities">Their certificates.</param>
public sealed class FleetTrust(ImmutableArray<X509Certificate2> authorities)
{
    public ImmutableArray<X509Certificate2> Authorities => authorities;

    /// <summary>What tokens name an authority by: the SHA-256 of its certificate, 64 hexadecimal digits.</summary>
    public static string FingerprintOf(X509Certificate2 authority) => authority.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>Whom a certificate is about; null where none of the authorities made it, or it is not valid at that moment.</summary>
    public FleetName? Read(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // who was removed is known by name (decision 23)
                DisableCertificateDownloads = true,
                VerificationTimeIgnored = false,
                VerificationTime = now.UtcDateTime,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.ToArray());
        return chain.Build(certificate) ? FleetName.Of(certificate) : null;
    }

    /// <summary>The same for what a handshake brings, which may be nothing.</summary>
    public FleetName? Read(X509Certificate? certificate, DateTimeOffset now) => certificate is X509Certificate2 shown ? Read(shown, now) : null;
}
