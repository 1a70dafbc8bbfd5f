// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>§10: the header of a request to an origin.</summary>
public sealed class OriginHeadersTests
{
    private const string ViaId = "2afae0d44e2540f472c0635ab62c232b";

    private static readonly OriginRequestPolicyConfig AllViewer = Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.AllViewer, Cookies = SelectionConfig.All };

    [Fact]
    public void Without_an_origin_request_policy_only_the_headers_of_section_10_1_go_DP_9_1()
    {
        var request = Sample.Request("/", "Accept: */*", "Accept-Language: de", "Referer: r", "Origin: o", "Authorization: a", "Cookie: c=1", "Cache-Control: no-cache", "Pragma: x");

        Assert.Equal(
            [
                "Host: origin.example", "User-Agent: Amazon CloudFront", $"Via: 1.1 {ViaId}.cloudfront.net (CloudFront)", "X-Forwarded-For: 198.51.100.7",
                "CDN-Loop: CloudFront", "X-Amz-Cf-Id: request-id",
            ],
            Sample.Lines(Compose(request, Sample.Behavior())));
    }

    [Theory]
    [InlineData(OriginProtocol.HttpOnly, 80, 443, false, "origin.example")]
    [InlineData(OriginProtocol.HttpOnly, 8080, 443, true, "origin.example:8080")]
    [InlineData(OriginProtocol.HttpsOnly, 8080, 443, false, "origin.example")]
    [InlineData(OriginProtocol.HttpsOnly, 80, 8443, false, "origin.example:8443")]
    [InlineData(OriginProtocol.MatchViewer, 8080, 8443, false, "origin.example:8080")]
    [InlineData(OriginProtocol.MatchViewer, 8080, 8443, true, "origin.example:8443")]
    [InlineData(OriginProtocol.HttpOnly, 443, 443, false, "origin.example:443")]
    public void Host_is_the_origin_s_name_with_its_port_where_it_is_not_the_usual_one_section_10_1(
        OriginProtocol protocol, int httpPort, int httpsPort, bool viewerUsesTls, string host)
    {
        var request = Sample.Request();
        request.IsHttps = viewerUsesTls;
        var behavior = Sample.Behavior(origin: Sample.Origin with { Protocol = protocol, HttpPort = httpPort, HttpsPort = httpsPort });

        Assert.Equal(host, Compose(request, behavior).Joined("host"u8));
    }

    [Fact]
    public void Host_is_the_viewer_s_where_a_policy_forwards_it_section_10_1()
    {
        var request = Sample.Request();
        request.Host = "www.example.com:8443";
        BehaviorModel[] forwarding =
        [
            Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("host") }),
            Sample.Behavior(originRequestPolicy: AllViewer),
            Sample.Behavior(originRequestPolicy: Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.Whitelist, HeaderNames = ["HOST"] }),
        ];

        Assert.All(forwarding, behavior => Assert.Equal("www.example.com:8443", Compose(request, behavior).Joined("host"u8)));
        var allButHost = Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.AllExcept, HeaderNames = ["host"] };
        Assert.Equal("origin.example", Compose(request, Sample.Behavior(originRequestPolicy: allButHost)).Joined("host"u8));
    }

    [Fact]
    public void Host_is_the_bucket_s_for_every_S3_origin_section_10_1_DP_9_4()
    {
        var behavior = Sample.Behavior(originRequestPolicy: AllViewer, origin: Sample.S3Origin with { HttpPort = 8402 });

        Assert.Equal("bucket.s3.amazonaws.com", Compose(Sample.Request(), behavior).Joined("host"u8));
    }

    [Fact]
    public void The_User_Agent_is_ours_unless_forwarded_section_10_1()
    {
        var request = Sample.Request("/", "User-Agent: curl/8");

        Assert.Equal("Amazon CloudFront", Compose(request, Sample.Behavior()).Joined("user-agent"u8));
        Assert.Equal("curl/8", Compose(request, Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("User-Agent") })).Joined("user-agent"u8));
        Assert.Equal("curl/8", Compose(request, Sample.Behavior(originRequestPolicy: AllViewer)).Joined("user-agent"u8));
    }

    [Fact]
    public void Via_X_Forwarded_For_and_CDN_Loop_are_appended_to_once_section_10_1()
    {
        var request = Sample.Request("/", "Via: 1.0 a", "Via: 1.1 b", "X-Forwarded-For: 203.0.113.1", "x-forwarded-for: 203.0.113.2", "CDN-Loop: other");
        request.Version = HttpVersion.Http2;
        foreach (var behavior in new[] { Sample.Behavior(), Sample.Behavior(originRequestPolicy: AllViewer) })
        {
            var headers = Compose(request, behavior);

            Assert.Equal($"1.0 a, 1.1 b, 2.0 {ViaId}.cloudfront.net (CloudFront)", Single(headers, "Via"));
            Assert.Equal("203.0.113.1, 203.0.113.2, 198.51.100.7", Single(headers, "X-Forwarded-For"));
            Assert.Equal("other, CloudFront", Single(headers, "CDN-Loop"));
        }
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:198.51.100.9", "198.51.100.9")]
    public void The_viewer_s_address_is_written_in_its_own_family_section_10_1(string address, string written) =>
        Assert.Equal(written, Compose(Sample.Request(), Sample.Behavior(), viewer: Sample.Viewer with { Address = System.Net.IPAddress.Parse(address) }).Joined("x-forwarded-for"u8));

    [Fact]
    public void All_viewer_headers_go_but_those_always_removed_DP_9_3()
    {
        var request = Sample.Request(
            "/", "Accept: */*", "Authorization: a", "Origin: o", "X-Any: 1", "x-any: 2", "Cookie: b=2; a=1", "Connection: keep-alive, X-Hop", "Keep-Alive: 5", "X-Hop: 1",
            "Proxy-Authorization: p", "Proxy-Authenticate: p", "Proxy-Connection: p", "TE: trailers", "Trailer: t", "Transfer-Encoding: chunked", "Upgrade: h2c", "Expect: 100-continue",
            "X-Amz-Cf-Id: forged", "X-Edge-Tier: forged", "X-Real-IP: forged", "X-Forwarded-Proto: forged", "CloudFront-Viewer-Country: forged");

        Assert.Equal(
            [
                "Host: www.example.com", "Accept: */*", "Authorization: a", "Origin: o", "X-Any: 1", "x-any: 2", "Cookie: a=1; b=2", "User-Agent: Amazon CloudFront",
                $"Via: 1.1 {ViaId}.cloudfront.net (CloudFront)", "X-Forwarded-For: 198.51.100.7", "CDN-Loop: CloudFront", "X-Amz-Cf-Id: request-id",
            ],
            Sample.Lines(Compose(request, Sample.Behavior(originRequestPolicy: AllViewer))));
    }

    [Theory]
    [InlineData("Connection: x-a", "x-a")]
    [InlineData("Connection: close, X-A ,other", "x-a")]
    [InlineData("connection: keep-alive, x-A", "X-A")]
    public void Headers_the_viewer_ties_to_its_connection_stay_behind_even_when_listed_RFC_9110_section_7_6_1(string connection, string name)
    {
        var listed = Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("X-A", "X-B") });
        var headers = Compose(Sample.Request("/", connection, name + ": 1", "X-B: 1"), listed);

        Assert.False(headers.Contains("x-a"u8));
        Assert.True(headers.Contains("x-b"u8));
    }

    [Fact]
    public void Computed_headers_go_where_named_and_a_forged_one_never_does_section_10_3()
    {
        var request = Sample.Request("/", "CloudFront-Forwarded-Proto: https", "CloudFront-Viewer-Country: XX", "CloudFront-Is-Mobile-Viewer: true");
        var behavior = Sample.Behavior(
            Sample.CachePolicy with { Headers = Sample.Listed("CloudFront-Forwarded-Proto", "CloudFront-Viewer-Country") },
            AllViewer with { Headers = OriginRequestHeaders.AllViewerAndWhitelistCloudFront, HeaderNames = ["CloudFront-Viewer-Address", "CloudFront-Forwarded-Proto"] });
        var headers = Compose(request, behavior);

        Assert.Equal("http", Single(headers, "CloudFront-Forwarded-Proto"));
        Assert.Equal("198.51.100.7:46532", Single(headers, "CloudFront-Viewer-Address"));
        Assert.False(headers.Contains("cloudfront-viewer-country"u8));
        Assert.False(headers.Contains("cloudfront-is-mobile-viewer"u8));
    }

    [Fact]
    public void An_exclusion_that_lists_a_computed_header_does_not_ask_for_it_section_10_3()
    {
        var policy = Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.AllExcept, HeaderNames = ["CloudFront-Forwarded-Proto"] };

        Assert.False(Compose(Sample.Request(), Sample.Behavior(originRequestPolicy: policy)).Contains("cloudfront-forwarded-proto"u8));
    }

    [Theory]
    [InlineData(OriginRequestHeaders.Whitelist, false)]
    [InlineData(OriginRequestHeaders.AllViewer, true)]
    [InlineData(OriginRequestHeaders.AllViewerAndWhitelistCloudFront, true)]
    [InlineData(OriginRequestHeaders.None, false)]
    public void Authorization_goes_with_all_viewer_headers_but_never_by_a_list_beyond_the_key_DP_10_2(OriginRequestHeaders headers, bool sent)
    {
        var policy = Sample.OriginRequestPolicy with { Headers = headers, HeaderNames = ["Authorization"] };

        Assert.Equal(sent, Compose(Sample.Request("/", "Authorization: a"), Sample.Behavior(originRequestPolicy: policy)).Contains("authorization"u8));
    }

    [Fact]
    public void Authorization_goes_where_it_is_in_the_key_DP_10_2() =>
        Assert.Equal("a", Compose(Sample.Request("/", "Authorization: a"), Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed("Authorization") })).Joined("authorization"u8));

    [Theory]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("If-Range", "\"x\"")]
    [InlineData("If-Match", "\"x\"")]
    [InlineData("If-None-Match", "\"x\"")]
    [InlineData("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")]
    public void A_viewer_s_condition_goes_with_a_pass_and_never_with_a_fill_section_10_1(string name, string value)
    {
        var request = Sample.Request("/", $"{name}: {value}");
        var bytes = System.Text.Encoding.ASCII.GetBytes(name);
        foreach (var behavior in new[] { Sample.Behavior(), Sample.Behavior(originRequestPolicy: AllViewer), Sample.Behavior(Sample.CachePolicy with { Headers = Sample.Listed(name) }) })
        {
            Assert.False(Compose(request, behavior).Contains(bytes));
            Assert.Equal(value, Compose(request, behavior, OriginPurpose.Pass).Joined(bytes));
        }
    }

    [Fact]
    public void What_describes_a_body_goes_with_it_section_10_1()
    {
        var request = Sample.Request("/", "Content-Type: text/plain", "Content-MD5: m", "Content-Encoding: gzip", "Content-Length: 5", "Accept: x");

        Assert.Equal(
            ["Content-Type", "Content-MD5", "Content-Encoding"],
            Names(Compose(request, Sample.Behavior(), OriginPurpose.Pass, hasBody: true)).Where(name => name.StartsWith("Content", StringComparison.Ordinal)));
        Assert.DoesNotContain(Names(Compose(request, Sample.Behavior(), OriginPurpose.Pass)), name => name.StartsWith("Content", StringComparison.Ordinal));
    }

    [Fact]
    public void Cookies_are_one_header_sorted_by_name_and_no_policy_means_none_DP_9_6()
    {
        var request = Sample.Request("/", "Cookie: b=2;c=3 ;  a=1", "cookie: A=0");

        Assert.Equal("A=0; a=1; b=2; c=3", Single(Compose(request, Sample.Behavior(Sample.CachePolicy with { Cookies = SelectionConfig.All })), "Cookie"));
        Assert.False(Compose(request, Sample.Behavior()).Contains("cookie"u8));
        Assert.False(Compose(request, Sample.Behavior(Sample.CachePolicy with { Cookies = Sample.Listed("z") })).Contains("cookie"u8));
    }

    [Theory]
    [InlineData(true, "gzip, br", "br,gzip")]
    [InlineData(true, "deflate", "identity")]
    [InlineData(true, null, null)]
    [InlineData(false, "gzip, br", "gzip, br")]
    [InlineData(false, null, null)]
    public void Accept_Encoding_is_normalised_where_the_flags_are_set_and_else_a_header_like_any_other_DP_7_2(bool flags, string? sent, string? forwarded)
    {
        var request = Sample.Request("/", sent is null ? [] : ["Accept-Encoding: " + sent]);
        var behavior = Sample.Behavior(Sample.CachePolicy with { AcceptEncodingGzip = flags, AcceptEncodingBrotli = flags }, AllViewer);

        Assert.Equal(forwarded, Compose(request, behavior).Joined("accept-encoding"u8));
        if (!flags)
        {
            Assert.False(Compose(request, Sample.Behavior()).Contains("accept-encoding"u8));
        }
    }

    [Fact]
    public void Custom_headers_come_last_over_a_viewer_s_and_over_our_own_section_10_1()
    {
        var origin = Sample.Origin with { CustomHeaders = [new HeaderConfig("X-Secret", "ours"), new HeaderConfig("User-Agent", "custom"), new HeaderConfig("X-New", "n")] };
        var headers = Compose(Sample.Request("/", "x-secret: theirs", "X-SECRET: too", "User-Agent: u"), Sample.Behavior(originRequestPolicy: AllViewer, origin: origin));

        Assert.Equal(["X-Secret: ours", "User-Agent: custom", "X-New: n"], Sample.Lines(headers).TakeLast(3));
        Assert.Equal("ours", Single(headers, "x-secret"));
        Assert.Equal("custom", Single(headers, "user-agent"));
    }

    [Fact]
    public void A_list_that_is_reused_holds_nothing_of_the_request_before()
    {
        var into = Sample.Headers("X-Old: 1");
        OriginHeaders.Compose(Sample.Request(), Sample.Behavior(), new OriginModel(Sample.Origin), Sample.Viewer, OriginPurpose.Fill, hasBody: false, ViaId, "id"u8, into);

        Assert.False(into.Contains("x-old"u8));
    }

    private static HeaderList Compose(
        RequestHead request, BehaviorModel behavior, OriginPurpose purpose = OriginPurpose.Fill, bool hasBody = false, ViewerFacts? viewer = null)
    {
        var into = new HeaderList();
        OriginHeaders.Compose(request, behavior, behavior.Origin, viewer ?? Sample.Viewer, purpose, hasBody, ViaId, "request-id"u8, into);
        return into;
    }

    private static IEnumerable<string> Names(HeaderList headers) => Enumerable.Range(0, headers.Count).Select(headers.NameText);

    private static string Single(HeaderList headers, string name) => Assert.Single(
        Enumerable.Range(0, headers.Count).Where(i => headers.NameText(i).Equals(name, StringComparison.OrdinalIgnoreCase)).Select(headers.ValueText));
}
