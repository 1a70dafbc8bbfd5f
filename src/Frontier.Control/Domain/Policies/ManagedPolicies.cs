// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Policies;

/// <summary>
/// The policies that exist in every account (<c>dataplane.md</c> §8). The four cache policies Amplify-Default,
/// Amplify-DefaultNoCookies, Amplify-ImageOptimization and Amplify-StaticContent are left out: their contents are not published.
/// </summary>
internal static class ManagedPolicies
{
    public const string NamePrefix = "Managed-";

    /// <summary>Managed policies never change; their age is part of what clients see.</summary>
    public static readonly DateTimeOffset ModifiedAt = new(2020, 5, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] OriginalHostHeaders = ["Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    private static readonly string[] CloudFrontHeaders =
    [
        "CloudFront-Forwarded-Proto", "CloudFront-Is-Android-Viewer", "CloudFront-Is-Desktop-Viewer", "CloudFront-Is-IOS-Viewer", "CloudFront-Is-Mobile-Viewer",
        "CloudFront-Is-SmartTV-Viewer", "CloudFront-Is-Tablet-Viewer", "CloudFront-Viewer-Address", "CloudFront-Viewer-ASN", "CloudFront-Viewer-City",
        "CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Name", "CloudFront-Viewer-Country-Region", "CloudFront-Viewer-Country-Region-Name",
        "CloudFront-Viewer-Http-Version", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude", "CloudFront-Viewer-Metro-Code",
        "CloudFront-Viewer-Postal-Code", "CloudFront-Viewer-Time-Zone", "CloudFront-Viewer-TLS",
    ];

    /// <summary>§8.1.</summary>
    public static ImmutableArray<CachePolicyConfig> CachePolicies { get; } =
    [
        Cache("CachingOptimized", "658327ea-f89d-4fab-a63d-7e88639e58f6", 1, 86_400, 31_536_000, gzip: true, brotli: true),
        Cache("CachingOptimizedForUncompressedObjects", "b2884449-e4de-46a7-ac36-70bc7f1ddd6d", 1, 86_400, 31_536_000, gzip: false, brotli: false),
        Cache("CachingDisabled", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", 0, 0, 0, gzip: false, brotli: false),
        Cache("Elemental-MediaPackage", "08627262-05a9-4f76-9ded-b50ca2e3a84f", 0, 86_400, 31_536_000, gzip: true, brotli: false) with
        {
            Headers = Only("Origin"),
            QueryStrings = Only("aws.manifestfilter", "start", "end", "m"),
        },
        Cache("Amplify", "2e54312d-136d-493c-8eb9-b001f22f67d2", 2, 2, 600, gzip: true, brotli: true) with
        {
            Headers = Only("Authorization", "CloudFront-Viewer-Country", "Host"),
            Cookies = SelectionConfig.All,
            QueryStrings = SelectionConfig.All,
        },
        Cache("UseOriginCacheControlHeaders", "83da9c7e-98b4-4e11-a168-04f0df8e2c65", 0, 0, 31_536_000, gzip: true, brotli: true) with
        {
            Headers = Only(OriginalHostHeaders),
            Cookies = SelectionConfig.All,
        },
        Cache("UseOriginCacheControlHeaders-QueryStrings", "4cc15a8a-d715-48a4-82b8-cc0b614638fe", 0, 0, 31_536_000, gzip: true, brotli: true) with
        {
            Headers = Only(OriginalHostHeaders),
            Cookies = SelectionConfig.All,
            QueryStrings = SelectionConfig.All,
        },
    ];

    /// <summary>§8.2.</summary>
    public static ImmutableArray<OriginRequestPolicyConfig> OriginRequestPolicies { get; } =
    [
        Everything("AllViewer", "216adef6-5c7f-47e4-b989-5492eafa07d3", OriginRequestHeaders.AllViewer),
        Everything("AllViewerExceptHostHeader", "b689b0a8-53d0-40ab-baf2-68738e2966ac", OriginRequestHeaders.AllExcept, "Host"),
        Everything("AllViewerAndCloudFrontHeaders-2022-06", "33f36d7e-f396-46d9-90e0-52428a34d9dc", OriginRequestHeaders.AllViewerAndWhitelistCloudFront, CloudFrontHeaders),
        Headers("CORS-CustomOrigin", "59781a5b-3903-41f3-afcb-af62929ccde1", "Origin"),
        Headers("CORS-S3Origin", "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", "Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"),
        Headers(
            "Elemental-MediaTailor-PersonalizedManifests", "775133bc-15f2-49f9-abea-afb2e0bf67d2",
            "Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method", "User-Agent", "X-Forwarded-For") with
        {
            QueryStrings = SelectionConfig.All,
        },
        Headers("HostHeaderOnly", "bf0718e1-ba1e-49d1-88b1-f726733018ae", "Host"),
        Headers("UserAgentRefererHeaders", "acba4595-bd28-49b8-b9fe-13317c0390fa", "User-Agent", "Referer"),
    ];

    /// <summary>§8.3.</summary>
    public static ImmutableArray<ResponseHeadersPolicy> ResponseHeadersPolicies { get; } =
    [
        new("60669652-455b-4ae9-85a4-c4c02393f86c", NamePrefix + "SimpleCORS", CorsSettings.Simple, null),
        new("5cc3b908-e619-4b99-88e5-2cf7f45965bd", NamePrefix + "CORS-With-Preflight", CorsSettings.WithPreflight, null),
        new("67f7725c-6f97-4210-82d7-5512b31e9d03", NamePrefix + "SecurityHeadersPolicy", null, SecurityHeaders.Managed),
        new("e61eb60c-9c35-4d20-a928-2b84e02af89c", NamePrefix + "CORS-and-SecurityHeadersPolicy", CorsSettings.Simple, SecurityHeaders.Managed),
        new("eaab4381-ed33-4a86-88ca-d9558dc6cd63", NamePrefix + "CORS-with-preflight-and-SecurityHeadersPolicy", CorsSettings.WithPreflight, SecurityHeaders.Managed),
    ];

    private static readonly FrozenDictionary<string, CachePolicyConfig> CacheById = CachePolicies.ToFrozenDictionary(policy => policy.Id);
    private static readonly FrozenDictionary<string, OriginRequestPolicyConfig> OriginRequestById = OriginRequestPolicies.ToFrozenDictionary(policy => policy.Id);
    private static readonly FrozenDictionary<string, ResponseHeadersPolicy> ResponseHeadersById = ResponseHeadersPolicies.ToFrozenDictionary(policy => policy.Id);

    public static CachePolicyConfig? FindCachePolicy(string id) => CacheById.GetValueOrDefault(id);

    public static OriginRequestPolicyConfig? FindOriginRequestPolicy(string id) => OriginRequestById.GetValueOrDefault(id);

    public static ResponseHeadersPolicy? FindResponseHeadersPolicy(string id) => ResponseHeadersById.GetValueOrDefault(id);

    /// <summary>In the form of any ETag (API-3.1), made of the id: the policy never changes and neither does this.</summary>
    public static string ETagOf(string id) => "E" + id.Replace("-", "", StringComparison.Ordinal)[..13].ToUpperInvariant();

    private static CachePolicyConfig Cache(string name, string id, long min, long middle, long max, bool gzip, bool brotli) => new()
    {
        Id = id,
        Name = NamePrefix + name,
        MinTtl = min,
        DefaultTtl = middle,
        MaxTtl = max,
        AcceptEncodingGzip = gzip,
        AcceptEncodingBrotli = brotli,
    };

    private static OriginRequestPolicyConfig Headers(string name, string id, params string[] headers) => new()
    {
        Id = id,
        Name = NamePrefix + name,
        Headers = OriginRequestHeaders.Whitelist,
        HeaderNames = [.. headers],
    };

    private static OriginRequestPolicyConfig Everything(string name, string id, OriginRequestHeaders headers, params string[] names) => new()
    {
        Id = id,
        Name = NamePrefix + name,
        Headers = headers,
        HeaderNames = [.. names],
        Cookies = SelectionConfig.All,
        QueryStrings = SelectionConfig.All,
    };

    private static SelectionConfig Only(params string[] names) => new(Selection.Whitelist, [.. names]);
}
