// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Tags;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Certificates;

/// <summary>How ACM's callers name certificates and tags of this account.</summary>
internal sealed class AcmNames(ControlOptions options)
{
    public string ArnOf(string id) => CertificateArn.Of(options.AccountId, id);

    /// <summary>The id in an ARN.</summary>
    public Outcome<string> ReadArn(string? arn) =>
        !CertificateArn.TryParse(arn, out var region, out var account, out var id) ? AcmErrors.InvalidArn.Saying($"'{arn}' is not the ARN of a certificate: arn:aws:acm:{CertificateArn.Region}:{options.AccountId}:certificate/id.")
        : region != CertificateArn.Region || account != options.AccountId || id.Contains('\0', StringComparison.Ordinal) ? AcmErrors.NotFound.Saying($"Could not find certificate {arn}.")
        : id;

    public Outcome<string> ReadId(ApiRequest request) =>
        AcmBody.Read(request, AcmJson.Default.CertificateArnDocument).Failed(out var error, out var document) ? error : ReadArn(document.CertificateArn);

    public Outcome<IReadOnlyList<TagRow>> ReadTags(IReadOnlyList<TagDocument?>? tags)
    {
        TagRow[] rows = [.. (tags ?? []).Select(static tag => new TagRow(tag?.Key ?? "", tag?.Value ?? ""))];
        return TagRules.Check(rows, options.Quotas.TagsPerResource) is { } fault ? AcmErrors.InvalidTag.Saying(fault.Message) : rows;
    }
}
