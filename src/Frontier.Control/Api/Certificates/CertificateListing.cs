// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Resources;

namespace Frontier.Control.Api.Certificates;

/// <summary>Which certificates ListCertificates shows, and from where on. Without filters it shows all, of every kind of key.</summary>
internal sealed record CertificateListing(ImmutableArray<string> Statuses, ImmutableArray<string> KeyTypes, ImmutableArray<string> KeyUsages, ImmutableArray<string> ExtendedKeyUsages, string? After, int Limit, bool NewestFirst)
{
    private const int MostItems = 1_000;
    private const string Any = "ANY";

    public static Outcome<CertificateListing> Read(ListDocument document)
    {
        if (document.MaxItems is < 1 or > MostItems)
        {
            return AcmErrors.Validation.Saying($"MaxItems must be a number from 1 to {MostItems}.");
        }

        if (document.NextToken is { } token && !Base64Url.IsValid(token))
        {
            return AcmErrors.Validation.Saying("NextToken must be what an earlier page ended with.");
        }

        if ((document.SortBy ?? "CREATED_AT") != "CREATED_AT" || (document.SortOrder ?? "ASCENDING") is not ("ASCENDING" or "DESCENDING"))
        {
            return AcmErrors.Validation.Saying("SortBy must be CREATED_AT, and SortOrder ASCENDING or DESCENDING.");
        }

        return new CertificateListing(
            Words(document.CertificateStatuses), Words(document.Includes?.KeyTypes), Words(document.Includes?.KeyUsage), Words(document.Includes?.ExtendedKeyUsage),
            document.NextToken is { } after ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after)) : null,
            document.MaxItems ?? MostItems,
            document.SortOrder == "DESCENDING");
    }

    public Outcome<CertificatePage> Page(IReadOnlyList<Resource<CertificateSettings>> all, DateTimeOffset now)
    {
        var ordered = NewestFirst ? all.Reverse() : all;
        if (After is not null && all.All(certificate => certificate.Id != After))
        {
            return AcmErrors.Validation.Saying("The certificate that the earlier page ended with is gone. List again from the beginning.");
        }

        var rest = After is null ? ordered : ordered.SkipWhile(certificate => certificate.Id != After).Skip(1);
        var found = rest.Where(certificate => IsShown(certificate.Settings, now)).Take(Limit + 1).ToList(); // one more tells whether there is another page
        var items = found.Take(Limit).ToImmutableArray();
        return new CertificatePage(items, found.Count > Limit ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(items[^1].Id)) : null);
    }

    private static ImmutableArray<string> Words(IReadOnlyList<string?>? words) => [.. (words ?? []).OfType<string>()];

    private static bool Admits(ImmutableArray<string> wanted, IEnumerable<string> present) => wanted.IsEmpty || wanted.Contains(Any) || present.Any(wanted.Contains);

    private bool IsShown(CertificateSettings settings, DateTimeOffset now) =>
        Admits(Statuses, [settings.StatusAt(now)])
        && Admits(KeyTypes, [settings.Details.KeyAlgorithm])
        && Admits(KeyUsages, settings.Details.KeyUsages)
        && Admits(ExtendedKeyUsages, settings.Details.ExtendedKeyUsages.Select(ExtendedKeyUsageNames.Of));
}

/// <param name="Next">What the next page is asked for with; null after the last one.</param>
internal sealed record CertificatePage(ImmutableArray<Resource<CertificateSettings>> Items, string? Next);
