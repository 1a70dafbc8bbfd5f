// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Explaining;

/// <summary>§9, §10: why each field goes to the origin, and why others do not.</summary>
public sealed class ForwardingExplanationTests
{
    private static readonly BehaviorModel Behavior = Sample.Behavior(
        Sample.CachePolicy with { Headers = Sample.Listed("X-Key", "CloudFront-Forwarded-Proto"), Cookies = Sample.Listed("c"), QueryStrings = Sample.Listed("q") },
        Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.Whitelist, HeaderNames = ["X-Beyond"], Cookies = Sample.Listed("d"), QueryStrings = Sample.Listed("r") },
        Sample.Origin with { CustomHeaders = [new HeaderConfig("X-Secret", "s")] });

    [Theory]
    [InlineData("X-Key", "CachePolicy")]
    [InlineData("X-Beyond", "OriginRequestPolicy")]
    [InlineData("Cookie", "BothPolicies")]
    [InlineData("CloudFront-Forwarded-Proto", "CachePolicy")]
    [InlineData("X-Secret", "Origin")]
    [InlineData("Host", "Edge")]
    [InlineData("Via", "Edge")]
    [InlineData("X-Forwarded-For", "Edge")]
    [InlineData("CDN-Loop", "Edge")]
    [InlineData("User-Agent", "Edge")]
    [InlineData("X-Amz-Cf-Id", "Edge")]
    public void A_field_names_its_source(string name, string source)
    {
        var field = Assert.Single(Fields(OriginPurpose.Fill), field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

        Assert.Equal(source, field.Source);
        Assert.NotEmpty(field.Why);
    }

    [Fact]
    public void A_custom_header_over_a_viewer_s_counts_as_the_origin_s_section_10_1()
    {
        var field = Assert.Single(Fields(OriginPurpose.Fill, "X-Beyond: mine", "X-Secret: viewer's"), static field => field.Name == "X-Secret");

        Assert.Equal(("…", "Origin"), (field.Value, field.Source));
    }

    [Fact]
    public void A_viewer_s_condition_goes_along_only_on_a_pass()
    {
        Assert.DoesNotContain(Fields(OriginPurpose.Fill, "Range: bytes=5-"), static field => field.Name == "Range");
        Assert.Equal("Condition", Assert.Single(Fields(OriginPurpose.Pass, "Range: bytes=5-"), static field => field.Name == "Range").Source);
    }

    [Fact]
    public void What_the_edge_adds_to_a_finished_request_is_a_validator_or_a_signature_and_the_signature_is_not_told_DP_15_1_DP_13_8()
    {
        var sent = Sample.Headers("Host: origin.example", "If-None-Match: \"v1\"", "Authorization: AWS4-HMAC-SHA256 Credential=a, Signature=b", "x-amz-date: 20260807T120000Z");

        var fields = ForwardingExplanation.Fields(Sample.Request(), Sample.Behavior(), Sample.Viewer, OriginPurpose.Fill, hasBody: false, sent);

        Assert.Equal(
            [("Host", "Edge", "origin.example"), ("If-None-Match", "Validator", "\"v1\""), ("Authorization", "Signature", "AWS4-HMAC-SHA256 …"), ("x-amz-date", "Signature", "20260807T120000Z")],
            fields.Select(static field => (field.Name, field.Source, field.Value)));
    }

    [Theory]
    [InlineData("header", "X-Nobody", "Neither policy")]
    [InlineData("header", "TE", "connection")]
    [InlineData("header", "CloudFront-Is-Mobile-Viewer", "computes")]
    [InlineData("header", "Range", "Neither policy")]
    [InlineData("cookie", "e", "Neither policy")]
    [InlineData("query", "s", "Neither policy")]
    public void What_does_not_go_along_says_why(string kind, string name, string why)
    {
        var request = Sample.Request("/?q=1&r=2&s=3", "X-Nobody: 1", "TE: trailers", "CloudFront-Is-Mobile-Viewer: true", "Range: bytes=5-", "Cookie: c=1; d=2; e=3");

        var left = ForwardingExplanation.LeftOut(request, Behavior, Sample.Viewer, OriginPurpose.Fill, hasBody: false);

        Assert.Contains(why, Assert.Single(left, omission => omission.Kind == kind && omission.Name == name).Why, StringComparison.Ordinal);
        Assert.DoesNotContain(left, static omission => omission.Name is "c" or "d" or "q" or "r");
    }

    [Fact]
    public void Nothing_is_told_left_out_where_a_policy_that_takes_all_beats_a_block_list_section_9()
    {
        var behavior = Sample.Behavior(
            Sample.CachePolicy with { Cookies = SelectionConfig.All, QueryStrings = SelectionConfig.All },
            Sample.OriginRequestPolicy with { Cookies = Sample.AllBut("c"), QueryStrings = Sample.AllBut("q") });

        Assert.DoesNotContain(
            ForwardingExplanation.LeftOut(Sample.Request("/?q=1", "Cookie: c=1"), behavior, Sample.Viewer, OriginPurpose.Fill, hasBody: false), static omission => omission.Kind is "cookie" or "query");
    }

    private static ImmutableArray<ExplainedField> Fields(OriginPurpose purpose, params string[] more)
    {
        var request = Sample.Request("/", ["X-Key: 1", "Cookie: c=1; d=2", .. more.Any(static line => line.StartsWith("X-Beyond", StringComparison.Ordinal)) ? more : ["X-Beyond: 2", .. more]]);
        var sent = new HeaderList();
        OriginHeaders.Compose(request, Behavior, Behavior.Origin, Sample.Viewer, purpose, hasBody: false, "via", "id"u8, sent);
        return ForwardingExplanation.Fields(request, Behavior, Sample.Viewer, purpose, hasBody: false, sent);
    }
}
