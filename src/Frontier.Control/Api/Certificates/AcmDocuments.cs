// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.Api.Certificates;

/// <summary>ImportCertificateRequest; certificates and key are PEM in base64.</summary>
internal sealed record ImportDocument(string? CertificateArn, byte[]? Certificate, byte[]? PrivateKey, byte[]? CertificateChain, IReadOnlyList<TagDocument?>? Tags);

/// <summary>What names one certificate, and the answer to an import.</summary>
internal sealed record CertificateArnDocument(string? CertificateArn);

/// <summary>AddTagsToCertificateRequest and RemoveTagsFromCertificateRequest.</summary>
internal sealed record TagsChangeDocument(string? CertificateArn, IReadOnlyList<TagDocument?>? Tags);

internal sealed record TagDocument(string? Key, string? Value);

internal sealed record TagListDocument(IReadOnlyList<TagDocument> Tags);

/// <summary>ListCertificatesRequest.</summary>
internal sealed record ListDocument(IReadOnlyList<string?>? CertificateStatuses, FiltersDocument? Includes, string? NextToken, int? MaxItems, string? SortBy, string? SortOrder);

internal sealed record FiltersDocument
{
    [JsonPropertyName("extendedKeyUsage")]
    public IReadOnlyList<string?>? ExtendedKeyUsage { get; init; }

    [JsonPropertyName("keyUsage")]
    public IReadOnlyList<string?>? KeyUsage { get; init; }

    [JsonPropertyName("keyTypes")]
    public IReadOnlyList<string?>? KeyTypes { get; init; }
}

internal sealed record ListedDocument(string? NextToken, IReadOnlyList<SummaryDocument> CertificateSummaryList);

/// <summary>DescribeCertificateResponse.</summary>
internal sealed record DescribedDocument(DetailDocument Certificate);

/// <summary>GetCertificateResponse.</summary>
internal sealed record CertificateTextDocument(string Certificate, string? CertificateChain);

/// <summary>CertificateSummary; times are seconds since 1970.</summary>
internal sealed record SummaryDocument
{
    public required string CertificateArn { get; init; }

    public required string DomainName { get; init; }

    public required IReadOnlyList<string> SubjectAlternativeNameSummaries { get; init; }

    public required bool HasAdditionalSubjectAlternativeNames { get; init; }

    public required string Status { get; init; }

    public required string Type { get; init; }

    public required string KeyAlgorithm { get; init; }

    public required IReadOnlyList<string> KeyUsages { get; init; }

    public required IReadOnlyList<string> ExtendedKeyUsages { get; init; }

    public required bool InUse { get; init; }

    public required string RenewalEligibility { get; init; }

    public long? NotBefore { get; init; }

    public long? NotAfter { get; init; }

    public required double CreatedAt { get; init; }

    public double? IssuedAt { get; init; }

    public double? ImportedAt { get; init; }
}

/// <summary>CertificateDetail; times are seconds since 1970.</summary>
internal sealed record DetailDocument
{
    public required string CertificateArn { get; init; }

    public required string DomainName { get; init; }

    public required IReadOnlyList<string> SubjectAlternativeNames { get; init; }

    /// <summary>Of a certificate that was requested.</summary>
    public IReadOnlyList<ValidationDocument>? DomainValidationOptions { get; init; }

    public string? Serial { get; init; }

    public string? Subject { get; init; }

    public string? Issuer { get; init; }

    public required double CreatedAt { get; init; }

    public double? IssuedAt { get; init; }

    public double? ImportedAt { get; init; }

    public required string Status { get; init; }

    /// <summary>Also of a certificate that is still tried for, unlike at ACM: what went wrong last.</summary>
    public string? FailureReason { get; init; }

    public long? NotBefore { get; init; }

    public long? NotAfter { get; init; }

    public required string KeyAlgorithm { get; init; }

    public string? SignatureAlgorithm { get; init; }

    /// <summary>ARNs of distributions.</summary>
    public required IReadOnlyList<string> InUseBy { get; init; }

    public required string Type { get; init; }

    public RenewalDocument? RenewalSummary { get; init; }

    public required IReadOnlyList<KeyUsageDocument> KeyUsages { get; init; }

    public required IReadOnlyList<ExtendedKeyUsageDocument> ExtendedKeyUsages { get; init; }

    public required string RenewalEligibility { get; init; }

    public required CertificateOptionsDocument Options { get; init; }
}

/// <summary>DomainValidation.</summary>
internal sealed record ValidationDocument(string DomainName, string ValidationDomain, string ValidationStatus, ResourceRecordDocument ResourceRecord, string ValidationMethod);

internal sealed record ResourceRecordDocument(string Name, string Type, string Value);

/// <summary>RenewalSummary.</summary>
internal sealed record RenewalDocument(string RenewalStatus, IReadOnlyList<ValidationDocument> DomainValidationOptions, string? RenewalStatusReason, double UpdatedAt);

/// <summary>RequestCertificateRequest.</summary>
internal sealed record RequestDocument
{
    public string? DomainName { get; init; }

    public IReadOnlyList<string?>? SubjectAlternativeNames { get; init; }

    public string? ValidationMethod { get; init; }

    public string? IdempotencyToken { get; init; }

    /// <summary>Where mail for validation goes, by domain.</summary>
    public IReadOnlyList<MailDomainDocument?>? DomainValidationOptions { get; init; }

    public RequestOptionsDocument? Options { get; init; }

    public string? CertificateAuthorityArn { get; init; }

    public IReadOnlyList<TagDocument?>? Tags { get; init; }

    public string? KeyAlgorithm { get; init; }

    public string? ManagedBy { get; init; }
}

internal sealed record MailDomainDocument(string? DomainName, string? ValidationDomain);

internal sealed record RequestOptionsDocument(string? CertificateTransparencyLoggingPreference, string? Export);

internal sealed record KeyUsageDocument(string Name);

internal sealed record ExtendedKeyUsageDocument(string Name, [property: JsonPropertyName("OID")] string Oid);

internal sealed record CertificateOptionsDocument(string CertificateTransparencyLoggingPreference);

internal sealed record EmptyDocument;

internal sealed record TargetErrorDocument([property: JsonPropertyName("__type")] string Type, [property: JsonPropertyName("message")] string Message);
