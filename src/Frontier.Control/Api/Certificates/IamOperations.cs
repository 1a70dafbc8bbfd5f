// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Frontier.Control.Api.Tags;
using Frontier.Control.Credentials;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Names;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Certificates;

/// <summary>Server certificates of IAM, the older way to bring a certificate of one's own (NB-6.5).</summary>
internal sealed partial class IamOperations(CatalogueLoader loader, Publisher publisher, ControlOptions options, TimeProvider time)
{
    private const int LongestPath = 512;
    private const int MostItems = 1_000;
    private const int DefaultItems = 100;

    private static readonly CertificateErrors Errors = new(IamErrors.NoSuchEntity, IamErrors.DeleteConflict, IamErrors.LimitExceeded, IamErrors.EntityAlreadyExists, IamErrors.InvalidInput);

    private readonly CertificatePlans _plans = new(ResourceKind.ServerCertificate, Errors, new SecretSeal(options.SecretsKey));

    /// <summary>Every operation that is built; others are refused by name.</summary>
    public NamedOperations Table => new("iam",
    [
        ("UploadServerCertificate", UploadAsync),
        ("GetServerCertificate", GetAsync),
        ("ListServerCertificates", ListAsync),
        ("UpdateServerCertificate", UpdateAsync),
        ("DeleteServerCertificate", DeleteAsync),
    ]);

    private async Task<ApiResponse> UploadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var fields = FormFields.Read(request.Body.Span);
        var path = fields.GetValueOrDefault("Path") ?? "/";
        if (ReadName(fields, "ServerCertificateName").Failed(out var error, out var name) || CheckPath(path).Failed(out error, out _) || ReadTags(fields).Failed(out error, out var tags))
        {
            return error;
        }

        if (fields.GetValueOrDefault("CertificateBody") is not { } body || fields.GetValueOrDefault("PrivateKey") is not { } key)
        {
            return IamErrors.ValidationError.Saying("CertificateBody and PrivateKey are required.");
        }

        if (CertificateParts.TryRead(body, fields.GetValueOrDefault("CertificateChain"), key, time.GetUtcNow(), out var parts) is { } fault)
        {
            return ToError(fault);
        }

        var id = ResourceIds.NewServerCertificateId();
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, id, parts!, name, path, [.. tags], options.Quotas.ServerCertificates, time.GetUtcNow()), cancellationToken);
        return changed.Failed(out error, out var row) ? error : IamXml.Respond("UploadServerCertificate", IamXml.Metadata(CatalogueLoader.ToCertificate(row), options.AccountId));
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var name = FormFields.Read(request.Body.Span).GetValueOrDefault("ServerCertificateName");
        var catalogue = await loader.LoadAsync(cancellationToken);
        if (catalogue.ServerCertificates.FirstOrDefault(certificate => certificate.Settings.Name == name) is not { } found)
        {
            return NoSuch(name);
        }

        return IamXml.Respond("GetServerCertificate", Element(
            "ServerCertificate",
            IamXml.Metadata(found, options.AccountId),
            Element("CertificateBody", found.Settings.Certificate),
            Optional("CertificateChain", found.Settings.Chain.Length == 0 ? null : found.Settings.Chain)));
    }

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var fields = FormFields.Read(request.Body.Span);
        var limit = DefaultItems;
        if (fields.GetValueOrDefault("MaxItems") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostItems))
        {
            return IamErrors.ValidationError.Saying($"MaxItems must be a number from 1 to {MostItems}.");
        }

        var prefix = fields.GetValueOrDefault("PathPrefix") ?? "/";
        var after = fields.GetValueOrDefault("Marker") ?? "";
        var found = (await loader.LoadAsync(cancellationToken)).ServerCertificates
            .Where(certificate => certificate.Settings.Path.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(certificate.Settings.Name, after) > 0)
            .OrderBy(static certificate => certificate.Settings.Name, StringComparer.Ordinal).Take(limit + 1).ToList(); // one more tells whether there is another page
        var isCut = found.Count > limit;
        return IamXml.Respond(
            "ListServerCertificates",
            Flag("IsTruncated", isCut),
            isCut ? Element("Marker", found[limit - 1].Settings.Name) : null,
            Element("ServerCertificateMetadataList", found.Take(limit).Select(certificate => Element("member", IamXml.MetadataMembers(certificate, options.AccountId)))));
    }

    private async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var fields = FormFields.Read(request.Body.Span);
        if (ReadName(fields, "ServerCertificateName").Failed(out var error, out var name))
        {
            return error;
        }

        var newName = name;
        if (fields.ContainsKey("NewServerCertificateName") && ReadName(fields, "NewServerCertificateName").Failed(out error, out newName))
        {
            return error;
        }

        var newPath = fields.GetValueOrDefault("NewPath");
        if (newPath is not null && CheckPath(newPath).Failed(out error, out _))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanRename(catalogue, name, newName, newPath), cancellationToken);
        return changed.Failed(out error, out _) ? error : IamXml.Respond("UpdateServerCertificate");
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadName(FormFields.Read(request.Body.Span), "ServerCertificateName").Failed(out var error, out var name))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, certificate => certificate.Settings.Name == name), cancellationToken);
        return changed.Failed(out error, out _) ? error : IamXml.Respond("DeleteServerCertificate");
    }

    private static ApiError NoSuch(string? name) => IamErrors.NoSuchEntity.Saying($"The Server Certificate with name {name} cannot be found.");

    private static ApiError ToError(CertificateFault fault) => (fault.Kind switch
    {
        CertificateFaultKind.Malformed => IamErrors.MalformedCertificate,
        CertificateFaultKind.KeyMismatch => IamErrors.KeyPairMismatch,
        CertificateFaultKind.NotCurrent => IamErrors.MalformedCertificate,
    }).Saying(fault.Message);

    private static Outcome<string> ReadName(ImmutableDictionary<string, string> fields, string field) =>
        fields.GetValueOrDefault(field) is { } name && NameForm.IsMatch(name) ? name : IamErrors.ValidationError.Saying($"{field} must have 1 to 128 characters, each a letter, digit or one of _+=,.@-.");

    private static Outcome<string> CheckPath(string path) =>
        path.Length <= LongestPath && PathForm.IsMatch(path) ? path : IamErrors.ValidationError.Saying($"A path begins and ends with a slash and has at most {LongestPath} visible characters, such as /cloudfront/.");

    private Outcome<IReadOnlyList<TagRow>> ReadTags(ImmutableDictionary<string, string> fields)
    {
        var tags = new List<TagRow>();
        while (tags.Count <= options.Quotas.TagsPerResource && fields.TryGetValue($"Tags.member.{tags.Count + 1}.Key", out var key))
        {
            tags.Add(new TagRow(key, fields.GetValueOrDefault($"Tags.member.{tags.Count + 1}.Value") ?? ""));
        }

        return TagRules.Check(tags, options.Quotas.TagsPerResource) is { } fault ? IamErrors.InvalidInput.Saying(fault.Message) : tags;
    }

    [GeneratedRegex(@"^[\w+=,.@-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex NameForm { get; }

    [GeneratedRegex(@"^/([\x21-\x7F]*/)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm { get; }
}
