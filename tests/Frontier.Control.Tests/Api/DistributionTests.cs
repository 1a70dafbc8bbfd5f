// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

public sealed class DistributionTests
{
    /// <summary>API-1.6, API-3.2, §5.2, §6.1.</summary>
    [Fact]
    public async Task A_created_distribution_is_answered_whole_with_its_etag_and_location()
    {
        await using var control = await TestControl.StartAsync();

        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);

        var id = created.Text("Id")!;
        Assert.StartsWith("<?xml version=\"1.0\"?>\n<Distribution xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">", created.Body, StringComparison.Ordinal);
        Assert.Equal("text/xml", created.ContentType);
        Assert.Matches("^E[A-Z0-9]{12,13}$", id);
        Assert.Matches("^E[A-Z0-9]{12,13}$", created.ETag);
        Assert.Equal($"{control.Address}2020-05-31/distribution/{id}", created.Location);
        Assert.Equal($"arn:aws:cloudfront::000000000000:distribution/{id}", created.Text("ARN"));
        Assert.Equal("InProgress", created.Text("Status"));
        Assert.Equal("2026-08-07T12:00:00.000Z", created.Text("LastModifiedTime"));
        Assert.Equal("0", created.Text("InProgressInvalidationBatches"));
        Assert.Matches(@"^d[a-z0-9]{12,13}\.frontier\.localhost$", created.Text("DomainName"));
        Assert.True(Guid.TryParse(created.RequestId, out _));
    }

    /// <summary>API-3.4, API-5.13.</summary>
    [Fact]
    public async Task Get_and_get_config_agree_and_show_every_default()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var id = created.Text("Id");

        var whole = (await control.CallAsync("GET", $"distribution/{id}")).Expect(200);
        var config = (await control.CallAsync("GET", $"distribution/{id}/config")).Expect(200);

