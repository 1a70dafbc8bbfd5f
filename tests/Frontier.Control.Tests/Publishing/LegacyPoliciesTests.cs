// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using Frontier.Decisions.Models;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Publishing;

/// <summary>DP-6.11, §10.2: ForwardedValues reach edges as a pair of policies.</summary>
public sealed class LegacyPoliciesTests
{
    private const string Behavior = "DefaultCacheBehavior";

    [Fact]
    public async Task The_least_forwarded_is_nothing_in_the_key_and_the_legacy_headers_beyond_it()
    {
        var (cache, request) = await PublishAsync(Forwarded());

        Assert.Equal((0, 86_400, 31_536_000), (cache.MinTtl, cache.DefaultTtl, cache.MaxTtl));
        Assert.True(cache is
        {
            Headers.Selection: Selection.None, Cookies.Selection: Selection.None, QueryStrings.Selection: Selection.None,
            AcceptEncodingGzip: false, AcceptEncodingBrotli: false, CollapsingDisabled: false,
        });
        Assert.True(request is { Headers: OriginRequestHeaders.LegacyDefault, Cookies.Selection: Selection.None, QueryStrings.Selection: Selection.None });
    }

    [Theory]
    [InlineData(false, "", Selection.None, Selection.None)]
    [InlineData(true, "", Selection.All, Selection.All)]
    [InlineData(true, "page q", Selection.Whitelist, Selection.All)]
    public async Task Query_strings_are_forwarded_whole_and_keyed_as_listed(bool forward, string keys, Selection inKey, Selection sent)
    {
        var (cache, request) = await PublishAsync(Forwarded(queryString: forward, keys: keys));

        Assert.Equal(inKey, cache.QueryStrings.Selection);
        Assert.Equal(keys.Split(' ', StringSplitOptions.RemoveEmptyEntries), cache.QueryStrings.Names);
        Assert.Equal((sent, 0), (request.QueryStrings.Selection, request.QueryStrings.Names.Length));
    }

