// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>§21.2: which of an origin's response headers pass.</summary>
public sealed class ViewerResponseTests
{
    [Fact]
    public void What_speaks_of_the_object_passes_unmodified_and_in_order_section_21_2_DP_14_7()
    {
        string[] headers =
        [
            "Date: d", "Server: s", "Cache-Control: max-age=1, private=x", "Expires: e", "ETag: \"x\"", "Last-Modified: l", "Content-Type: t", "Content-Encoding: gzip", "Content-Language: de",
            "Location: /l", "Pragma: p", "Warning: w", "Accept-Ranges: bytes", "X-Any: 1", "x-any: 2", "x-amz-meta-a: 1", "x-amz-version-id: v",
        ];

        Assert.Equal(headers, Filter(Sample.Behavior(), headers));
    }

    [Theory]
    [InlineData("Connection: close")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Authenticate: x")]
    [InlineData("Proxy-Authorization: x")]
    [InlineData("Proxy-Connection: x")]
    [InlineData("Proxy-Status: x")]
    [InlineData("Trailer: x")]
    [InlineData("Upgrade: h2c")]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("TE: x")]
    [InlineData("Content-Length: 5")]
    [InlineData("Age: 5")]
    [InlineData("Via: 1.1 origin")]
    [InlineData("X-Cache: Hit from elsewhere")]
    [InlineData("X-Amz-Cf-Pop: FORGED")]
    [InlineData("x-amz-cf-id: forged")]
    [InlineData("X-Edge-Anything: 1")]
    public void What_speaks_of_the_connection_or_for_the_edge_is_removed_section_21_2(string header) =>
        Assert.Equal(["X-Kept: 1"], Filter(Sample.Behavior(), header, "X-Kept: 1"));

    [Fact]
    public void A_header_that_Connection_names_is_removed_RFC_9110_section_7_6_1() =>
        Assert.Equal(["X-Kept: 1"], Filter(Sample.Behavior(), "Connection: close, X-Hop", "x-hop: 1", "X-Kept: 1"));

    [Fact]
    public void The_ids_of_S3_are_removed_for_S3_origins_only_DP_13_4()
    {
        string[] headers = ["x-amz-id-2: a", "x-amz-request-id: b", "x-amz-server-side-encryption: AES256"];

        Assert.Equal(["x-amz-server-side-encryption: AES256"], Filter(Sample.Behavior(origin: Sample.S3Origin), headers));
        Assert.Equal(headers, Filter(Sample.Behavior(), headers));
    }

    [Fact]
    public void Set_Cookie_passes_only_where_cookies_are_forwarded_DP_14_9()
    {
        string[] headers = ["Set-Cookie: a=1", "set-cookie: b=2"];

        Assert.Empty(Filter(Sample.Behavior(), headers));
        Assert.Equal(headers, Filter(Sample.Behavior(Sample.CachePolicy with { Cookies = Sample.Listed("x") }), headers));
        Assert.Equal(headers, Filter(Sample.Behavior(originRequestPolicy: Sample.OriginRequestPolicy with { Cookies = SelectionConfig.All }), headers));
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("private")]
    public void A_qualified_directive_keeps_the_object_but_not_its_fields_DP_14_9(string directive)
    {
        var cookies = Sample.Behavior(Sample.CachePolicy with { Cookies = SelectionConfig.All });
        var control = $"Cache-Control: {directive}=\"set-cookie, X-Secret\"";

        Assert.Equal([control, "X-Kept: 1"], Filter(cookies, control, "Set-Cookie: a=1", "x-secret: 1", "X-Kept: 1"));
    }

    [Fact]
    public void Vary_keeps_encoding_and_cookie_and_what_the_origin_is_sent_section_21_2()
    {
        const string Vary = "Vary: accept-encoding, Cookie, Origin, X-Other, User-Agent";

        Assert.Equal("accept-encoding, Cookie", Kept(Sample.Behavior(), Vary));
        Assert.Equal("accept-encoding, Cookie, Origin", Kept(Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("origin") }), Vary));
        Assert.Equal(
            "accept-encoding, Cookie, X-Other",
            Kept(Sample.Behavior(originRequestPolicy: Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.Whitelist, HeaderNames = ["x-other"] }), Vary));
        Assert.Equal(
            "accept-encoding, Cookie, Origin, X-Other, User-Agent",
            Kept(Sample.Behavior(originRequestPolicy: Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.AllViewer }), Vary));
        Assert.Equal(
            "accept-encoding, Cookie, X-Other, User-Agent",
            Kept(Sample.Behavior(originRequestPolicy: Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.AllExcept, HeaderNames = ["Origin"] }), Vary));
    }

    [Fact]
    public void Vary_keeps_User_Agent_where_device_headers_are_used_section_21_2()
    {
        Assert.Equal("User-Agent", Kept(Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("CloudFront-Is-Mobile-Viewer") }), "Vary: User-Agent"));
        Assert.Null(Kept(Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("CloudFront-Forwarded-Proto") }), "Vary: User-Agent"));
        Assert.Null(Kept(Sample.Behavior(), "Vary: User-Agent"));
    }

    [Fact]
    public void Vary_disappears_when_nothing_is_left_of_it_and_a_star_stays_DP_14_8()
    {
        Assert.Empty(Filter(Sample.Behavior(), "Vary: X-Other", "Vary: ,"));
        Assert.Equal("*", Kept(Sample.Behavior(), "Vary: *"));
    }

    [Fact]
    public void The_status_passes_and_a_reused_head_holds_nothing_of_the_answer_before()
    {
        var into = Sample.Answer(200, "X-Old: 1");
        ViewerResponse.Filter(Sample.Answer(404, "X-New: 1"), Sample.Behavior(), isShared: true, into);

        Assert.Equal(404, into.Status);
        Assert.Equal(["X-New: 1"], Sample.Lines(into.Headers));
    }

    [Fact]
    public void Fields_reserved_for_one_viewer_are_kept_out_of_the_cache_only_DP_14_9()
    {
        var answer = Sample.Answer(200, "Cache-Control: no-cache=\"X-Mine\", private=\"X-Yours\"", "X-Mine: 1", "X-Yours: 2");
        var into = new ResponseHead();
        var reserved = new HeaderList();
        ViewerResponse.Filter(answer, Sample.Behavior(), isShared: true, into, reserved);
        Assert.Single(Sample.Lines(into.Headers));
        Assert.Equal(["X-Mine: 1", "X-Yours: 2"], Sample.Lines(reserved));
        ViewerResponse.Filter(answer, Sample.Behavior(), isShared: false, into);
        Assert.Equal(3, Sample.Lines(into.Headers).Count);
    }

    private static List<string> Filter(BehaviorModel behavior, params string[] headers)
    {
        var into = new ResponseHead();
        ViewerResponse.Filter(Sample.Answer(200, headers), behavior, isShared: true, into);
        return Sample.Lines(into.Headers);
    }

    private static string? Kept(BehaviorModel behavior, string vary)
    {
        var into = new ResponseHead();
        ViewerResponse.Filter(Sample.Answer(200, vary), behavior, isShared: true, into);
        return into.Headers.Joined("vary"u8);
    }
}
