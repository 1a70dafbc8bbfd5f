// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Control.Domain.Certificates;

/// <summary>What a certificate says of itself (RFC 5280).</summary>
internal sealed record CertificateDetails
{
    private const string CommonName = "2.5.4.3";

    /// <summary>The common name or, without one, the first alternative name; empty without either.</summary>
    public required string DomainName { get; init; }

    /// <summary>Alternative names of DNS, as the certificate has them.</summary>
    public required ImmutableArray<string> AlternativeNames { get; init; }

    /// <summary>What it is good for (API-10.7): alternative names and common name, lower case.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>As AWS names kinds of key, e.g. <c>RSA_2048</c>; another text for kinds that AWS does not know.</summary>
    public required string KeyAlgorithm { get; init; }

    /// <summary>As AWS names it, e.g. <c>SHA256WITHRSA</c>.</summary>
    public required string SignatureAlgorithm { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Hexadecimal, two digits a byte, colons between.</summary>
    public required string Serial { get; init; }

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    /// <summary>As AWS names them, e.g. <c>DIGITAL_SIGNATURE</c>.</summary>
    public required ImmutableArray<string> KeyUsages { get; init; }

    /// <summary>Object identifiers.</summary>
    public required ImmutableArray<string> ExtendedKeyUsages { get; init; }

    /// <param name="pem">One certificate that was found to be in order.</param>
    public static CertificateDetails Read(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return Of(certificate);
    }

    /// <summary>What a certificate will say that is not there yet.</summary>
    public static CertificateDetails Of(Issuance issuance) => new()
    {
        DomainName = issuance.Names[0],
        AlternativeNames = issuance.Names,
        Names = issuance.Names,
        KeyAlgorithm = issuance.KeyAlgorithm,
        SignatureAlgorithm = "",
        NotBefore = default,
        NotAfter = default,
        Serial = "",
        Subject = "",
        Issuer = "",
        KeyUsages = [],
        ExtendedKeyUsages = [],
    };

    public static CertificateDetails Of(X509Certificate2 certificate)
    {
        var common = CommonNameOf(certificate);
        ImmutableArray<string> alternatives = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static names => names.EnumerateDnsNames())];
        return new CertificateDetails
        {
            DomainName = common ?? (alternatives.IsEmpty ? "" : alternatives[0]),
            AlternativeNames = alternatives,
            Names = [.. (common is null ? alternatives : alternatives.Add(common)).Select(static name => name.ToLowerInvariant()).Distinct()],
            KeyAlgorithm = KeyAlgorithmOf(certificate),
            SignatureAlgorithm = SignatureName(certificate.SignatureAlgorithm),
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            Serial = string.Join(':', Convert.ToHexStringLower(certificate.SerialNumberBytes.Span).Chunk(2).Select(static digits => new string(digits))),
            Subject = certificate.Subject,
            Issuer = certificate.IssuerName.Name,
            KeyUsages = [.. certificate.Extensions.OfType<X509KeyUsageExtension>().SelectMany(static usages => UsageNames(usages.KeyUsages))],
            ExtendedKeyUsages = [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(static usages => usages.EnhancedKeyUsages.Cast<Oid>().Select(static usage => usage.Value ?? ""))],
        };
    }

    private static string? CommonNameOf(X509Certificate2 certificate) => certificate.SubjectName.EnumerateRelativeDistinguishedNames()
        .Where(static name => !name.HasMultipleElements && name.GetSingleElementType().Value == CommonName).Select(static name => name.GetSingleElementValue()).FirstOrDefault(static name => name is { Length: > 0 });

    private static string KeyAlgorithmOf(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            return $"RSA_{rsa.KeySize}";
        }

        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa is null ? certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value ?? "unknown" : CurveName(ecdsa.ExportParameters(includePrivateParameters: false).Curve);
    }

    private static string CurveName(ECCurve curve) => !curve.IsNamed ? "EC_unnamed" : curve.Oid.Value switch
    {
        "1.2.840.10045.3.1.7" => "EC_prime256v1",
        "1.3.132.0.34" => "EC_secp384r1",
        "1.3.132.0.35" => "EC_secp521r1",
        var other => $"EC_{other}",
    };

    /// <summary>The platform says <c>sha256RSA</c> and <c>sha256ECDSA</c>.</summary>
    private static string SignatureName(Oid algorithm) => algorithm.Value switch
    {
        "1.2.840.113549.1.1.5" => "SHA1WITHRSA",
        "1.2.840.113549.1.1.10" => "RSASSA-PSS",
        "1.2.840.113549.1.1.11" => "SHA256WITHRSA",
        "1.2.840.113549.1.1.12" => "SHA384WITHRSA",
        "1.2.840.113549.1.1.13" => "SHA512WITHRSA",
        "1.2.840.10045.4.1" => "SHA1WITHECDSA",
        "1.2.840.10045.4.3.2" => "SHA256WITHECDSA",
        "1.2.840.10045.4.3.3" => "SHA384WITHECDSA",
        "1.2.840.10045.4.3.4" => "SHA512WITHECDSA",
        var other => other ?? "unknown",
    };

    private static IEnumerable<string> UsageNames(X509KeyUsageFlags usages) =>
        new (X509KeyUsageFlags Flag, string Name)[]
        {
            (X509KeyUsageFlags.DigitalSignature, "DIGITAL_SIGNATURE"),
            (X509KeyUsageFlags.NonRepudiation, "NON_REPUDIATION"),
            (X509KeyUsageFlags.KeyEncipherment, "KEY_ENCIPHERMENT"),
            (X509KeyUsageFlags.DataEncipherment, "DATA_ENCIPHERMENT"),
            (X509KeyUsageFlags.KeyAgreement, "KEY_AGREEMENT"),
            (X509KeyUsageFlags.KeyCertSign, "CERTIFICATE_SIGNING"),
            (X509KeyUsageFlags.CrlSign, "CRL_SIGNING"),
            (X509KeyUsageFlags.EncipherOnly, "ENCIPHER_ONLY"),
            (X509KeyUsageFlags.DecipherOnly, "DECIPHER_ONLY"),
        }.Where(usage => usages.HasFlag(usage.Flag)).Select(static usage => usage.Name);
}
