// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Distributions;
using Frontier.Decisions.Matching;

namespace Frontier.Control.Domain.Validation;

/// <summary>The certificate that viewers of a distribution are shown (API-10.7, API-10.8, API-10.15, API-10.16, NB-6.1 to NB-6.5).</summary>
internal static class ViewerCertificateValidation
{
    /// <summary>Where server certificates lie that distributions may use (NB-6.5).</summary>
    public const string PathForDistributions = "/cloudfront/";

    /// <summary>API-10.8, but for RSA of 1,024 bits: no TLS library of today serves with such a key.</summary>
    private static readonly ImmutableArray<string> KeyKinds = ["RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"];

    public static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        var certificate = settings.ViewerCertificate;
        var chosen = (certificate.CloudFrontDefault ? 1 : 0) + (certificate.AcmCertificateArn is null ? 0 : 1) + (certificate.IamCertificateId is null ? 0 : 1);
        faults.Require(
            chosen == 1, ApiErrors.InvalidViewerCertificate,
            "Exactly one of CloudFrontDefaultCertificate, ACMCertificateArn and IAMCertificateId must be chosen.");
        if (certificate.CloudFrontDefault)
        {
            faults.Require(
                settings.Aliases.IsEmpty || context.EdgesCertifyAliases, ApiErrors.InvalidViewerCertificate,
                "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name. "
                + "Import one (aws acm import-certificate) or have one issued (aws acm request-certificate) and name it as ACMCertificateArn, or start with --local-certificates true, where a local authority certifies every alias.");
            return;
        }

        faults.Require(certificate.SslSupportMethod is not null, ApiErrors.InvalidViewerCertificate, "The parameter SSLSupportMethod is required with a certificate of your own.");
        faults.Require(
            certificate is not { SslSupportMethod: "sni-only", MinimumProtocolVersion: "SSLv3" }, ApiErrors.InvalidProtocolSettings, ApiErrors.InvalidProtocolSettings.Message);
        faults.Require(
            certificate.SslSupportMethod != "vip" || certificate.MinimumProtocolVersion is "SSLv3" or "TLSv1",
            ApiErrors.InvalidMinimumProtocolVersion, ApiErrors.InvalidMinimumProtocolVersion.Message);
        if (chosen == 1 && FindFault(settings, context) is { } fault)
        {
            faults.Add(ApiErrors.InvalidViewerCertificate, fault);
        }
    }

    public static bool IsForDistributions(string path) => path.StartsWith(PathForDistributions, StringComparison.Ordinal);

    /// <summary>Why viewers of these aliases cannot be shown a certificate; null when they can.</summary>
    public static string? FindFault(CertificateDetails details, ImmutableArray<string> aliases)
    {
        if (!KeyKinds.Contains(details.KeyAlgorithm))
        {
            return $"The specified SSL certificate has a key of the kind {details.KeyAlgorithm}; use one of {string.Join(", ", KeyKinds)}.";
        }

        if (details.SignatureAlgorithm.StartsWith("SHA1", StringComparison.Ordinal))
        {
            return "The specified SSL certificate is signed with SHA-1, which viewers do not trust; use one that is signed with SHA-256 or better.";
        }

        var uncovered = aliases.Where(alias => !CertificateNames.Cover(details.Names, alias)).ToList();
        return uncovered.Count == 0 ? null
            : "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. "
                + $"(It covers {string.Join(", ", details.Names.Take(5))}{(details.Names.Length > 5 ? ", …" : "")}, and not {string.Join(", ", uncovered.Take(5))}{(uncovered.Count > 5 ? ", …" : "")}; a wildcard stands for one label.)";
    }

    private static string? FindFault(DistributionSettings settings, ValidationContext context)
    {
        const string Doubtful = "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
        var chosen = settings.ViewerCertificate;
        if (chosen.AcmCertificateArn is { } arn && CertificateReference.FindFault(arn, context) is { } fault)
        {
            return $"{Doubtful} ({fault})";
        }

        if (CertificateUses.ForViewers(chosen) is not { } id || context.FindCertificate(id) is not { } certificate || certificate.Settings.Name is null != chosen.AcmCertificateArn is not null)
        {
            return $"{Doubtful} (There is no certificate '{chosen.AcmCertificateArn ?? chosen.IamCertificateId}'. {(chosen.AcmCertificateArn is null ? "IAMCertificateId takes a ServerCertificateId." : "See aws acm list-certificates.")})";
        }

        if (certificate.Settings.Name is not null && !IsForDistributions(certificate.Settings.Path))
        {
            return $"{Doubtful} (The server certificate's path is {certificate.Settings.Path}; distributions use those whose path begins with {PathForDistributions}. Move it with aws iam update-server-certificate --new-path.)";
        }

        // One that has expired on a distribution must not keep it from being changed otherwise.
        var status = certificate.Settings.StatusAt(context.Now);
        return status != CertificateStatus.Issued && !context.HasNow(id)
            ? $"{Doubtful} ({CertificateStatus.WhyNotUsable(status)})"
            : FindFault(certificate.Settings.Details, settings.Aliases);
    }
}
