// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Keys;

/// <summary>§6: each rule of the cache key.</summary>
public sealed class CacheKeyTests
{
    [Fact]
    public void The_least_key_is_distribution_and_path_DP_6_1() =>
        Assert.Equal("E1A2B3C4D5E6F7\0/a/b.html\0", Key(Sample.CachePolicy, "/a/b.html"));

    [Fact]
    public void All_aliases_share_their_objects_DP_6_1()
    {
        var request = Sample.Request("/a");
        request.Host = "alias.example.net";
        request.Headers.Set("Host"u8, "alias.example.net"u8);

        Assert.Equal(Key(Sample.CachePolicy, "/a"), Sample.Key(request, Sample.Behavior()));
    }

    [Fact]
    public void Another_distribution_shares_none_DP_6_1()
    {
        var other = Sample.Distribution(Sample.DistributionConfig with { Id = "E9A2B3C4D5E6F7" });

        Assert.NotEqual(Sample.Key(Sample.Request("/a"), Sample.Behavior()), Sample.Key(Sample.Request("/a"), Sample.Behavior(), other));
    }

    [Theory]
    [InlineData("/a", "/A")]
    [InlineData("/a", "/a/")]
    [InlineData("/a", "//a")]
    [InlineData("/a", "/./a")]
    [InlineData("/a", "/%61")]
    [InlineData("/%2f", "/%2F")]
    public void The_path_counts_exactly_as_requested_DP_6_1(string one, string other) =>
        Assert.NotEqual(Key(Sample.CachePolicy, one), Key(Sample.CachePolicy, other));

    [Fact]
    public void HEAD_and_GET_share_an_entry_and_OPTIONS_has_its_own_DP_4_7()
    {
        string Of(string method)
        {
            var request = Sample.Request("/a");
            request.SetMethod(method);
            return Sample.Key(request, Sample.Behavior());
        }

        Assert.Equal(Of("GET"), Of("HEAD"));
        Assert.NotEqual(Of("GET"), Of("OPTIONS"));
    }

    [Theory]
    [InlineData("/a?x=1")]
    [InlineData("/a?")]
    [InlineData("/a?x=2&y")]
    public void A_policy_of_no_queries_keeps_them_all_out_DP_6_3_DP_6_4(string target) =>
        Assert.Equal(Key(Sample.CachePolicy, "/a"), Key(Sample.CachePolicy, target));

