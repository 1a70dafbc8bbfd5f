// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.PolicyDocuments;

namespace Frontier.Control.Tests.Domain;

/// <summary>§9.1, §7: what a cache policy may say.</summary>
public sealed class CachePolicyTests
{
    private const string Disabled = "<MinTTL>0</MinTTL><DefaultTTL>0</DefaultTTL><MaxTTL>0</MaxTTL>";
    private static readonly string Eleven = string.Join(' ', Enumerable.Range(0, 11).Select(number => $"n{number}"));
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, 8).Select(number => number + new string('n', 128)));

    public static TheoryData<XElement, string, string> Faults => new()
    {
        { CachePolicy("n", ttl: ""), "InvalidArgument", "Value null at 'cachePolicyConfig.minTTL' failed to satisfy constraint: Member must not be null" },
        { CachePolicy("n", ttl: "<MinTTL>soon</MinTTL>"), "InvalidArgument", "'soon'" },
        { CachePolicy("n", ttl: "<MinTTL>-1</MinTTL>"), "InvalidArgument", "MinTTL" },
        { CachePolicy("n", ttl: "<MinTTL>2</MinTTL><DefaultTTL>1</DefaultTTL>"), "InvalidArgument", "must not decrease" },
        { CachePolicy("n", ttl: "<MinTTL>0</MinTTL><DefaultTTL>5</DefaultTTL><MaxTTL>4</MaxTTL>"), "InvalidArgument", "must not decrease" },
        { CachePolicy("n", ttl: "<MinTTL>0</MinTTL><MaxTTL>3153600001</MaxTTL>"), "InvalidArgument", "3153600000" },
        { CachePolicy("n", ttl: Disabled, queryStrings: "all"), "InvalidArgument", "MaxTTL of 0" },
        { CachePolicy("n", ttl: Disabled, headers: "whitelist A"), "InvalidArgument", "MaxTTL of 0" },
        { CachePolicy("n", ttl: Disabled, cookies: "all"), "InvalidArgument", "MaxTTL of 0" },
        { CachePolicy("n", ttl: Disabled, gzip: true), "InvalidArgument", "MaxTTL of 0" },
        { CachePolicy("n", ttl: Disabled, brotli: true), "InvalidArgument", "MaxTTL of 0" },
        { CachePolicy("n", headers: "allExcept A"), "InvalidArgument", "[none, whitelist]" },
        { CachePolicy("n", headers: "whitelist"), "InvalidArgument", "Headers must list" },
        { CachePolicy("n", headers: "none A"), "InvalidArgument", "Headers cannot list" },
        { CachePolicy("n", cookies: "allExcept"), "InvalidArgument", "Cookies must list" },
        { CachePolicy("n", cookies: "all a"), "InvalidArgument", "Cookies cannot list" },
        { CachePolicy("n", queryStrings: "whitelist"), "InvalidArgument", "QueryStrings must list" },
        { CachePolicy("n", queryStrings: "none a"), "InvalidArgument", "QueryStrings cannot list" },
        { CachePolicy("n", headers: "whitelist A a"), "InvalidArgument", "Headers contains a name more than once" },
        { CachePolicy("n", cookies: "whitelist a a"), "InvalidArgument", "Cookies contains a name more than once" },
        { CachePolicy("n", headers: "whitelist " + Eleven), "TooManyHeadersInCachePolicy", "" },
        { CachePolicy("n", cookies: "whitelist " + Eleven), "TooManyCookiesInCachePolicy", "" },
        { CachePolicy("n", queryStrings: "allExcept " + Eleven), "TooManyQueryStringsInCachePolicy", "" },
        { CachePolicy("n", queryStrings: "whitelist " + Long), "InvalidArgument", "1024 characters" },
        { CachePolicy("n", headers: "whitelist a:b"), "InvalidArgument", "'a:b'" },
        { CachePolicy("n", cookies: "whitelist a=b"), "InvalidArgument", "'a=b'" },
        { CachePolicy("n", queryStrings: "whitelist a=b"), "InvalidArgument", "'a=b'" },
        { CachePolicy("n", headers: "whitelist Accept-Encoding", gzip: true), "InvalidArgument", "Accept-Encoding" },
        { CachePolicy("n", headers: "whitelist accept-encoding", brotli: true), "InvalidArgument", "Accept-Encoding" },
        { Documents.Parse("<CachePolicyConfig><MinTTL>0</MinTTL></CachePolicyConfig>"), "InvalidArgument", "cachePolicyConfig.name" },
        { Documents.Parse($"<CachePolicyConfig><Name>n</Name><MinTTL>0</MinTTL><Comment>{new string('c', 129)}</Comment></CachePolicyConfig>"), "InvalidArgument", "Comment" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_cache_policy_is_refused(XElement body, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "cache-policy", body)).ExpectError(400, code);

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await control.CallAsync("GET", "cache-policy?Type=custom")).Text("Quantity"));
    }

    /// <summary>§9.1, §10.2, §10.3.</summary>
    [Theory]
    [InlineData("CloudFront-Viewer-Address")]
    [InlineData("CloudFront-Viewer-ASN")]
    [InlineData("cloudfront-viewer-tls")]
    [InlineData("CloudFront-Viewer-JA3-Fingerprint")]
    [InlineData("CloudFront-Viewer-JA4-Fingerprint")]
    [InlineData("CloudFront-No-Such-Header")]
    [InlineData("Cookie")]
    [InlineData("Connection")]
    [InlineData("Cache-Control")]
    [InlineData("X-Edge-Anything")]
    public async Task A_header_that_may_not_be_in_a_key_is_refused(string header)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "cache-policy", CachePolicy("n", headers: "whitelist " + header))).ExpectError(400, "InvalidArgument");

        Assert.Contains($"'{header}' that is not allowed", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_are_filled_in_API_5_13()
    {
        await using var control = await TestControl.StartAsync();

        var usual = (await control.CallAsync("POST", "cache-policy", Documents.Parse("<CachePolicyConfig><Name>usual</Name><MinTTL>1</MinTTL></CachePolicyConfig>"))).Expect(201);
        var late = (await control.CallAsync("POST", "cache-policy", CachePolicy("late", ttl: "<MinTTL>40000000</MinTTL>"))).Expect(201);

        Assert.Equal(("1", "86400", "31536000"), (usual.Text("MinTTL"), usual.Text("DefaultTTL"), usual.Text("MaxTTL")));
        Assert.Equal(("40000000", "40000000"), (late.Text("DefaultTTL"), late.Text("MaxTTL")));
        Assert.Equal(("false", "false", "none", "none", "none", ""), (
            usual.Text("EnableAcceptEncodingGzip"), usual.Text("EnableAcceptEncodingBrotli"), usual.Text("HeaderBehavior"), usual.Text("CookieBehavior"), usual.Text("QueryStringBehavior"),
            usual.Text("Comment")));
    }

    [Fact]
    public async Task A_custom_cache_policy_reaches_the_edge_field_by_field()
    {
        await using var control = await TestControl.StartAsync();
        var body = CachePolicy("n", "<MinTTL>1</MinTTL><DefaultTTL>2</DefaultTTL><MaxTTL>3</MaxTTL>", "whitelist Host CloudFront-Is-Mobile-Viewer", "allExcept sid", "whitelist page q", brotli: true);
        var id = (await control.CallAsync("POST", "cache-policy", body)).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", "distribution", Documents.Distribution("ref-1", ("DefaultCacheBehavior/CachePolicyId", id)))).Expect(201);

        var policy = (await control.ReportAsync("e", 0, 0)).Snapshot!.CachePolicies.Single();

        Assert.True(policy is
        {
            Name: "n", MinTtl: 1, DefaultTtl: 2, MaxTtl: 3, AcceptEncodingGzip: false, AcceptEncodingBrotli: true, CollapsingDisabled: false,
            Headers: { Selection: Contracts.Selection.Whitelist, Names: ["Host", "CloudFront-Is-Mobile-Viewer"] },
            Cookies: { Selection: Contracts.Selection.AllExcept, Names: ["sid"], Globs: false },
            QueryStrings: { Selection: Contracts.Selection.Whitelist, Names: ["page", "q"] },
        });
        Assert.Equal(id, policy.Id);
    }
}
