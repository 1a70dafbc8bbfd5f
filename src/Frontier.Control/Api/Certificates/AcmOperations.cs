// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api.Tags;
using Frontier.Control.Auditing;
using Frontier.Control.Credentials;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Certificates;

/// <summary>The API of AWS Certificate Manager, as far as certificates are imported (<c>neighbours.md</c> §6).</summary>
internal sealed class AcmOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options, TimeProvider time)
{
    private static readonly CertificateErrors Errors = new(AcmErrors.NotFound, AcmErrors.InUse, AcmErrors.LimitExceeded, AcmErrors.Validation, AcmErrors.Validation);

    private readonly CertificatePlans _plans = new(ResourceKind.Certificate, Errors, new SecretSeal(options.SecretsKey));

    /// <summary>Every operation that is built; others are refused by name.</summary>
    public NamedOperations Table => new("acm",
    [
        ("ImportCertificate", ImportAsync),
        ("DescribeCertificate", DescribeAsync),
        ("GetCertificate", GetAsync),
        ("ListCertificates", ListAsync),
        ("DeleteCertificate", DeleteAsync),
        ("AddTagsToCertificate", AddTagsAsync),
        ("RemoveTagsFromCertificate", RemoveTagsAsync),
        ("ListTagsForCertificate", ListTagsAsync),
    ]);