        Assert.Equal(created.ETag, whole.ETag);
        Assert.Equal(created.ETag, config.ETag);
        Assert.Equal("DistributionConfig", config.Root.Name.LocalName);
        Assert.True(XNode.DeepEquals(config.Root, Plain(whole.Root.Element(Answer.Ns + "DistributionConfig")!)));
        Assert.Equal("PriceClass_All", config.Text("PriceClass"));
        Assert.Equal("http2", config.Text("HttpVersion"));
        Assert.Equal("TLSv1", config.Text("MinimumProtocolVersion"));
        Assert.Equal("cloudfront", config.Text("CertificateSource"));
        Assert.Equal("3", config.Text("ConnectionAttempts"));
        Assert.Equal("30", config.Text("OriginReadTimeout"));
        Assert.Equal(["HEAD", "GET", "HEAD", "GET"], config.Texts("Method"));
        Assert.Equal("none", config.Text("RestrictionType"));
    }

    /// <summary>API-5.13: what Get returns, Update accepts.</summary>
    [Fact]
    public async Task A_returned_configuration_is_accepted_back_and_changes_nothing_but_the_etag()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());
        var id = created.Text("Id");
        var config = await control.CallAsync("GET", $"distribution/{id}/config");

        var updated = (await control.CallAsync("PUT", $"distribution/{id}/config", config.Root, config.ETag)).Expect(200);

        Assert.NotEqual(created.ETag, updated.ETag);
        Assert.Equal("Distribution", updated.Root.Name.LocalName);
        Assert.True(XNode.DeepEquals(config.Root, (await control.CallAsync("GET", $"distribution/{id}/config")).Root));
    }

    /// <summary>API-5.12.</summary>
    [Fact]
    public async Task An_update_replaces_the_whole_configuration()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution("ref-1", ("", "+<PriceClass>PriceClass_100</PriceClass>"), ("", "+" + Aliases("www.example.com"))));
        var id = created.Text("Id");

        await control.CallAsync("PUT", $"distribution/{id}/config", Distribution(), created.ETag);

        var config = await control.CallAsync("GET", $"distribution/{id}/config");
        Assert.Equal("PriceClass_All", config.Text("PriceClass"));
        Assert.Empty(config.Texts("CNAME"));
    }

    /// <summary>API-3.5 to API-3.7, API-1.14.</summary>
    [Fact]
    public async Task If_match_is_compulsory_and_must_name_the_current_version()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());
        var path = $"distribution/{created.Text("Id")}/config";

        foreach (var impossible in new[] { null, "*", "lower", "\"\"", "E1,E2" })
        {
            (await control.CallAsync("PUT", path, Distribution(), impossible)).ExpectError(400, "InvalidIfMatchVersion");
            (await control.CallAsync("DELETE", path[..^7], (XElement?)null, impossible)).ExpectError(400, "InvalidIfMatchVersion");
        }

        (await control.CallAsync("PUT", path, Distribution(), "E2QWRUHEXAMPLE")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", "distribution/ENOSUCHDISTRO1/config", Distribution(), "*")).ExpectError(404, "NoSuchDistribution");
        var updated = (await control.CallAsync("PUT", path, Distribution(), $"\"{created.ETag}\"")).Expect(200);
        (await control.CallAsync("PUT", path, Distribution(), created.ETag)).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", path, Distribution(), updated.ETag)).Expect(200);
    }

    /// <summary>§4.</summary>
    [Fact]
    public async Task A_caller_reference_serves_once_and_never_changes()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());

        (await control.CallAsync("POST", "distribution", Distribution())).ExpectError(409, "DistributionAlreadyExists");
        (await control.CallAsync("PUT", $"distribution/{created.Text("Id")}/config", Distribution("other"), created.ETag)).ExpectError(400, "IllegalUpdate");
    }

    /// <summary>API-10.9, API-5.14.</summary>
    [Fact]
    public async Task An_alias_belongs_to_one_distribution_until_that_is_gone()
    {
        await using var control = await TestControl.StartAsync();
        var first = await control.CallAsync("POST", "distribution", Distribution("a", ("", "+" + Aliases("WWW.example.com", "*.example.net"))));
        first.Expect(201);

        (await control.CallAsync("POST", "distribution", Distribution("b", ("", "+" + Aliases("www.example.com"))))).ExpectError(409, "CNAMEAlreadyExists");
        (await control.CallAsync("POST", "distribution", Distribution("c", ("", "+" + Aliases("a.example.net"))))).Expect(201);

        var updated = await control.CallAsync("PUT", $"distribution/{first.Text("Id")}/config", Distribution("a"), first.ETag);
        updated.Expect(200);
        (await control.CallAsync("POST", "distribution", Distribution("b", ("", "+" + Aliases("www.example.com"))))).Expect(201);
    }

    /// <summary>API-5.10.</summary>
    [Fact]
    public async Task Only_a_disabled_and_deployed_distribution_can_be_deleted()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());
        var path = $"distribution/{created.Text("Id")}";

        (await control.CallAsync("DELETE", path, (XElement?)null, created.ETag)).ExpectError(409, "DistributionNotDisabled");
        var disabled = await control.CallAsync("PUT", path + "/config", Distribution("ref-1", ("Enabled", "false")), created.ETag);
        (await control.CallAsync("DELETE", path, (XElement?)null, disabled.ETag)).ExpectError(412, "PreconditionFailed");
        await control.AcknowledgeAsync("edge-1", version: 2, position: 0);
        (await control.CallAsync("DELETE", path, (XElement?)null, created.ETag)).ExpectError(412, "PreconditionFailed");

        var deleted = (await control.CallAsync("DELETE", path, (XElement?)null, disabled.ETag)).Expect(204);

        Assert.Empty(deleted.Body);
        (await control.CallAsync("GET", path)).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("GET", path + "/config")).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("DELETE", path, (XElement?)null, disabled.ETag)).ExpectError(404, "NoSuchDistribution");
    }

    [Fact]
    public async Task The_quota_of_distributions_holds()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { Distributions = 1 } });
        (await control.CallAsync("POST", "distribution", Distribution("a"))).Expect(201);

        (await control.CallAsync("POST", "distribution", Distribution("b"))).ExpectError(400, "TooManyDistributions");
    }

    /// <summary>§6.1, §9: the summary says neither caller reference nor root object.</summary>
    [Fact]
    public async Task Distributions_are_listed_in_order_of_creation_page_by_page()
    {
        await using var control = await TestControl.StartAsync();
        var empty = (await control.CallAsync("GET", "distribution")).Expect(200);
        Assert.Equal(["Marker", "MaxItems", "IsTruncated", "Quantity"], empty.Root.Elements().Select(element => element.Name.LocalName));
        List<string> ids = [];
        foreach (var reference in new[] { "a", "b", "c" })
        {
            ids.Add((await control.CallAsync("POST", "distribution", Distribution(reference))).Text("Id")!);
        }

        var first = (await control.CallAsync("GET", "distribution?MaxItems=2")).Expect(200);
        var second = (await control.CallAsync("GET", $"distribution?MaxItems=2&Marker={first.Text("NextMarker")}")).Expect(200);

        Assert.Equal(["Marker", "NextMarker", "MaxItems", "IsTruncated", "Quantity", "Items"], first.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(ids, [.. SummaryIds(first), .. SummaryIds(second)]);
        Assert.Equal("true", first.Text("IsTruncated"));
        Assert.Equal("false", second.Text("IsTruncated"));
        Assert.Null(second.Text("NextMarker"));
        Assert.Null(first.Text("CallerReference"));
        Assert.Equal("100", (await control.CallAsync("GET", "distribution?MaxItems=1000")).Text("MaxItems"));
        foreach (var wrong in new[] { "MaxItems=0", "MaxItems=x", "MaxItems=-1", "Marker=ENOSUCH" })
        {
            (await control.CallAsync("GET", "distribution?" + wrong)).ExpectError(400, "InvalidArgument");
        }
    }

    /// <summary>§6.2, API-6.19.</summary>
    [Fact]
    public async Task Distributions_are_found_by_what_they_refer_to()
    {
        await using var control = await TestControl.StartAsync();
        const string cors = "59781a5b-3903-41f3-afcb-af62929ccde1";
        var id = (await control.CallAsync("POST", "distribution", Distribution("a", ("DefaultCacheBehavior", $"+<OriginRequestPolicyId>{cors}</OriginRequestPolicyId>")))).Text("Id")!;

        Assert.Equal([id], (await control.CallAsync("GET", $"distributionsByCachePolicyId/{CachingOptimized}")).Expect(200).Texts("DistributionId"));
        Assert.Equal([id], (await control.CallAsync("GET", $"distributionsByOriginRequestPolicyId/{cors}")).Expect(200).Texts("DistributionId"));
        Assert.Empty((await control.CallAsync("GET", "distributionsByResponseHeadersPolicyId/60669652-455b-4ae9-85a4-c4c02393f86c")).Expect(200).Texts("DistributionId"));
        Assert.Equal([id], SummaryIds((await control.CallAsync("GET", "distributionsByWebACLId/null")).Expect(200)));
        Assert.Empty(SummaryIds((await control.CallAsync("GET", "distributionsByWebACLId/some-acl")).Expect(200)));
        (await control.CallAsync("GET", "distributionsByCachePolicyId/none")).ExpectError(404, "NoSuchCachePolicy");
        (await control.CallAsync("GET", "distributionsByOriginRequestPolicyId/none")).ExpectError(404, "NoSuchOriginRequestPolicy");
        (await control.CallAsync("GET", "distributionsByResponseHeadersPolicyId/none")).ExpectError(404, "NoSuchResponseHeadersPolicy");
    }

    [Fact]
    public async Task Of_a_hundred_updates_with_one_etag_exactly_one_wins()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => control.CallAsync("PUT", $"distribution/{created.Text("Id")}/config", Distribution(), created.ETag)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.ExpectError(412, "PreconditionFailed"));
    }

    [Fact]
    public async Task Everything_accepted_is_there_after_a_restart()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution("a", ("", "+" + Aliases("www.example.com"))));
        var before = await control.CallAsync("GET", $"distribution/{created.Text("Id")}");

        await control.RestartAsync();

        var after = (await control.CallAsync("GET", $"distribution/{created.Text("Id")}")).Expect(200);
        Assert.Equal(before.ETag, after.ETag);
        Assert.Equal(before.Body, after.Body);
        (await control.CallAsync("POST", "distribution", Distribution("b", ("", "+" + Aliases("www.example.com"))))).ExpectError(409, "CNAMEAlreadyExists");
    }

    private static List<string> SummaryIds(Answer answer) => [.. answer.Root.Descendants(Answer.Ns + "DistributionSummary").Select(summary => summary.Element(Answer.Ns + "Id")!.Value)];

    /// <summary>Without the namespace declarations that only the place in a document decides.</summary>
    private static XElement Plain(XElement element)
    {
        var copy = XElement.Parse(element.ToString(SaveOptions.DisableFormatting));
        return copy;
    }
}
