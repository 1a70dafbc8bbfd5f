// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using Frontier.Control.Acme;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Names;
using Frontier.Control.Publishing;

namespace Frontier.Control.Api.Certificates;

/// <summary>ACM's operations that have certificates issued (NB-6.5): by the authority of <see cref="ControlOptions.Acme"/>, with the edges as witnesses.</summary>
internal sealed partial class RequestOperations(Publisher publisher, CertificatePlans plans, CertificateOrders orders, ControlOptions options, TimeProvider time)
{
    /// <summary>Of one certificate, its own name included; as ACM and Let's Encrypt have it.</summary>
    private const int MostNames = 100;

    private const int LongestName = 253;
    private const int LongestToken = 32;

    /// <summary>For how long a token stands for the request that it came with, as at ACM.</summary>
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly AcmNames _names = new(options);

    public async Task<ApiResponse> RequestAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (AcmBody.Read(request, AcmJson.Default.RequestDocument).Failed(out var error, out var document)
            || ReadIssuance(document).Failed(out error, out var issuance)
            || _names.ReadTags(document.Tags).Failed(out error, out var tags))
        {
            return error;
        }

        string? existing = null;
        var id = ResourceIds.NewCertificateId();
        var changed = await publisher.ChangeAsync(
            catalogue =>
            {
                existing = FindRepeated(catalogue, issuance);
                return existing is null ? plans.PlanRequest(catalogue, id, issuance, [.. tags], options.Quotas.Certificates) : AcmErrors.RequestInProgress;
            },
            cancellationToken);
        if (existing is null && changed.Failed(out error, out _))
        {
            return error;
        }

        orders.Wake();
        return AcmBody.Respond(new CertificateArnDocument(_names.ArnOf(existing ?? id)), AcmJson.Default.CertificateArnDocument);
    }

    /// <summary>Renews now what would be renewed later. ACM asks that a distribution uses it; here anybody may try.</summary>
    public async Task<ApiResponse> RenewAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (_names.ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(
            catalogue =>
            {
                if (catalogue.Certificates.FirstOrDefault(certificate => certificate.Id == id) is not { } current)
                {
                    return AcmErrors.NotFound.Saying($"Could not find certificate {_names.ArnOf(id)}.");
                }

                return FindObstacle(current.Settings) is { } obstacle
                    ? obstacle
                    : plans.PlanIssuance(catalogue, id, current.ETag, current.Settings.Issuance! with { IsRenewalAsked = true, NextAt = time.GetUtcNow() }, null);
            },
            cancellationToken);
        if (changed.Failed(out error, out _))
        {
            return error;
        }

        orders.Wake();
        return AcmBody.Empty();
    }

    /// <summary>Nobody is written to: a name is seen to reach the edges, or it is not.</summary>
    public static Task<ApiResponse> ResendAsync(ApiRequest request, CancellationToken cancellationToken) => Task.FromResult<ApiResponse>(AcmErrors.InvalidState);

    [GeneratedRegex(@"^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostNameForm { get; }

    [GeneratedRegex(@"^\w+\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenForm { get; }

    private static ApiError? FindObstacle(CertificateSettings settings) =>
        settings.Issuance is null ? AcmErrors.Validation.Saying("The certificate was imported, and is renewed by another import: aws acm import-certificate --certificate-arn.")
        : !settings.IsIssued ? AcmErrors.RequestInProgress
        : null;

    private Outcome<Issuance> ReadIssuance(RequestDocument document)
    {
        if (options.Acme is null)
        {
            return AcmErrors.Validation.Saying(
                "RequestCertificate needs an authority that issues certificates. Start with --acme-directory, such as --acme-directory letsencrypt, or import a certificate: aws acm import-certificate.");
        }

        if (FindUnsupported(document) is { } unsupported)
        {
            return unsupported;
        }

        if (document.IdempotencyToken is { } token && (token.Length > LongestToken || !TokenForm.IsMatch(token)))
        {
            return AcmErrors.Validation.Saying($"IdempotencyToken must have 1 to {LongestToken} letters, digits and _.");
        }

        var algorithm = document.KeyAlgorithm ?? SigningRequest.Rsa;
        if (!SigningRequest.KeyAlgorithms.Contains(algorithm))
        {
            return AcmErrors.InvalidParameter.Saying($"KeyAlgorithm {algorithm} is not supported; use one of {string.Join(", ", SigningRequest.KeyAlgorithms)}.");
        }

        string[] names = [.. new[] { document.DomainName }.Concat(document.SubjectAlternativeNames ?? []).Select(static name => (name ?? "").TrimEnd('.').ToLowerInvariant()).Distinct()];
        if (names.Length > MostNames)
        {
            return AcmErrors.LimitExceeded.Saying($"A certificate may have at most {MostNames} names.");
        }

        if (names.FirstOrDefault(static name => name.StartsWith("*.", StringComparison.Ordinal)) is { } wildcard)
        {
            return AcmErrors.InvalidParameter.Saying(
                $"'{wildcard}' is a wildcard, which authorities issue only where DNS proves it (DNS-01), and that is not supported. Name each host, or import a certificate: aws acm import-certificate.");
        }

        if (names.FirstOrDefault(static name => name.Length > LongestName || !HostNameForm.IsMatch(name)) is { } bad)
        {
            return AcmErrors.Validation.Saying($"'{bad}' is not a host name such as www.example.com. Names of other scripts are given in their form xn--….");
        }

        var now = time.GetUtcNow();
        return new Issuance { Names = [.. names], KeyAlgorithm = algorithm, IdempotencyToken = document.IdempotencyToken ?? "", RequestedAt = now, NextAt = now };
    }

    /// <summary>What would be ignored is refused by its name.</summary>
    private static ApiError? FindUnsupported(RequestDocument document) => document switch
    {
        { ValidationMethod: not (null or "DNS") } => AcmErrors.InvalidParameter.Saying(
            $"ValidationMethod {document.ValidationMethod} is not supported. Use DNS, or leave it out: edges show by themselves that the names reach them."),
        { DomainValidationOptions.Count: > 0 } => AcmErrors.InvalidValidationOptions,
        { CertificateAuthorityArn: not null } => AcmErrors.InvalidParameter.Saying("CertificateAuthorityArn is not supported: the authority is that of --acme-directory."),
        { ManagedBy: not null } => AcmErrors.InvalidParameter.Saying("ManagedBy is not supported."),
        { Options.CertificateTransparencyLoggingPreference: not (null or "ENABLED") } => AcmErrors.InvalidParameter.Saying(
            "CertificateTransparencyLoggingPreference cannot be changed: authorities log what they issue. Leave it out."),
        { Options.Export: not (null or "DISABLED") } => AcmErrors.InvalidParameter.Saying("Options.Export is not supported: keys leave the control plane for edges alone."),
        _ => null,
    };

    /// <summary>The certificate of the same request, made with the same token a short while ago.</summary>
    private static string? FindRepeated(Catalogue catalogue, Issuance issuance) => issuance.IdempotencyToken.Length == 0 ? null : catalogue.Certificates.FirstOrDefault(certificate =>
        certificate.Settings.Issuance is { } other && other.IdempotencyToken == issuance.IdempotencyToken && other.RequestedAt + TokenLifetime > issuance.RequestedAt
        && other.KeyAlgorithm == issuance.KeyAlgorithm && other.Names.SequenceEqual(issuance.Names, StringComparer.Ordinal))?.Id;
}
