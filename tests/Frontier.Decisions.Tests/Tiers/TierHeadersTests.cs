// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Tiers;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Tiers;

/// <summary>What machines tell each other of a viewer's request.</summary>
public sealed class TierHeadersTests
{
    private static readonly OriginRequestPolicyConfig AsksForCountry = Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.Whitelist, HeaderNames = ["CloudFront-Viewer-Country", "CloudFront-Viewer-Address"] };

    [Theory]
    [InlineData("Accept: text/html", true)]
    [InlineData("Accept-Encoding: gzip", true)]
    [InlineData("X-Forwarded-For: 192.0.2.1", true)]
    [InlineData("CDN-Loop: CloudFront", true)]
    [InlineData("Authorization: me", true)]
    [InlineData("Cookie: a=b", false)]
    [InlineData("Connection: X-Mine", false)]
    [InlineData("X-Mine: 1", false)]
    [InlineData("Transfer-Encoding: chunked", false)]
    [InlineData("Content-Length: 1", false)]
    [InlineData("X-Edge-Tier: owner", false)]
    [InlineData("x-edge-anything: 1", false)]
    [InlineData("X-Amz-Cf-Id: forged", false)]
    [InlineData("CloudFront-Viewer-Country: XX", false)]
    [InlineData("If-None-Match: \"1\"", false)]
    [InlineData("Range: bytes=0-1", false)]
    public void Fields_of_the_viewer_s_own_connection_conditions_and_forgeries_stay_behind(string field, bool goes)
    {
        var sent = Copy(["Connection: X-Mine", .. field.StartsWith("Connection", StringComparison.Ordinal) ? Array.Empty<string>() : [field]], keepsConditions: false);
        Assert.Equal(goes, sent.Contains(System.Text.Encoding.ASCII.GetBytes(field.Split(':')[0])));
    }

    [Fact]
    public void Conditions_go_along_where_the_answer_is_the_viewer_s_alone() =>
        Assert.Equal("bytes=0-1", Copy(["Range: bytes=0-1"], keepsConditions: true).GetText("range"u8));

    [Fact]
    public void What_this_machine_knows_of_the_viewer_is_told_where_a_policy_asks_for_it()
    {
        var sent = Copy(["CloudFront-Viewer-Address: 10.0.0.1:1"], keepsConditions: false, AsksForCountry);
        Assert.Equal("198.51.100.7:46532", sent.GetText("cloudfront-viewer-address"u8));
        Assert.False(sent.Contains("cloudfront-viewer-country"u8)); // nobody knows
    }

    [Fact]
    public void What_was_told_is_told_on()
    {
        var told = Sample.Headers("CloudFront-Viewer-Country: DE");
        var into = new HeaderList();
        TierHeaders.Copy(Sample.Request("/"), Sample.Behavior(originRequestPolicy: AsksForCountry), Sample.Viewer with { Told = told }, keepsConditions: false, into);
        Assert.Equal("DE", into.GetText("cloudfront-viewer-country"u8));
        Assert.False(into.Contains("cloudfront-viewer-address"u8));
    }

    private static HeaderList Copy(string[] headers, bool keepsConditions, OriginRequestPolicyConfig? policy = null)
    {
        var into = new HeaderList();
        TierHeaders.Copy(Sample.Request("/", headers), Sample.Behavior(originRequestPolicy: policy), Sample.Viewer, keepsConditions, into);
        return into;
    }
}
