// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Domain.Certificates;

/// <summary>A certificate that was imported (NB-6.1) or requested or, where it has a name, a server certificate (NB-6.5).</summary>
/// <param name="Certificate">PEM, one certificate; empty for one that was requested and never issued.</param>
/// <param name="Chain">PEM, those between it and its root in order; empty without any.</param>
/// <param name="SealedKey">The private key, encrypted by <see cref="Credentials.SecretSeal"/> for this certificate's id.</param>
internal sealed record CertificateSettings(string Certificate, string Chain, string SealedKey, DateTimeOffset CreatedAt, CertificateDetails Details)
{
    /// <summary>Of a server certificate.</summary>
    public string? Name { get; init; }

    /// <summary>Of a server certificate; begins and ends with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Of a certificate that was requested; null for any other.</summary>
    public Issuance? Issuance { get; init; }

    /// <summary>What an edge is given beside the key.</summary>
    public string Certificates => Certificate + Chain;

    /// <summary>Tells what is held now from what was before.</summary>
    public string Fingerprint => CertificateFingerprint.Of(Certificates);

    public bool IsIssued => Certificate.Length > 0;

    /// <summary>NB-6.4.</summary>
    public string StatusAt(DateTimeOffset moment) => this switch
    {
        { IsIssued: true } => Details.NotAfter <= moment ? CertificateStatus.Expired : CertificateStatus.Issued,
        { Issuance.FailureReason.Length: > 0 } => CertificateStatus.Failed,
        { Issuance.RequestedAt: var asked } when asked + Issuance.Patience <= moment => CertificateStatus.ValidationTimedOut,
        _ => CertificateStatus.PendingValidation,
    };

    /// <summary>One that was asked for and is not there yet: what it will say of itself is what was asked for.</summary>
    public static CertificateSettings Of(Issuance issuance) => new("", "", "", issuance.RequestedAt, CertificateDetails.Of(issuance)) { Issuance = issuance };
}
