// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Edge.Tests.Harness;

/// <summary>The managed policies that edge tests name (§8).</summary>
internal static class TestPolicies
{
    public const string AllViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
    public const string NotCollapsing = "00000000-0000-4000-8000-000000000005";
    public const string CookiesInKey = "00000000-0000-4000-8000-000000000001";
    public const string EveryHeader = "00000000-0000-4000-8000-000000000002";
    public const string TimingAlways = "00000000-0000-4000-8000-000000000003";
    public const string FailedTarget = "00000000-0000-4000-8000-000000000004";

    public const string AuthorizationInKey = "00000000-0000-4000-8000-000000000006";
    public const string Fingerprints = "00000000-0000-4000-8000-000000000007";

    public static ImmutableArray<CachePolicyConfig> Cache { get; } =
    [
        new() { Id = TestEdge.CachingOptimized, Name = "CachingOptimized", MinTtl = 1, DefaultTtl = 86_400, MaxTtl = 31_536_000, AcceptEncodingGzip = true, AcceptEncodingBrotli = true },
        new() { Id = TestEdge.CachingDisabled, Name = "CachingDisabled", MinTtl = 0, DefaultTtl = 0, MaxTtl = 0 },
        new() { Id = UseOriginHeaders, Name = "UseOriginCacheControlHeaders", MinTtl = 0, DefaultTtl = 0, MaxTtl = 31_536_000 },
        new() { Id = CookiesInKey, Name = "CookiesInKey", MinTtl = 0, DefaultTtl = 60, MaxTtl = 3_600, Cookies = SelectionConfig.All, QueryStrings = SelectionConfig.All },
        new() { Id = NotCollapsing, Name = "NotCollapsing", MinTtl = 0, DefaultTtl = 60, MaxTtl = 3_600, CollapsingDisabled = true },
        new() { Id = AuthorizationInKey, Name = "AuthorizationInKey", MinTtl = 0, DefaultTtl = 60, MaxTtl = 3_600, Headers = new SelectionConfig(Selection.Whitelist, ["Authorization"]) },
    ];

    public static ImmutableArray<ResponseHeadersPolicyConfig> ResponseHeaders { get; } =
    [
        new()
        {
            Id = EveryHeader,
            Name = "EveryHeader",
            RemovedHeaders = ["Server", "Date", "X-Powered-By"],
            Cors = new CorsConfig { AllowOrigins = ["https://*.example.org"], AllowHeaders = ["x-amz-*"], AllowMethods = ["ALL"], AllowCredentials = true, MaxAgeSeconds = 600 },
            AddedHeaders = [new("X-Content-Type-Options", "nosniff", true), new("X-Frame-Options", "SAMEORIGIN", false)],
            ServerTimingPercent = 0,
        },
        new() { Id = TimingAlways, Name = "TimingAlways", ServerTimingPercent = 100 },
    ];

    public static ImmutableArray<OriginRequestPolicyConfig> OriginRequest { get; } =
    [
        new() { Id = FailedTarget, Name = "FailedTarget", Headers = OriginRequestHeaders.Whitelist, HeaderNames = ["CloudFront-Error-Uri", "CloudFront-Error-Args"] },
        new() { Id = AllViewer, Name = "AllViewer", Headers = OriginRequestHeaders.AllViewer, Cookies = SelectionConfig.All, QueryStrings = SelectionConfig.All },
        new()
        {
            Id = Fingerprints,
            Name = "Fingerprints",
            Headers = OriginRequestHeaders.Whitelist,
            HeaderNames = ["CloudFront-Viewer-JA3-Fingerprint", "CloudFront-Viewer-JA4-Fingerprint", "CloudFront-Viewer-TLS", "CloudFront-Viewer-Country", "CloudFront-Viewer-City",
                "CloudFront-Viewer-Header-Order", "CloudFront-Viewer-Header-Count"],
        },
    ];

    public const string UseOriginHeaders = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";
}
