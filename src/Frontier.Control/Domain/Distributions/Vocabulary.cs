// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Deployment;

namespace Frontier.Control.Domain.Distributions;

/// <summary>The words that each element of a closed vocabulary admits (<c>api.md</c> §9), in CloudFront's spelling.</summary>
internal static class Vocabulary
{
    public static readonly ImmutableArray<string> PriceClass = ["PriceClass_100", "PriceClass_200", "PriceClass_All", "None"];
    public static readonly ImmutableArray<string> HttpVersion = ["http1.1", "http2", "http3", "http2and3"];
    public static readonly ImmutableArray<string> ViewerProtocolPolicy = ["allow-all", "https-only", "redirect-to-https"];
    public static readonly ImmutableArray<string> OriginProtocolPolicy = ["http-only", "match-viewer", "https-only"];
    public static readonly ImmutableArray<string> SslProtocol = ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"];
    public static readonly ImmutableArray<string> IpAddressType = ["ipv4", "ipv6", "dualstack"];
    public static readonly ImmutableArray<string> Method = ["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "DELETE"];
    public static readonly ImmutableArray<string> LambdaEvent = ["viewer-request", "viewer-response", "origin-request", "origin-response"];
    public static readonly ImmutableArray<string> FunctionEvent = LambdaEvent;
    public static readonly ImmutableArray<string> CookieForward = ["none", "whitelist", "all"];
    public static readonly ImmutableArray<string> SelectionCriteria = ["default", "media-quality-based"];
    public static readonly ImmutableArray<string> SslSupportMethod = ["sni-only", "vip", "static-ip"];
    public static readonly ImmutableArray<string> GeoRestrictionType = ["blacklist", "whitelist", "none"];
    public static readonly ImmutableArray<string> ConnectionMode = ["direct", "tenant-only"];
    public static readonly ImmutableArray<string> ViewerMtlsMode = ["required", "optional", "passthrough"];
    public static readonly ImmutableArray<string> TrafficType = [TrafficSettings.SingleWeight, TrafficSettings.SingleHeader];
    public static readonly ImmutableArray<string> SigningBehavior = ["never", "always", "no-override"];
    public static readonly ImmutableArray<string> SigningProtocol = ["sigv4"];
    public static readonly ImmutableArray<string> OriginAccessType = ["s3", "mediastore", "mediapackagev2", "lambda"];

    public static readonly ImmutableArray<string> CachePolicyHeaders = ["none", "whitelist"];
    public static readonly ImmutableArray<string> Selection = ["none", "whitelist", "allExcept", "all"];
    public static readonly ImmutableArray<string> OriginRequestHeaders = ["none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept"];
    public static readonly ImmutableArray<string> CorsMethod = [.. Method, "ALL"];
    public static readonly ImmutableArray<string> FrameOption = ["DENY", "SAMEORIGIN"];

    public static readonly ImmutableArray<string> ReferrerPolicy =
    [
        "no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin", "same-origin", "strict-origin", "strict-origin-when-cross-origin", "unsafe-url",
    ];

    public static readonly ImmutableArray<string> MinimumProtocolVersion =
    [
        "SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025",
    ];
}