    [Theory]
    [InlineData("/a?x=1&y=2", "/a?y=2&x=1")]
    [InlineData("/a?x=1", "/a?X=1")]
    [InlineData("/a?x=1", "/a?x=1&x=1")]
    [InlineData("/a?", "/a")]
    [InlineData("/a?x", "/a?x=")]
    [InlineData("/a?x=%61", "/a?x=a")]
    public void A_policy_of_all_queries_takes_the_raw_string_DP_6_3_DP_6_4(string one, string other)
    {
        var all = Sample.CachePolicy with { QueryStrings = SelectionConfig.All };

        Assert.NotEqual(Key(all, one), Key(all, other));
        Assert.EndsWith(one + "\0", Key(all, one), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a?b=1&x=0&c=2", "/a?b=1&c=2")]
    [InlineData("/a?c=2&b=1", "/a?c=2&b=1")]
    [InlineData("/a?b=1&b=2", "/a?b=1&b=2")]
    [InlineData("/a?b", "/a?b")]
    [InlineData("/a?b&c", "/a?b&c")]
    [InlineData("/a?B=1&bb=1", "/a")]
    [InlineData("/a?x=1;b=2", "/a")]
    [InlineData("/a?b=1;c=2", "/a?b=1;c=2")]
    [InlineData("/a?&&b=1&", "/a?b=1")]
    [InlineData("/a?", "/a")]
    public void A_list_takes_its_parameters_in_the_order_of_the_request_DP_6_3_DP_6_4(string target, string keyed) =>
        Assert.Equal($"E1A2B3C4D5E6F7\0{keyed}\0", Key(Sample.CachePolicy with { QueryStrings = Sample.Listed("b", "c") }, target));

    [Theory]
    [InlineData("/a?b=1&x=0&c=2", "/a?x=0")]
    [InlineData("/a?b=1", "/a")]
    [InlineData("/a?B=1&y&x=0", "/a?B=1&y&x=0")]
    public void An_exclusion_takes_all_but_its_parameters_DP_6_3(string target, string keyed) =>
        Assert.Equal($"E1A2B3C4D5E6F7\0{keyed}\0", Key(Sample.CachePolicy with { QueryStrings = Sample.AllBut("b", "c") }, target));

    [Fact]
    public void Header_names_compare_without_case_and_values_byte_for_byte_DP_6_5()
    {
        var policy = Sample.CachePolicy with { Headers = Sample.Listed("Accept-Language") };

        Assert.Equal(Key(policy, "/", "accept-language: de"), Key(policy, "/", "ACCEPT-LANGUAGE: de"));
        Assert.NotEqual(Key(policy, "/", "Accept-Language: de"), Key(policy, "/", "Accept-Language: DE"));
        Assert.NotEqual(Key(policy, "/", "Accept-Language: de, en"), Key(policy, "/", "Accept-Language: de,en"));
        Assert.Equal(Key(policy, "/", "Accept-Language: de"), Key(policy, "/", "Accept-Language: de", "Other: x"));
    }

    [Fact]
    public void A_missing_header_is_not_an_empty_one_DP_6_5()
    {
        var policy = Sample.CachePolicy with { Headers = Sample.Listed("Origin") };

        Assert.NotEqual(Key(policy, "/"), Key(policy, "/", "Origin:"));
    }

    [Fact]
    public void A_header_the_viewer_ties_to_its_connection_is_missing_as_it_is_for_the_origin_RFC_9110_section_7_6_1()
    {
        var policy = Sample.CachePolicy with { Headers = Sample.Listed("X-Device") };

        Assert.Equal(Key(policy, "/"), Key(policy, "/", "X-Device: mobile", "Connection: close, x-device"));
    }

    [Fact]
    public void The_Host_is_in_the_key_where_it_is_listed()
    {
        var policy = Sample.CachePolicy with { Headers = Sample.Listed("Host") };

        Assert.Contains("www.example.com", Key(policy, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public void Cookies_count_with_case_and_in_order_of_their_names_DP_6_6()
    {
        var policy = Sample.CachePolicy with { Cookies = SelectionConfig.All };

        Assert.Equal(Key(policy, "/", "Cookie: a=1; b=2"), Key(policy, "/", "Cookie: b=2;a=1"));
        Assert.Equal(Key(policy, "/", "Cookie: a=1; b=2"), Key(policy, "/", "Cookie: b=2", "Cookie: a=1"));
        Assert.NotEqual(Key(policy, "/", "Cookie: a=1"), Key(policy, "/", "Cookie: A=1"));
        Assert.NotEqual(Key(policy, "/", "Cookie: a=x"), Key(policy, "/", "Cookie: a=X"));
        Assert.NotEqual(Key(policy, "/", "Cookie: a=1; a=2"), Key(policy, "/", "Cookie: a=2; a=1"));
        Assert.NotEqual(Key(policy, "/", "Cookie: a"), Key(policy, "/", "Cookie: a="));
    }

    [Fact]
    public void A_list_and_an_exclusion_of_cookies_take_theirs_only_DP_6_2_DP_6_6()
    {
        var listed = Sample.CachePolicy with { Cookies = Sample.Listed("session") };
        var excluded = Sample.CachePolicy with { Cookies = Sample.AllBut("session") };

        Assert.Equal(Key(listed, "/", "Cookie: session=1"), Key(listed, "/", "Cookie: _ga=5; session=1"));
        Assert.Equal(Key(listed, "/"), Key(listed, "/", "Cookie: Session=1; sessions=2"));
        Assert.Equal(Key(excluded, "/", "Cookie: _ga=5"), Key(excluded, "/", "Cookie: session=1; _ga=5"));
        Assert.NotEqual(Key(excluded, "/"), Key(excluded, "/", "Cookie: _ga=5"));
    }

    [Fact]
    public void A_computed_header_keys_by_what_we_compute_never_by_what_the_viewer_says_DP_6_7()
    {
        var policy = Sample.CachePolicy with { Headers = Sample.Listed("CloudFront-Is-Mobile-Viewer", "CloudFront-Forwarded-Proto") };
        const string Phone = "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148";

        Assert.NotEqual(Key(policy, "/"), Key(policy, "/", Phone));
        Assert.Equal(Key(policy, "/"), Key(policy, "/", "CloudFront-Is-Mobile-Viewer: true", "CloudFront-Forwarded-Proto: https"));
        Assert.Equal(Key(policy, "/"), Key(policy, "/", "User-Agent: anything on a desk"));
    }

    [Fact]
    public void The_protocol_is_no_part_but_where_Forwarded_Proto_is_DP_4_8()
    {
        string Of(CachePolicyConfig policy, bool isHttps)
        {
            var request = Sample.Request("/");
            request.IsHttps = isHttps;
            return Sample.Key(request, Sample.Behavior(policy));
        }

        var proto = Sample.CachePolicy with { Headers = Sample.Listed("CloudFront-Forwarded-Proto") };
        Assert.Equal(Of(Sample.CachePolicy, false), Of(Sample.CachePolicy, true));
        Assert.NotEqual(Of(proto, false), Of(proto, true));
    }

    [Theory]
    [InlineData("Cache-Control: no-cache")]
    [InlineData("Pragma: no-cache")]
    [InlineData("If-None-Match: \"x\"")]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Range: bytes=0-1")]
    [InlineData("User-Agent: x")]
    [InlineData("Cookie: a=1")]
    [InlineData("Accept-Encoding: gzip")]
    public void What_the_policy_does_not_take_never_influences_the_key_DP_6_10(string header) =>
        Assert.Equal(Key(Sample.CachePolicy, "/a"), Key(Sample.CachePolicy, "/a", header));

    [Fact]
    public void Accept_Encoding_is_keyed_by_its_normal_form_section_7()
    {
        var policy = Sample.CachePolicy with { AcceptEncodingGzip = true, AcceptEncodingBrotli = true };

        Assert.Equal(Key(policy, "/", "Accept-Encoding: gzip, deflate, br"), Key(policy, "/", "Accept-Encoding: br;q=0.5,GZIP"));
        Assert.NotEqual(Key(policy, "/", "Accept-Encoding: gzip, br"), Key(policy, "/", "Accept-Encoding: gzip"));
        Assert.NotEqual(Key(policy, "/", "Accept-Encoding: br"), Key(policy, "/", "Accept-Encoding: gzip"));
        Assert.Equal(Key(policy, "/"), Key(policy, "/", "Accept-Encoding: deflate"));
    }

    [Fact]
    public void The_origin_is_no_part_DP_6_12() =>
        Assert.Equal(Sample.Key(Sample.Request("/a"), Sample.Behavior()), Sample.Key(Sample.Request("/a"), Sample.Behavior(origin: Sample.S3Origin)));

    [Fact]
    public void The_origin_request_policy_is_no_part_DP_6_2()
    {
        var all = Sample.OriginRequestPolicy with
        {
            Headers = OriginRequestHeaders.AllViewer,
            Cookies = SelectionConfig.All,
            QueryStrings = SelectionConfig.All,
        };

        Assert.Equal(
            Sample.Key(Sample.Request("/a"), Sample.Behavior()), Sample.Key(Sample.Request("/a?x=1", "Cookie: a=1"), Sample.Behavior(originRequestPolicy: all)));
    }

    [Theory]
    [InlineData(HttpVersion.Http10)]
    [InlineData(HttpVersion.Http2)]
    [InlineData(HttpVersion.Http3)]
    public void The_version_is_no_part(HttpVersion version)
    {
        var request = Sample.Request("/a");
        request.Version = version;

        Assert.Equal(Key(Sample.CachePolicy, "/a"), Sample.Key(request, Sample.Behavior()));
    }

    private static string Key(CachePolicyConfig policy, string target, params string[] headers) => Sample.Key(Sample.Request(target, headers), Sample.Behavior(policy));
}