    /// <summary>DP-6.6, DP-17.2.</summary>
    [Theory]
    [InlineData("none", "", Selection.None, false)]
    [InlineData("all", "", Selection.All, false)]
    [InlineData("whitelist", "sid wp_* a?c", Selection.Whitelist, true)]
    public async Task Cookies_are_keyed_by_pattern_and_end_collapsing(string forward, string names, Selection expected, bool globs)
    {
        var (cache, request) = await PublishAsync(Forwarded(cookies: forward, cookieNames: names));

        Assert.Equal((expected, globs, expected != Selection.None), (cache.Cookies.Selection, cache.Cookies.Globs, cache.CollapsingDisabled));
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), cache.Cookies.Names);
        Assert.Equal(Selection.None, request.Cookies.Selection);
    }

    [Fact]
    public async Task Listed_headers_are_in_the_key()
    {
        var (cache, request) = await PublishAsync(Forwarded(headers: "Host Accept-Language Accept-Encoding"));

        Assert.True(cache.Headers is { Selection: Selection.Whitelist, Names: ["Host", "Accept-Language", "Accept-Encoding"] });
        Assert.Equal(OriginRequestHeaders.LegacyDefault, request.Headers);
    }

    /// <summary>DP-6.11: with compression the key tells gzip from not; what the viewer wrote does not matter.</summary>
    [Fact]
    public async Task Compression_is_gzip_alone_and_replaces_accept_encoding_in_the_key_DP_20_1()
    {
        var (cache, _) = await PublishAsync(Forwarded(headers: "Accept-Language accept-encoding"), (Behavior, "+<Compress>true</Compress>"));

        Assert.True(cache is { AcceptEncodingGzip: true, AcceptEncodingBrotli: false, Headers.Names: ["Accept-Language"] });
    }

    [Fact]
    public async Task A_star_caches_nothing_and_forwards_everything_DP_6_11()
    {
        var (cache, request) = await PublishAsync(Forwarded(queryString: true, cookies: "whitelist", cookieNames: "sid", headers: "*", keys: "q"), (Behavior, "+<Compress>true</Compress>"));

        Assert.True(cache is
        {
            MinTtl: 0, DefaultTtl: 0, MaxTtl: 0, CollapsingDisabled: true, AcceptEncodingGzip: false,
            Headers.Selection: Selection.None, Cookies.Selection: Selection.None, QueryStrings.Selection: Selection.None,
        });
        Assert.True(request is { Headers: OriginRequestHeaders.AllViewer, Cookies: { Selection: Selection.Whitelist, Names: ["sid"], Globs: true }, QueryStrings.Selection: Selection.All });
    }

    [Fact]
    public async Task Times_are_those_given()
    {
        var (cache, _) = await PublishAsync(Forwarded(), (Behavior, "+<MinTTL>1</MinTTL>"), (Behavior, "+<DefaultTTL>2</DefaultTTL>"), (Behavior, "+<MaxTTL>3</MaxTTL>"));

        Assert.Equal((1, 2, 3), (cache.MinTtl, cache.DefaultTtl, cache.MaxTtl));
    }

    [Fact]
    public async Task Each_behavior_has_its_own_pair_and_the_api_shows_none()
    {
        await using var control = await TestControl.StartAsync(WithEdgeCheck);
        var created = (await control.CallAsync("POST", "distribution", Distribution(
            "ref-1", (Behavior + "/CachePolicyId", Forwarded()),
            ("", $"+<CacheBehaviors><Quantity>2</Quantity><Items>{Other("/a", $"<CachePolicyId>{CachingOptimized}</CachePolicyId>")}{Other("/b", Forwarded(queryString: true))}</Items></CacheBehaviors>")))).Expect(201);

        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;

        var distribution = snapshot.Distributions.Single();
        var (first, second) = ($"legacy:{distribution.Id}:0", $"legacy:{distribution.Id}:2");
        Assert.Equal([CachingOptimized, first, second], snapshot.CachePolicies.Select(policy => policy.Id));
        Assert.Equal([first, second], snapshot.OriginRequestPolicies.Select(policy => policy.Id));
        Assert.Equal((first, first), (distribution.DefaultBehavior.CachePolicyId, distribution.DefaultBehavior.OriginRequestPolicyId));
        Assert.Equal((CachingOptimized, null), (distribution.Behaviors[0].CachePolicyId, distribution.Behaviors[0].OriginRequestPolicyId));
        Assert.Equal((second, second), (distribution.Behaviors[1].CachePolicyId, distribution.Behaviors[1].OriginRequestPolicyId));
        Assert.DoesNotContain("legacy:", created.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("legacy:", (await control.CallAsync("GET", "cache-policy")).Body, StringComparison.Ordinal);
        (await control.CallAsync("GET", "cache-policy/" + first)).ExpectError(404, "NoSuchCachePolicy");
        (await control.CallAsync("POST", "distribution", Distribution("ref-2", (Behavior + "/CachePolicyId", first)))).ExpectError(404, "NoSuchCachePolicy");
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { Forwarded(cookies: "whitelist"), "InvalidForwardCookies", "" },
        { Forwarded(cookies: "all", cookieNames: "a"), "InvalidForwardCookies", "" },
        { Forwarded(cookies: "whitelist", cookieNames: Numbered("c", 11)), "TooManyCookieNamesInWhiteList", "" },
        { Forwarded(cookies: "whitelist", cookieNames: new string('c', 512)), "TooManyCookieNamesInWhiteList", "" },
        { Forwarded(cookies: "whitelist", cookieNames: "a=b"), "InvalidArgument", "'a=b'" },
        { Forwarded(headers: Numbered("H", 11)), "TooManyHeadersInForwardedValues", "" },
        { Forwarded(headers: "A a"), "InvalidArgument", "more than once" },
        { Forwarded(headers: "* Host"), "InvalidArgument", "beside *" },
        { Forwarded(headers: "Cookie"), "InvalidArgument", "'Cookie' that is not allowed" },
        { Forwarded(headers: "CloudFront-Viewer-Address"), "InvalidArgument", "not allowed" },
        { Forwarded(headers: "a:b"), "InvalidArgument", "'a:b'" },
        { Forwarded(headers: "*") + "<MinTTL>1</MinTTL>", "InvalidArgument", "MinTTL must be 0" },
        { Forwarded() + "<MinTTL>5</MinTTL><MaxTTL>4</MaxTTL>", "InvalidTTLOrder", "" },
        { Forwarded() + "<MaxTTL>3153600001</MaxTTL>", "InvalidTTLOrder", "" },
        { Forwarded(queryString: false, keys: "q"), "InvalidQueryStringParameters", "" },
        { Forwarded(queryString: true, keys: new string('q', 129)), "InvalidQueryStringParameters", "" },
        { Forwarded(queryString: true, keys: Numbered(new string('q', 100), 6)), "InvalidQueryStringParameters", "" },
        { Forwarded(queryString: true, keys: Numbered("q", 11)), "TooManyQueryStringParameters", "" },
        { Forwarded() + $"<OriginRequestPolicyId>216adef6-5c7f-47e4-b989-5492eafa07d3</OriginRequestPolicyId>", "InvalidArgument", "OriginRequestPolicyId cannot be used" },
        { Forwarded() + $"<CachePolicyId>{CachingOptimized}</CachePolicyId>", "InvalidArgument", "The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior." },
    };

    /// <summary>§7, §8.2, API-10.2, API-10.3.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Faulty_legacy_settings_are_refused(string settings, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var body = Distribution("ref-1", (Behavior, $"<DefaultCacheBehavior><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>{settings}</DefaultCacheBehavior>"));
        var answer = (await control.CallAsync("POST", "distribution", body)).ExpectError(400, code);

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
    }

    /// <summary>§10.2: a bucket is found by its host alone.</summary>
    [Fact]
    public async Task The_host_cannot_be_forwarded_to_a_bucket()
    {
        await using var control = await TestControl.StartAsync();
        var bucket = new[]
        {
            ("Origins/Items/Origin/DomainName", "pics.s3.amazonaws.com"), ("Origins/Items/Origin/CustomOriginConfig", "<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>"),
            (Behavior + "/CachePolicyId", (string?)Forwarded(headers: "Origin host")),
        };

        (await control.CallAsync("POST", "distribution", Distribution("ref-1", bucket))).ExpectError(400, "InvalidHeadersForS3Origin");
    }

    private static async Task<(CachePolicyConfig Cache, OriginRequestPolicyConfig Request)> PublishAsync(string forwarded, params (string Path, string? Xml)[] changes)
    {
        await using var control = await TestControl.StartAsync(WithEdgeCheck);
        (await control.CallAsync("POST", "distribution", Distribution("ref-1", [(Behavior + "/CachePolicyId", forwarded), .. changes]))).Expect(201);
        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        return (snapshot.CachePolicies.Single(), snapshot.OriginRequestPolicies.Single());
    }

    /// <summary>What is published must be something an edge loads.</summary>
    private static ControlOptions WithEdgeCheck(ControlOptions options) => options with { SnapshotCheck = snapshot => SnapshotCompiler.Compile(snapshot).Faults };

    private static string Other(string pattern, string policies) =>
        $"<CacheBehavior><PathPattern>{pattern}</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>{policies}</CacheBehavior>";

    private static string Forwarded(bool queryString = false, string cookies = "none", string cookieNames = "", string headers = "", string keys = "") =>
        $"""
         <ForwardedValues><QueryString>{(queryString ? "true" : "false")}</QueryString><Cookies><Forward>{cookies}</Forward>{List("WhitelistedNames", cookieNames)}</Cookies>
         {List("Headers", headers)}{List("QueryStringCacheKeys", keys)}</ForwardedValues>
         """;

    private static string List(string element, string names)
    {
        var each = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return each.Length == 0 ? "" : $"<{element}><Quantity>{each.Length}</Quantity><Items>{string.Concat(each.Select(name => $"<Name>{name}</Name>"))}</Items></{element}>";
    }

    private static string Numbered(string name, int count) => string.Join(' ', Enumerable.Range(0, count).Select(number => name + number));
}
