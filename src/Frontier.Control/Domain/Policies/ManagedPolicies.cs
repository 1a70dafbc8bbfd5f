// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Policies;

/// <summary>
/// The policies that exist in every account (<c>dataplane.md</c> §8). The four cache policies Amplify-Default,
/// Amplify-DefaultNoCookies, Amplify-ImageOptimization and Amplify-StaticContent are left out: their contents are not published.
/// </summary>
internal static class ManagedPolicies
{
    private const string NamePrefix = "Managed-";

    /// <summary>Managed policies never change; their age is part of what clients see.</summary>
    private static readonly DateTimeOffset ModifiedAt = new(2020, 5, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] OriginalHostHeaders = ["Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    private static readonly string[] CloudFrontHeaders =
    [
        "CloudFront-Forwarded-Proto", "CloudFront-Is-Android-Viewer", "CloudFront-Is-Desktop-Viewer", "CloudFront-Is-IOS-Viewer", "CloudFront-Is-Mobile-Viewer",
        "CloudFront-Is-SmartTV-Viewer", "CloudFront-Is-Tablet-Viewer", "CloudFront-Viewer-Address", "CloudFront-Viewer-ASN", "CloudFront-Viewer-City",
        "CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Name", "CloudFront-Viewer-Country-Region", "CloudFront-Viewer-Country-Region-Name",
        "CloudFront-Viewer-Http-Version", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude", "CloudFront-Viewer-Metro-Code",
        "CloudFront-Viewer-Postal-Code", "CloudFront-Viewer-Time-Zone", "CloudFront-Viewer-TLS",
    ];

    private static readonly CorsConfig SimpleCors = new() { AllowOrigins = ["*"], AllowHeaders = ["*"], AllowMethods = ["GET", "HEAD"] };

    private static readonly CorsConfig PreflightCors = SimpleCors with { AllowMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"], ExposeHeaders = ["*"] };

    /// <summary>Of these only X-Content-Type-Options overrides the origin.</summary>
    private static readonly SecurityHeaders Security = new()
    {
        XssProtection = new XssProtection(Override: false, Protection: true, ModeBlock: true, ReportUri: null),
        FrameOptions = new SecurityValue("SAMEORIGIN", Override: false),
        ReferrerPolicy = new SecurityValue("strict-origin-when-cross-origin", Override: false),
        ContentTypeOptionsOverride = true,
        StrictTransportSecurity = new StrictTransport(Override: false, 31_536_000, IncludeSubdomains: false, Preload: false),
    };

    /// <summary>§8.1.</summary>
    public static ImmutableArray<Policy<CachePolicySettings>> CachePolicies { get; } =
    [
        Managed("658327ea-f89d-4fab-a63d-7e88639e58f6", Cache("CachingOptimized", 1, 86_400, 31_536_000, gzip: true, brotli: true)),
        Managed("b2884449-e4de-46a7-ac36-70bc7f1ddd6d", Cache("CachingOptimizedForUncompressedObjects", 1, 86_400, 31_536_000, gzip: false, brotli: false)),
        Managed("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", Cache("CachingDisabled", 0, 0, 0, gzip: false, brotli: false)),
        Managed("08627262-05a9-4f76-9ded-b50ca2e3a84f", Cache("Elemental-MediaPackage", 0, 86_400, 31_536_000, gzip: true, brotli: false) with
        {
            Headers = Only("Origin"),
            QueryStrings = Only("aws.manifestfilter", "start", "end", "m"),
        }),
        Managed("2e54312d-136d-493c-8eb9-b001f22f67d2", Cache("Amplify", 2, 2, 600, gzip: true, brotli: true) with
        {
            Headers = Only("Authorization", "CloudFront-Viewer-Country", "Host"),
            Cookies = SelectionConfig.All,
            QueryStrings = SelectionConfig.All,
        }),
        Managed("83da9c7e-98b4-4e11-a168-04f0df8e2c65", Cache("UseOriginCacheControlHeaders", 0, 0, 31_536_000, gzip: true, brotli: true) with
        {
            Headers = Only(OriginalHostHeaders),
            Cookies = SelectionConfig.All,
        }),
        Managed("4cc15a8a-d715-48a4-82b8-cc0b614638fe", Cache("UseOriginCacheControlHeaders-QueryStrings", 0, 0, 31_536_000, gzip: true, brotli: true) with
        {
            Headers = Only(OriginalHostHeaders),
            Cookies = SelectionConfig.All,
            QueryStrings = SelectionConfig.All,
        }),
    ];

    /// <summary>§8.2.</summary>
    public static ImmutableArray<Policy<OriginRequestPolicySettings>> OriginRequestPolicies { get; } =
    [
        Managed("216adef6-5c7f-47e4-b989-5492eafa07d3", Everything("AllViewer", OriginRequestHeaders.AllViewer)),
        Managed("b689b0a8-53d0-40ab-baf2-68738e2966ac", Everything("AllViewerExceptHostHeader", OriginRequestHeaders.AllExcept, "Host")),
        Managed("33f36d7e-f396-46d9-90e0-52428a34d9dc", Everything("AllViewerAndCloudFrontHeaders-2022-06", OriginRequestHeaders.AllViewerAndWhitelistCloudFront, CloudFrontHeaders)),
        Managed("59781a5b-3903-41f3-afcb-af62929ccde1", Headers("CORS-CustomOrigin", "Origin")),
        Managed("88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", Headers("CORS-S3Origin", "Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method")),
        Managed("775133bc-15f2-49f9-abea-afb2e0bf67d2", Headers(
            "Elemental-MediaTailor-PersonalizedManifests", "Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method", "User-Agent", "X-Forwarded-For") with
        {
            QueryStrings = SelectionConfig.All,
        }),
        Managed("bf0718e1-ba1e-49d1-88b1-f726733018ae", Headers("HostHeaderOnly", "Host")),
        Managed("acba4595-bd28-49b8-b9fe-13317c0390fa", Headers("UserAgentRefererHeaders", "User-Agent", "Referer")),
    ];

    /// <summary>§8.3.</summary>
    public static ImmutableArray<Policy<ResponseHeadersPolicySettings>> ResponseHeadersPolicies { get; } =
    [
        Managed("60669652-455b-4ae9-85a4-c4c02393f86c", Response("SimpleCORS", SimpleCors, null)),
        Managed("5cc3b908-e619-4b99-88e5-2cf7f45965bd", Response("CORS-With-Preflight", PreflightCors, null)),
        Managed("67f7725c-6f97-4210-82d7-5512b31e9d03", Response("SecurityHeadersPolicy", null, Security)),
        Managed("e61eb60c-9c35-4d20-a928-2b84e02af89c", Response("CORS-and-SecurityHeadersPolicy", SimpleCors, Security)),
        Managed("eaab4381-ed33-4a86-88ca-d9558dc6cd63", Response("CORS-with-preflight-and-SecurityHeadersPolicy", PreflightCors, Security)),
    ];

    /// <summary>The ETag has the form of any other (API-3.1) and is made of the id: the policy never changes and neither does it.</summary>
    private static Policy<T> Managed<T>(string id, T settings)
        where T : PolicySettings =>
        new(id, "E" + id.Replace("-", "", StringComparison.Ordinal)[..13].ToUpperInvariant(), ModifiedAt, true, settings);

    private static CachePolicySettings Cache(string name, long min, long middle, long max, bool gzip, bool brotli) =>
        new() { Name = NamePrefix + name, MinTtl = min, DefaultTtl = middle, MaxTtl = max, Gzip = gzip, Brotli = brotli };

    private static OriginRequestPolicySettings Headers(string name, params string[] headers) =>
        new() { Name = NamePrefix + name, Headers = OriginRequestHeaders.Whitelist, HeaderNames = [.. headers] };

    private static OriginRequestPolicySettings Everything(string name, OriginRequestHeaders headers, params string[] names) =>
        new() { Name = NamePrefix + name, Headers = headers, HeaderNames = [.. names], Cookies = SelectionConfig.All, QueryStrings = SelectionConfig.All };

    private static ResponseHeadersPolicySettings Response(string name, CorsConfig? cors, SecurityHeaders? security) =>
        new() { Name = NamePrefix + name, Cors = cors, Security = security };

    private static SelectionConfig Only(params string[] names) => new(Selection.Whitelist, [.. names]);
}
