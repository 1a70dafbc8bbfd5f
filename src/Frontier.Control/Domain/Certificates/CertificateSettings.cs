// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Domain.Certificates;

/// <summary>An imported certificate (NB-6.1) or, where it has a name, a server certificate (NB-6.5).</summary>
/// <param name="Certificate">PEM, one certificate.</param>
/// <param name="Chain">PEM, those between it and its root in order; empty without any.</param>
/// <param name="SealedKey">The private key, encrypted by <see cref="Credentials.SecretSeal"/> for this certificate's id.</param>
internal sealed record CertificateSettings(string Certificate, string Chain, string SealedKey, DateTimeOffset CreatedAt, CertificateDetails Details)
{
    /// <summary>Of a server certificate.</summary>
    public string? Name { get; init; }

    /// <summary>Of a server certificate; begins and ends with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>What an edge is given beside the key.</summary>
    public string Certificates => Certificate + Chain;

    /// <summary>Tells what is held now from what was before.</summary>
    public string Fingerprint => CertificateFingerprint.Of(Certificates);

    /// <summary>NB-6.4, as far as imported certificates have a status.</summary>
    public string StatusAt(DateTimeOffset moment) => Details.NotAfter <= moment ? CertificateStatus.Expired : CertificateStatus.Issued;
}
