// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Certificates;

/// <summary>The API of AWS Certificate Manager, as far as it is spoken (<c>neighbours.md</c> §6).</summary>
/// <param name="requests">Those of its operations that ask an authority for something.</param>
internal sealed class AcmOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, CertificatePlans plans, RequestOperations requests, ControlOptions options, TimeProvider time)
{
    private readonly AcmNames _names = new(options);
    private readonly AcmDescriptions _descriptions = new(options);

    /// <summary>Every operation that is built; others are refused by name.</summary>
    public NamedOperations Table => new("acm",
    [
        ("ImportCertificate", ImportAsync),
        ("RequestCertificate", requests.RequestAsync),
        ("RenewCertificate", requests.RenewAsync),
        ("ResendValidationEmail", RequestOperations.ResendAsync),
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
        if (AcmBody.Read(request, AcmJson.Default.ImportDocument).Failed(out var error, out var document))
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

        if (_names.ReadTags(document.Tags).Failed(out error, out var tags))
        {
            return error;
        }

        var id = ResourceIds.NewCertificateId();
        var changed = await publisher.ChangeAsync(catalogue => plans.PlanCreate(catalogue, id, parts!, null, "/", [.. tags], options.Quotas.Certificates, time.GetUtcNow()), cancellationToken);
        return changed.Failed(out error, out _) ? error : AcmBody.Respond(new CertificateArnDocument(_names.ArnOf(id)), AcmJson.Default.CertificateArnDocument);
    }

    private async Task<ApiResponse> ReimportAsync(string arn, CertificateParts parts, CancellationToken cancellationToken)
    {
        if (_names.ReadArn(arn).Failed(out var error, out var id))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => plans.PlanReimport(catalogue, id, parts), cancellationToken);
        return changed.Failed(out error, out _) ? error : AcmBody.Respond(new CertificateArnDocument(arn), AcmJson.Default.CertificateArnDocument);
    }

    private async Task<ApiResponse> DescribeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var catalogue = await loader.LoadAsync(cancellationToken);
        return Find(request, catalogue).Failed(out var error, out var certificate)
            ? error
            : AcmBody.Respond(new DescribedDocument(_descriptions.Describe(certificate, catalogue, time.GetUtcNow())), AcmJson.Default.DescribedDocument);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Find(request, await loader.LoadAsync(cancellationToken)).Failed(out var error, out var certificate) ? error
            : !certificate.Settings.IsIssued ? AcmErrors.RequestInProgress
            : AcmBody.Respond(new CertificateTextDocument(certificate.Settings.Certificate, certificate.Settings.Chain.Length == 0 ? null : certificate.Settings.Chain), AcmJson.Default.CertificateTextDocument);

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (AcmBody.Read(request, AcmJson.Default.ListDocument).Failed(out var error, out var document) || CertificateListing.Read(document).Failed(out error, out var listing))
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
        return AcmBody.Respond(new ListedDocument(page.Next, [.. page.Items.Select(item => _descriptions.Summarize(item, used.Contains(item.Id), now))]), AcmJson.Default.ListedDocument);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (_names.ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => plans.PlanDelete(catalogue, certificate => certificate.Id == id), cancellationToken);
        return changed.Failed(out error, out _) ? error : AcmBody.Empty();
    }

    private async Task<ApiResponse> AddTagsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadTagsChange(request).Failed(out var error, out var change))
        {
            return error;
        }

        return _names.ReadTags(change.Tags).Failed(out error, out var tags) ? error : await ChangeTagsAsync(change.Id, [.. tags], [], cancellationToken);
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
        if (_names.ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        return await store.ReadTagsAsync(ResourceKind.Certificate, id, cancellationToken) is { } tags
            ? AcmBody.Respond(new TagListDocument([.. tags.Select(static tag => new TagDocument(tag.Key, tag.Value))]), AcmJson.Default.TagListDocument)
            : AcmErrors.NotFound;
    }

    private async Task<ApiResponse> ChangeTagsAsync(string id, ImmutableArray<TagRow> set, ImmutableArray<string> remove, CancellationToken cancellationToken)
    {
        var change = new TagChange(ResourceKind.Certificate, id, set, remove, options.Quotas.TagsPerResource) { Audit = AuditScope.Current };
        return await store.ChangeTagsAsync(change, cancellationToken) switch
        {
            TagOutcome.Applied => AcmBody.Empty(),
            TagOutcome.NotFound => AcmErrors.NotFound,
            TagOutcome.TooMany => AcmErrors.TooManyTags.Saying($"A certificate may have at most {options.Quotas.TagsPerResource} tags."),
        };
    }

    private static string Text(byte[] pem) => Encoding.UTF8.GetString(pem);

    private Outcome<Resource<CertificateSettings>> Find(ApiRequest request, Catalogue catalogue)
    {
        if (_names.ReadId(request).Failed(out var error, out var id))
        {
            return error;
        }

        return catalogue.Certificates.FirstOrDefault(certificate => certificate.Id == id) is { } found ? found : AcmErrors.NotFound.Saying($"Could not find certificate {_names.ArnOf(id)}.");
    }

    private Outcome<TagsChange> ReadTagsChange(ApiRequest request)
    {
        if (AcmBody.Read(request, AcmJson.Default.TagsChangeDocument).Failed(out var error, out var document) || _names.ReadArn(document.CertificateArn).Failed(out error, out var id))
        {
            return error;
        }

        return document.Tags is { Count: > 0 } tags ? new TagsChange(id, tags) : AcmErrors.Validation.Saying("Tags must name at least one tag.");
    }

    private sealed record TagsChange(string Id, IReadOnlyList<TagDocument?> Tags);
}
