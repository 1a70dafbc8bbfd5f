// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>The authorities whose certificates of viewers count. Two of them are the same store if they are the same object. Not changed once it is made, so any thread may read it.</summary>
public sealed class TrustStoreModel
{
    private TrustStoreModel(string id, X509Certificate2Collection certificates)
    {
        Id = id;
        foreach (var certificate in certificates)
        {
            (IsSelfIssued(certificate) ? Roots : Intermediates).Add(certificate);
        }
    }

    public string Id { get; }

    /// <summary>Where a chain may end.</summary>
    public X509Certificate2Collection Roots { get; } = [];

    /// <summary>What a viewer need not send.</summary>
    public X509Certificate2Collection Intermediates { get; } = [];

    /// <summary>False when a text is no certificate, or no certificate is its own issuer's.</summary>
    public static bool TryCreate(TrustStoreConfig config, [NotNullWhen(true)] out TrustStoreModel? store)
    {
        store = null;
        var certificates = new X509Certificate2Collection();
        try
        {
            foreach (var text in config.Certificates)
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text)));
            }
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return false;
        }

        var made = new TrustStoreModel(config.Id, certificates);
        store = made.Roots.Count > 0 ? made : null;
        return store is not null;
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
