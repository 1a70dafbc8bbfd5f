// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;

namespace Frontier.Control.Api.Certificates;

/// <summary>What ACM's API tells of certificates.</summary>
internal sealed class AcmDescriptions(ControlOptions options)
{
    private const int MostNames = 100; // as ACM shows in lists; the rest is told to exist
    private const string Eligible = "ELIGIBLE";
    private const string Ineligible = "INELIGIBLE";

    private readonly AcmNames _names = new(options);

    public SummaryDocument Summarize(Resource<CertificateSettings> certificate, bool inUse, DateTimeOffset now)
    {
        var (settings, details) = (certificate.Settings, certificate.Settings.Details);
        return new SummaryDocument
        {
            CertificateArn = _names.ArnOf(certificate.Id),
            DomainName = details.DomainName,
            SubjectAlternativeNameSummaries = [.. details.AlternativeNames.Take(MostNames)],
            HasAdditionalSubjectAlternativeNames = details.AlternativeNames.Length > MostNames,
            Status = settings.StatusAt(now),
            Type = TypeOf(settings),
            KeyAlgorithm = details.KeyAlgorithm,
            KeyUsages = details.KeyUsages,
            ExtendedKeyUsages = [.. details.ExtendedKeyUsages.Select(ExtendedKeyUsageNames.Of)],
            InUse = inUse,
            RenewalEligibility = settings.Issuance is not null && settings.IsIssued && inUse ? Eligible : Ineligible,
            NotBefore = settings.IsIssued ? details.NotBefore.ToUnixTimeSeconds() : null,
            NotAfter = settings.IsIssued ? details.NotAfter.ToUnixTimeSeconds() : null,
            CreatedAt = ToSeconds(settings.CreatedAt),
            IssuedAt = ToSeconds(settings.Issuance?.IssuedAt),
            ImportedAt = settings.Issuance is null ? ToSeconds(certificate.Time) : null,
        };
    }

    public DetailDocument Describe(Resource<CertificateSettings> certificate, Catalogue catalogue, DateTimeOffset now)
    {
        var (settings, details) = (certificate.Settings, certificate.Settings.Details);
        string[] users = [.. catalogue.UsersOfCertificate(certificate.Id).Select(user => Arn.OfDistribution(options.AccountId, user.Id))];
        return new DetailDocument
        {
            CertificateArn = _names.ArnOf(certificate.Id),
            DomainName = details.DomainName,
            SubjectAlternativeNames = details.AlternativeNames,
            DomainValidationOptions = settings.Issuance is { } issuance ? Validations(issuance, Validated(settings, now)) : null,
            Serial = NonEmpty(details.Serial),
            Subject = NonEmpty(details.Subject),
            Issuer = NonEmpty(details.Issuer),
            CreatedAt = ToSeconds(settings.CreatedAt),
            IssuedAt = ToSeconds(settings.Issuance?.IssuedAt),
            ImportedAt = settings.Issuance is null ? ToSeconds(certificate.Time) : null,
            Status = settings.StatusAt(now),
            FailureReason = settings is { IsIssued: false, Issuance.Problem: { Length: > 0 } problem } ? problem : null,
            NotBefore = settings.IsIssued ? details.NotBefore.ToUnixTimeSeconds() : null,
            NotAfter = settings.IsIssued ? details.NotAfter.ToUnixTimeSeconds() : null,
            KeyAlgorithm = details.KeyAlgorithm,
            SignatureAlgorithm = NonEmpty(details.SignatureAlgorithm),
            InUseBy = users,
            Type = TypeOf(settings),
            RenewalSummary = Renewal(settings),
            KeyUsages = [.. details.KeyUsages.Select(static name => new KeyUsageDocument(name))],
            ExtendedKeyUsages = [.. details.ExtendedKeyUsages.Select(static oid => new ExtendedKeyUsageDocument(ExtendedKeyUsageNames.Of(oid), oid))],
            RenewalEligibility = settings.Issuance is not null && settings.IsIssued && users.Length > 0 ? Eligible : Ineligible,
            Options = new CertificateOptionsDocument(settings.Issuance is null ? "DISABLED" : "ENABLED"),
        };
    }

    private static string TypeOf(CertificateSettings settings) => settings.Issuance is null ? "IMPORTED" : "AMAZON_ISSUED";

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;

    private static double ToSeconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1_000.0;

    private static double? ToSeconds(DateTimeOffset? moment) => moment is { } at ? ToSeconds(at) : null;

    /// <summary>Of the first issue: who waits for a certificate waits for this word.</summary>
    private static string Validated(CertificateSettings settings, DateTimeOffset now) => settings.StatusAt(now) switch
    {
        CertificateStatus.PendingValidation => "PENDING_VALIDATION",
        CertificateStatus.Failed or CertificateStatus.ValidationTimedOut => "FAILED",
        _ => "SUCCESS",
    };

    /// <summary>What a renewal that is under way, or was tried in vain, has come to; null before the first.</summary>
    private RenewalDocument? Renewal(CertificateSettings settings) => settings switch
    {
        { IsIssued: true, Issuance: { } issuance } when issuance.Order is not null || issuance.IsRenewalAsked || issuance.Problem.Length > 0 => new RenewalDocument(
            issuance.Problem.Length > 0 ? "PENDING_VALIDATION" : "PENDING_AUTO_RENEWAL", Validations(issuance, "PENDING_VALIDATION"), NonEmpty(issuance.Problem), ToSeconds(issuance.ProblemAt ?? issuance.NextAt)),
        { IsIssued: true, Issuance: { IssuedAt: { } issued } issuance } when issuance.Renewals > 0 => new RenewalDocument("SUCCESS", Validations(issuance, "SUCCESS"), null, ToSeconds(issued)),
        _ => null,
    };

    /// <summary>
    /// The edges show themselves that a name reaches them, so nothing has to be put into DNS but the name itself. The record is there for tools that
    /// wait for one and make it: it does no harm, and nobody looks for it.
    /// </summary>
    private IReadOnlyList<ValidationDocument> Validations(Issuance issuance, string status) =>
    [
        .. issuance.Names.Select(name => new ValidationDocument(
            name, name, status, new ResourceRecordDocument($"_{Digest(name)}.{name}.", "CNAME", $"_{Digest($"{options.AccountId} {name}")}.acm-validations.{options.Domain}."), "DNS")),
    ];

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
