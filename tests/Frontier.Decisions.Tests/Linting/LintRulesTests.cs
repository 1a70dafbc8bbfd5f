// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Linting;

namespace Frontier.Decisions.Tests.Linting;

/// <summary>Each rule where it is broken, and the usual good sites, of which no rule has anything to say.</summary>
public sealed class LintRulesTests
{
    private const LintSeverity Advice = LintSeverity.Advice;
    private const LintSeverity Warning = LintSeverity.Warning;
    private const LintSeverity Error = LintSeverity.Error;

    private static readonly LintedSite BucketSite = new();
    private static readonly LintedSite Server = LintedSite.OfServer;
    private static readonly OriginRequestPolicyConfig AllViewer = Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.AllViewer, Cookies = SelectionConfig.All, QueryStrings = SelectionConfig.All };
    private static readonly string[] ReadMethods = ["GET", "HEAD", "OPTIONS"];
    private static readonly string[] AllMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
    private static readonly CorsConfig OpenCors = new() { AllowOrigins = ["*"], AllowHeaders = ["*"], AllowMethods = ["GET", "PUT"], OriginOverride = true };

    /// <summary>What breaks a rule, where, and how bad it is there.</summary>
    private static readonly (string Rule, LintSeverity Severity, string Path, LintedSite Site)[] BrokenSites =
    [
        ("shadowed-behavior", Error, "CacheBehaviors.Items[1].PathPattern", BucketSite.With("/img/*", "/img/*.jpg")),
        ("shadowed-behavior", Error, "CacheBehaviors.Items[1].PathPattern", BucketSite.With("img/*", "/img/**")),
        ("shadowed-behavior", Error, "CacheBehaviors.Items[2].PathPattern", BucketSite.With("/a", "/a?*", "/a*")),
        ("pattern-without-paths", Error, "CacheBehaviors.Items[0].PathPattern", BucketSite.With("/a//b*")),
        ("pattern-without-paths", Error, "CacheBehaviors.Items[0].PathPattern", BucketSite.With("/a/..")),
        ("pattern-without-paths", Error, "CacheBehaviors.Items[0].PathPattern", BucketSite.With("/")),
        ("all-cookies-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(cookies: SelectionConfig.All)),
        ("all-cookies-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(cookies: Sample.AllBut("a"))),
        ("all-cookies-in-key", Advice, "DefaultCacheBehavior.CachePolicyId", Server with { Cache = Server.Cache with { MinTtl = 0, DefaultTtl = 0, Cookies = SelectionConfig.All } }),
        ("tracking-cookies-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(cookies: Sample.Listed("session", "_ga"))),
        ("tracking-cookies-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(cookies: Sample.Listed("_g*") with { Globs = true })),
        ("many-cookies-in-key", Advice, "DefaultCacheBehavior.CachePolicyId", WithKey(cookies: Sample.Listed("a", "b", "c", "d", "e", "f"))),
        ("viewer-headers-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(headers: Sample.Listed("user-agent"))),
        ("viewer-headers-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(headers: Sample.Listed("Cookie"))),
        ("authorization-in-key", Advice, "DefaultCacheBehavior.CachePolicyId", WithKey(headers: Sample.Listed("Authorization"))),
        ("encoding-header-in-key", Warning, "DefaultCacheBehavior.CachePolicyId", WithKey(headers: Sample.Listed("Accept-Encoding"))),
        ("compression-without-encodings", Advice, "DefaultCacheBehavior.Compress", BucketSite with { Cache = BucketSite.Cache with { AcceptEncodingGzip = false, AcceptEncodingBrotli = false } }),
        ("tracking-parameters-in-key", Advice, "DefaultCacheBehavior.CachePolicyId", Server with { Cache = Server.Cache with { QueryStrings = SelectionConfig.All } }),
        ("legacy-all-headers", Warning, "DefaultCacheBehavior.ForwardedValues.Headers", Server with
        {
            Cache = Server.Cache with { Id = "legacy:E:0", MinTtl = 0, DefaultTtl = 0, MaxTtl = 0, CollapsingDisabled = true },
            Beyond = AllViewer with { Id = "legacy:E:0" },
            Behavior = Server.Behavior with { CachePolicyId = "legacy:E:0" },
        }),
        ("authorization-beyond-key", Error, "DefaultCacheBehavior.OriginRequestPolicyId", Server with { Beyond = AllViewer }),
        ("authorization-beyond-key", Warning, "DefaultCacheBehavior.OriginRequestPolicyId", Server with { Beyond = AllViewer, Cache = Server.Cache with { MinTtl = 0, DefaultTtl = 0 } }),
        ("cookies-beyond-key", Warning, "DefaultCacheBehavior.OriginRequestPolicyId", WithBeyond(cookies: Sample.Listed("session"))),
        ("cookies-beyond-key", Advice, "DefaultCacheBehavior.OriginRequestPolicyId", WithBeyond(cookies: SelectionConfig.All) with { Cache = Server.Cache with { MinTtl = 0, DefaultTtl = 0 } }),
        ("query-beyond-key", Warning, "DefaultCacheBehavior.OriginRequestPolicyId", WithBeyond(queries: SelectionConfig.All)),
        ("host-beyond-key", Warning, "DefaultCacheBehavior.OriginRequestPolicyId", WithBeyond("Host") with { Distribution = Server.Distribution with { Aliases = ["a.example.com", "b.example.com"] } }),
        ("cors-beyond-key", Warning, "DefaultCacheBehavior.OriginRequestPolicyId", WithBeyond("Origin")),
        ("cors-beyond-key", Advice, "DefaultCacheBehavior.OriginRequestPolicyId", WithBeyond("Origin") with { Response = Response(OpenCors with { AllowMethods = ["GET"], OriginOverride = false }) }),
        ("preflight-not-cached", Advice, "DefaultCacheBehavior.CachedMethods", Behaving(WithKey(headers: Sample.Listed("Origin")), static behavior => behavior with { AllowedMethods = [.. ReadMethods] })),
        ("preflight-refused", Advice, "DefaultCacheBehavior.AllowedMethods", BucketSite with { Response = Response(OpenCors) }),
        ("min-ttl-over-origin", Warning, "DefaultCacheBehavior.CachePolicyId", Server with { Cache = Server.Cache with { MinTtl = 3_600 } }),
        ("writes-behind-cache", Advice, "DefaultCacheBehavior.AllowedMethods", Server with { Behavior = Server.Behavior with { AllowedMethods = [.. AllMethods] } }),
        ("cookies-in-plain", Warning, "DefaultCacheBehavior.ViewerProtocolPolicy", Behaving(WithKey(cookies: Sample.Listed("session")), static behavior => behavior with { ViewerProtocol = ViewerProtocol.AllowAll })),
        ("plain-origin", Warning, "DefaultCacheBehavior.TargetOriginId", WithOrigin(LintedSite.Server with { Protocol = OriginProtocol.HttpOnly })),
        ("plain-origin", Advice, "DefaultCacheBehavior.TargetOriginId", WithOrigin(LintedSite.Server with { Protocol = OriginProtocol.HttpOnly, DomainName = "b.s3-website-us-east-1.amazonaws.com" })),
        ("origin-follows-viewer", Warning, "DefaultCacheBehavior.ViewerProtocolPolicy", Behaving(WithOrigin(LintedSite.Server with { Protocol = OriginProtocol.MatchViewer }), static behavior => behavior with { ViewerProtocol = ViewerProtocol.AllowAll })),
        ("old-origin-tls", Warning, "Origins.Items[0].CustomOriginConfig.OriginSslProtocols", WithOrigin(LintedSite.Server with { TlsProtocols = ["SSLv3", "TLSv1.2"] })),
        ("old-origin-tls", Warning, "Origins.Items[0].CustomOriginConfig.OriginSslProtocols", WithOrigin(LintedSite.Server with { TlsProtocols = ["TLSv1.1"] })),
        ("old-origin-tls", Advice, "Origins.Items[0].CustomOriginConfig.OriginSslProtocols", WithOrigin(LintedSite.Server with { TlsProtocols = ["TLSv1", "TLSv1.1", "TLSv1.2"] })),
        ("long-error-ttl", Warning, "CustomErrorResponses.Items[0].ErrorCachingMinTTL", BucketSite.WithErrors(new ErrorResponseConfig(503, 300))),
        ("long-error-ttl", Warning, "CustomErrorResponses.Items[1].ErrorCachingMinTTL", BucketSite.WithErrors(new ErrorResponseConfig(503, 10), new ErrorResponseConfig(404, 86_400))),
        ("error-as-success", Warning, "CustomErrorResponses.Items[0].ResponseCode", BucketSite.WithErrors(Page(500, 200))),
        ("error-as-success", Advice, "CustomErrorResponses.Items[0].ResponseCode", BucketSite.WithErrors(Page(403, 200))),
        ("error-as-success", Warning, "CustomErrorResponses.Items[0].ResponseCode", WithApi(BucketSite.WithErrors(Page(404, 200)))),
        ("error-page-on-failing-origin", Warning, "CustomErrorResponses.Items[0].ResponsePagePath", Server.WithErrors(Page(503, 503))),
        ("error-page-on-failing-origin", Warning, "CustomErrorResponses.Items[0].ResponsePagePath", Server.With("/errors/*").WithPage()),
        ("error-page-not-cached", Advice, "CustomErrorResponses.Items[0].ResponsePagePath", Server.WithErrors(Page(404, 404)) with { Behavior = Server.Behavior with { CachePolicyId = "disabled" } }),
        ("bucket-without-access-control", Warning, "Origins.Items[0].OriginAccessControlId", WithBucket(LintedSite.Bucket with { S3 = new S3OriginConfig { Bucket = "bucket", Region = "us-east-1" } })),
        ("no-root-object", Advice, "DefaultRootObject", BucketSite with { Distribution = BucketSite.Distribution with { DefaultRootObject = "" } }),
        ("failover-to-itself", Warning, "OriginGroups.Items[0].Members", Server with
        {
            Distribution = Server.Distribution with
            {
                Origins = [LintedSite.Server, LintedSite.Server with { Id = "second" }],
                OriginGroups = [new OriginGroupConfig { Id = "group", PrimaryOriginId = "server", SecondaryOriginId = "second", FailoverStatuses = [503] }],
            },
            Behavior = Server.Behavior with { TargetOriginId = "group" },
        }),
    ];

    public static TheoryData<int> Broken => [.. Enumerable.Range(0, BrokenSites.Length)];

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_rule_finds_what_breaks_it(int row)
    {
        var (rule, severity, path, site) = BrokenSites[row];

        var found = Assert.Single(site.Lint(), finding => finding.Rule == rule && finding.Path == path);

        Assert.Equal(severity, found.Severity);
        Assert.EndsWith(".", found.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_shown_to_find_something() => Assert.Empty(LintRules.All.Select(static rule => rule.Id).Except(BrokenSites.Select(static row => row.Rule)));

    [Fact]
    public void Ids_are_unique_and_no_place_weighs_more_than_its_rule()
    {
        Assert.Equal(LintRules.All.Length, LintRules.All.DistinctBy(static rule => rule.Id).Count());
        Assert.All(BrokenSites, static row => Assert.True(row.Severity <= LintRules.All.Single(rule => rule.Id == row.Rule).Severity));
    }

    [Fact]
    public void A_signed_bucket_behind_https_with_CachingOptimized_is_in_order() => Assert.Empty(BucketSite.Lint());

    [Fact]
    public void An_application_behind_https_with_CachingDisabled_and_everything_sent_is_in_order() =>
        Assert.Empty((Server with { Beyond = AllViewer, Behavior = Server.Behavior with { CachePolicyId = "disabled", AllowedMethods = [.. AllMethods] } }).Lint());

    [Fact]
    public void A_bucket_with_an_api_beside_it_is_in_order() => Assert.Empty(WithApi(BucketSite).Lint());

    [Fact]
    public void An_error_page_in_a_bucket_of_its_own_is_in_order()
    {
        var paged = Server.WithPage();

        Assert.Empty((paged with { Distribution = paged.Distribution with { Origins = [LintedSite.Server, LintedSite.Bucket], Behaviors = [BucketSite.Behavior with { PathPattern = "/errors/*" }] } }).Lint());
    }

    [Fact]
    public void Cross_origin_headers_of_a_policy_need_no_Origin_in_the_key() => Assert.Empty((BucketSite with { Response = Response(OpenCors with { AllowMethods = ["GET", "HEAD"], OriginOverride = false }) }).Lint());

    [Fact]
    public void Origin_in_the_key_with_preflights_cached_is_in_order()
    {
        var site = WithKey(headers: Sample.Listed("Origin"));

        Assert.Empty((site with { Behavior = site.Behavior with { AllowedMethods = [.. ReadMethods], CachedMethods = [.. ReadMethods] } }).Lint());
    }

    [Fact]
    public void The_worst_stands_first()
    {
        var findings = (Server.With("/a*", "/ab") with { Beyond = AllViewer, Cache = Server.Cache with { QueryStrings = SelectionConfig.All } }).Lint();

        Assert.Equal(findings.OrderByDescending(static finding => finding.Severity), findings);
        Assert.Equal(Error, findings[0].Severity);
        Assert.Equal(Advice, findings[^1].Severity);
    }

    private static LintedSite WithKey(SelectionConfig? headers = null, SelectionConfig? cookies = null) =>
        Server with { Cache = Server.Cache with { Headers = headers ?? SelectionConfig.None, Cookies = cookies ?? SelectionConfig.None } };

    private static LintedSite WithBeyond(string? header = null, SelectionConfig? cookies = null, SelectionConfig? queries = null) => Server with
    {
        Beyond = Sample.OriginRequestPolicy with
        {
            Headers = header is null ? OriginRequestHeaders.None : OriginRequestHeaders.Whitelist,
            HeaderNames = header is null ? [] : [header],
            Cookies = cookies ?? SelectionConfig.None,
            QueryStrings = queries ?? SelectionConfig.None,
        },
    };

    private static LintedSite Behaving(LintedSite site, Func<BehaviorConfig, BehaviorConfig> change) => site with { Behavior = change(site.Behavior) };

    private static LintedSite WithOrigin(OriginConfig origin) => Server with { Distribution = Server.Distribution with { Origins = [origin] } };

    private static LintedSite WithBucket(OriginConfig origin) => BucketSite with { Distribution = BucketSite.Distribution with { Origins = [origin] } };

    private static LintedSite WithApi(LintedSite site) => site with
    {
        Distribution = site.Distribution with
        {
            Origins = [LintedSite.Bucket, LintedSite.Server],
            Behaviors = [site.Behavior with { PathPattern = "/api/*", TargetOriginId = "server", CachePolicyId = "disabled", AllowedMethods = [.. AllMethods] }],
        },
    };

    private static ErrorResponseConfig Page(int status, int sent) => new(status, 10) { PagePath = "/errors/page.html", PageStatus = sent };

    private static ResponseHeadersPolicyConfig Response(CorsConfig cors) => new() { Id = "rhp", Name = "rhp", Cors = cors };
}