    private async Task<ApiResponse> ImportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Read(request, AcmJson.Default.ImportDocument).Failed(out var error, out var document))
        {
            return error;
        }

        if (document is not { Certificate: { } certificate, PrivateKey: { } privateKey })
        {
            return AcmErrors.Validation.Saying("Certificate and PrivateKey are required.");
        }

        var fault = CertificateParts.TryRead(Text(certificate), document.CertificateChain is { } chain ? Text(chain) : null, Text(privateKey), time.GetUtcNow(), out var parts);
        if (fault is not null)
        {
            return AcmErrors.Validation.Saying(fault.Message);
        }

        if (document.CertificateArn is { } arn)
        {
            return document.Tags is { Count: > 0 }
                ? AcmErrors.InvalidParameter.Saying("Tags cannot be given where a certificate is imported again. Use AddTagsToCertificate.")
                : await ReimportAsync(arn, parts!, cancellationToken);
        }

        if (ReadTags(document.Tags).Failed(out error, out var tags))
        {
            return error;
        }

        var id = ResourceIds.NewCertificateId();
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, id, parts!, null, "/", [.. tags], options.Quotas.Certificates, time.GetUtcNow()), cancellationToken);
        return changed.Failed(out error, out _) ? error : Respond(new CertificateArnDocument(ArnOf(id)), AcmJson.Default.CertificateArnDocument);
    }

    private async Task<ApiResponse> ReimportAsync(string arn, CertificateParts parts, CancellationToken cancellationToken)
    {
        if (ReadArn(arn).Failed(out var error, out var id))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanReimport(catalogue, id, parts), cancellationToken);
        return changed.Failed(out error, out _) ? error : Respond(new CertificateArnDocument(arn), AcmJson.Default.CertificateArnDocument);
    }

    private async Task<ApiResponse> DescribeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var catalogue = await loader.LoadAsync(cancellationToken);
        return Find(request, catalogue).Failed(out var error, out var certificate)
            ? error
            : Respond(new DescribedDocument(ToDetail(certificate, catalogue)), AcmJson.Default.DescribedDocument);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Find(request, await loader.LoadAsync(cancellationToken)).Failed(out var error, out var certificate)
            ? error
            : Respond(new CertificateTextDocument(certificate.Settings.Certificate, certificate.Settings.Chain.Length == 0 ? null : certificate.Settings.Chain), AcmJson.Default.CertificateTextDocument);

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Read(request, AcmJson.Default.ListDocument).Failed(out var error, out var document) || CertificateListing.Read(document).Failed(out error, out var listing))
        {
            return error;
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (listing.Page(catalogue.Certificates, now).Failed(out error, out var page))
        {
            return error;
        }

        var used = catalogue.Distributions.SelectMany(static distribution => CertificateUses.Of(distribution.Settings)).ToHashSet(StringComparer.Ordinal);
        return Respond(new ListedDocument(page.Next, [.. page.Items.Select(item => ToSummary(item, used.Contains(item.Id), now))]), AcmJson.Default.ListedDocument);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, certificate => certificate.Id == id), cancellationToken);
        return changed.Failed(out error, out _) ? error : Empty();
    }

    private async Task<ApiResponse> AddTagsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadTagsChange(request).Failed(out var error, out var change))
        {
            return error;
        }

        return ReadTags(change.Tags).Failed(out error, out var tags) ? error : await ChangeTagsAsync(change.Id, [.. tags], [], cancellationToken);
    }

    /// <summary>A tag that is named with a value goes only if it has that value.</summary>
    private async Task<ApiResponse> RemoveTagsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadTagsChange(request).Failed(out var error, out var change))
        {
            return error;
        }

        if (await store.ReadTagsAsync(ResourceKind.Certificate, change.Id, cancellationToken) is not { } present)
        {
            return AcmErrors.NotFound;
        }

        var gone = change.Tags.OfType<TagDocument>().Where(tag => tag.Key is not null && present.Any(old => old.Key == tag.Key && (tag.Value is null || tag.Value == old.Value))).Select(static tag => tag.Key!);
        return await ChangeTagsAsync(change.Id, [], [.. gone], cancellationToken);
    }

    private async Task<ApiResponse> ListTagsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        return await store.ReadTagsAsync(ResourceKind.Certificate, id, cancellationToken) is { } tags
            ? Respond(new TagListDocument([.. tags.Select(static tag => new TagDocument(tag.Key, tag.Value))]), AcmJson.Default.TagListDocument)
            : AcmErrors.NotFound;
    }

    private async Task<ApiResponse> ChangeTagsAsync(string id, ImmutableArray<TagRow> set, ImmutableArray<string> remove, CancellationToken cancellationToken)
    {
        var change = new TagChange(ResourceKind.Certificate, id, set, remove, options.Quotas.TagsPerResource) { Audit = AuditScope.Current };
        return await store.ChangeTagsAsync(change, cancellationToken) switch
        {
            TagOutcome.Applied => Empty(),
            TagOutcome.NotFound => AcmErrors.NotFound,
            TagOutcome.TooMany => AcmErrors.TooManyTags.Saying($"A certificate may have at most {options.Quotas.TagsPerResource} tags."),
        };
    }

    private static Outcome<T> Read<T>(ApiRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Length == 0 ? "{}"u8 : request.Body.Span, type) is { } document ? document : AcmErrors.Validation.Saying("The body is null.");
        }
        catch (JsonException error)
        {
            return AcmErrors.Validation.Saying($"The body is not the JSON of this operation: {error.Message}");
        }
    }

    private static string Text(byte[] pem) => Encoding.UTF8.GetString(pem);

    private static ApiResponse Respond<T>(T document, JsonTypeInfo<T> type) =>
        new() { Content = new ApiContent(JsonSerializer.SerializeToUtf8Bytes(document, type), TargetErrorForm.ContentType) };

    private static ApiResponse Empty() => Respond(new EmptyDocument(), AcmJson.Default.EmptyDocument);

    private static double ToSeconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1_000.0;

    private SummaryDocument ToSummary(Resource<CertificateSettings> certificate, bool inUse, DateTimeOffset now)
    {
        const int MostNames = 100; // as ACM shows; the rest is told to exist
        var (settings, details) = (certificate.Settings, certificate.Settings.Details);
        return new SummaryDocument
        {
            CertificateArn = ArnOf(certificate.Id),
            DomainName = details.DomainName,
            SubjectAlternativeNameSummaries = [.. details.AlternativeNames.Take(MostNames)],
            HasAdditionalSubjectAlternativeNames = details.AlternativeNames.Length > MostNames,
            Status = settings.StatusAt(now),
            KeyAlgorithm = details.KeyAlgorithm,
            KeyUsages = details.KeyUsages,
            ExtendedKeyUsages = [.. details.ExtendedKeyUsages.Select(ExtendedKeyUsageNames.Of)],
            InUse = inUse,
            NotBefore = details.NotBefore.ToUnixTimeSeconds(),
            NotAfter = details.NotAfter.ToUnixTimeSeconds(),
            CreatedAt = ToSeconds(settings.CreatedAt),
            ImportedAt = ToSeconds(certificate.Time),
        };
    }

    private DetailDocument ToDetail(Resource<CertificateSettings> certificate, Catalogue catalogue)
    {
        var (settings, details) = (certificate.Settings, certificate.Settings.Details);
        return new DetailDocument
        {
            CertificateArn = ArnOf(certificate.Id),
            DomainName = details.DomainName,
            SubjectAlternativeNames = details.AlternativeNames,
            Serial = details.Serial,
            Subject = details.Subject,
            Issuer = details.Issuer,
            CreatedAt = ToSeconds(settings.CreatedAt),
            ImportedAt = ToSeconds(certificate.Time),
            Status = settings.StatusAt(time.GetUtcNow()),
            NotBefore = details.NotBefore.ToUnixTimeSeconds(),
            NotAfter = details.NotAfter.ToUnixTimeSeconds(),
            KeyAlgorithm = details.KeyAlgorithm,
            SignatureAlgorithm = details.SignatureAlgorithm,
            InUseBy = [.. catalogue.UsersOfCertificate(certificate.Id).Select(user => Arn.OfDistribution(options.AccountId, user.Id))],
            KeyUsages = [.. details.KeyUsages.Select(static name => new KeyUsageDocument(name))],
            ExtendedKeyUsages = [.. details.ExtendedKeyUsages.Select(static oid => new ExtendedKeyUsageDocument(ExtendedKeyUsageNames.Of(oid), oid))],
        };
    }

    private string ArnOf(string id) => CertificateArn.Of(options.AccountId, id);

    private Outcome<string> ReadArn(string? arn) =>
        !CertificateArn.TryParse(arn, out var region, out var account, out var id) ? AcmErrors.InvalidArn.Saying($"'{arn}' is not the ARN of a certificate: arn:aws:acm:{CertificateArn.Region}:{options.AccountId}:certificate/id.")
        : region != CertificateArn.Region || account != options.AccountId || id.Contains('\0', StringComparison.Ordinal) ? AcmErrors.NotFound.Saying($"Could not find certificate {arn}.")
        : id;

    private Outcome<string> ReadId(ApiRequest request) =>
        Read(request, AcmJson.Default.CertificateArnDocument).Failed(out var error, out var document) ? error : ReadArn(document.CertificateArn);

    private Outcome<Resource<CertificateSettings>> Find(ApiRequest request, Catalogue catalogue)
    {
        if (ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        return catalogue.Certificates.FirstOrDefault(certificate => certificate.Id == id) is { } found ? found : AcmErrors.NotFound.Saying($"Could not find certificate {ArnOf(id)}.");
    }

    private Outcome<TagsChange> ReadTagsChange(ApiRequest request)
    {
        if (Read(request, AcmJson.Default.TagsChangeDocument).Failed(out var error, out var document) || ReadArn(document.CertificateArn).Failed(out error, out var id))
        {
            return error;
        }

        return document.Tags is { Count: > 0 } tags ? new TagsChange(id, tags) : AcmErrors.Validation.Saying("Tags must name at least one tag.");
    }

    private Outcome<IReadOnlyList<TagRow>> ReadTags(IReadOnlyList<TagDocument?>? tags)
    {
        TagRow[] rows = [.. (tags ?? []).Select(static tag => new TagRow(tag?.Key ?? "", tag?.Value ?? ""))];
        return TagRules.Check(rows, options.Quotas.TagsPerResource) is { } fault ? AcmErrors.InvalidTag.Saying(fault.Message) : rows;
    }

    private sealed record TagsChange(string Id, IReadOnlyList<TagDocument?> Tags);
}
