// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Frontier.Protocols.SigV4;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>What the operator of a fleet and the owner of sites on it ask of the control plane.</summary>
internal sealed class FleetApi(AccessKey key, Uri endpoint) : IDisposable
{
    private const string Version = "/2020-05-31";

    private static readonly XNamespace CloudFront = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    private static readonly XNamespace Iam = "https://iam.amazonaws.com/doc/2010-05-08/";

    private readonly SignedApi _cloudFront = new(key, "cloudfront", endpoint, TimeProvider.System);
    private readonly SignedApi _iam = new(key, "iam", endpoint, TimeProvider.System);

    public async Task MakePopAsync(string name) => (await _cloudFront.SendAsync(HttpMethod.Put, $"/frontier/v1/pops/{name}", "{}"u8.ToArray())).Expect(200);

    /// <summary>Sends its viewers elsewhere, or lets them come again.</summary>
    public async Task DrainPopAsync(string name, bool isDrained) => (await _cloudFront.SendAsync(HttpMethod.Post, $"/frontier/v1/pops/{name}/{(isDrained ? "drain" : "undrain")}", default)).Expect(200);

    public async Task<string> MakeTokenAsync(string role, string pop)
    {
        var made = (await _cloudFront.SendAsync(HttpMethod.Post, "/frontier/v1/fleet/tokens", Encoding.UTF8.GetBytes($$"""{"role":"{{role}}","pop":"{{pop}}"}"""))).Expect(201);
        return JsonDocument.Parse(made.Text).RootElement.GetProperty("token").GetString()!;
    }

    /// <returns>Its id.</returns>
    public async Task<string> BringCertificateAsync(string name, string certificate, string privateKey)
    {
        var form = $"Action=UploadServerCertificate&Version=2010-05-08&Path=/cloudfront/&ServerCertificateName={name}&CertificateBody={Uri.EscapeDataString(certificate)}&PrivateKey={Uri.EscapeDataString(privateKey)}";
        var made = (await _iam.SendAsync(HttpMethod.Post, "/", Encoding.UTF8.GetBytes(form), contentType: "application/x-www-form-urlencoded")).Expect(200);
        return XDocument.Parse(made.Text).Descendants(Iam + "ServerCertificateId").First().Value;
    }

    public async Task<IReadOnlyList<string>> ListCertificatesAsync()
    {
        var listed = (await _iam.SendAsync(HttpMethod.Post, "/", "Action=ListServerCertificates&Version=2010-05-08"u8.ToArray(), contentType: "application/x-www-form-urlencoded")).Expect(200);
        return [.. XDocument.Parse(listed.Text).Descendants(Iam + "ServerCertificateId").Select(static id => id.Value)];
    }

    /// <summary>A distribution that every edge has.</summary>
    /// <param name="whenCutOff">The value of its tag.</param>
    /// <param name="more">Elements of its configuration.</param>
    public async Task<Site> MakeSiteAsync(string reference, string whenCutOff, string more = "")
    {
        var configuration = Documents.OfOrigin(reference, 80).Replace("localhost", SiteOrigin.Domain, StringComparison.Ordinal)
            .Replace("</DistributionConfig>", $"{more}</DistributionConfig>", StringComparison.Ordinal);
        var document = $"""
            <DistributionConfigWithTags xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">{configuration}<Tags><Items><Tag><Key>frontier:when-cut-off</Key><Value>{whenCutOff}</Value></Tag></Items></Tags></DistributionConfigWithTags>
            """;
        var made = (await _cloudFront.SendAsync(HttpMethod.Post, $"{Version}/distribution?WithTags", Encoding.UTF8.GetBytes(document))).Expect(201);
        var site = new Site(made.Element("Id"), made.Element("ARN"), made.Element("DomainName"));
        await Eventually.IsTrueAsync(async () => await StatusAsync($"distribution/{site.Id}") == "Deployed");
        return site;
    }

    public Task<Answer> InvalidateAsync(PromisedSite site, string reference, string path) =>
        _cloudFront.SendAsync(HttpMethod.Post, $"{Version}/distribution/{site.Site.Id}/invalidation", Encoding.UTF8.GetBytes(Documents.Invalidation(reference, path)));

    /// <summary>Invalidates everything, once the store is there.</summary>
    public async Task<Purge> PurgeAsync(PromisedSite site, int version)
    {
        Answer? made = null;
        await Eventually.IsTrueAsync(async () => (made = await InvalidateAsync(site, SiteOrigin.PageOf(version), "/*")).Status != 503);
        return new Purge(site, made!.Expect(201).Element("Id"));
    }

    public Task<string> StatusOfAsync(Purge purge) => StatusAsync($"distribution/{purge.Site.Site.Id}/invalidation/{purge.Id}");

    /// <summary>Those of a site: id and status.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListInvalidationsAsync(PromisedSite site)
    {
        var all = new Dictionary<string, string>();
        for (var marker = ""; ;)
        {
            var page = (await _cloudFront.SendAsync(HttpMethod.Get, $"{Version}/distribution/{site.Site.Id}/invalidation{marker}")).Expect(200);
            foreach (var item in XDocument.Parse(page.Text).Descendants(CloudFront + "InvalidationSummary"))
            {
                all.Add(item.Element(CloudFront + "Id")!.Value, item.Element(CloudFront + "Status")!.Value);
            }

            if (page.Element("IsTruncated") == "false")
            {
                return all;
            }

            marker = $"?Marker={page.Element("NextMarker")}";
        }
    }

    public async Task<int> CountDistributionsAsync() => int.Parse((await _cloudFront.SendAsync(HttpMethod.Get, $"{Version}/distribution")).Expect(200).Element("Quantity"), CultureInfo.InvariantCulture);

    public Task<string> StatusOfAsync(PromisedSite site) => StatusAsync($"distribution/{site.Site.Id}");

    /// <summary>The end of the log of invalidations; null where nobody answers, or not well.</summary>
    public async Task<long?> LogEndAsync() => (await FleetStatusAsync())?.GetProperty("invalidationPosition").GetInt64();

    /// <summary>Machines in service that the control plane has heard within that time, as it says in its status, and that have applied the log up to there.</summary>
    public async Task<int> CountHeardAsync(TimeSpan within, long position) => await FleetStatusAsync() is not { } status ? 0 : status.GetProperty("processes").EnumerateArray().Count(process =>
        process.GetProperty("role").GetString() is "edge" or "regional" && process.GetProperty("state").GetString() == "InService"
        && process.TryGetProperty("lastHeardSeconds", out var ago) && ago.ValueKind is JsonValueKind.Number && ago.GetDouble() <= within.TotalSeconds
        && process.TryGetProperty("invalidationPosition", out var applied) && applied.ValueKind is JsonValueKind.Number && applied.GetInt64() >= position);

    public void Dispose()
    {
        _cloudFront.Dispose();
        _iam.Dispose();
    }

    private async Task<JsonElement?> FleetStatusAsync() =>
        await _cloudFront.SendAsync(HttpMethod.Get, "/frontier/v1/status") is { Status: (int)HttpStatusCode.OK } status ? JsonDocument.Parse(status.Text).RootElement : null;

    private async Task<string> StatusAsync(string target) => (await _cloudFront.SendAsync(HttpMethod.Get, $"{Version}/{target}")).Expect(200).Element("Status");
}
