// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Domain.Policies;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>The configurations of policies, in the order of <c>api.md</c> §9.1. Written only: managed policies are never sent here.</summary>
internal static class PolicyDocuments
{
    public static XElement WriteCachePolicy(CachePolicyConfig policy) => Element(
        "CachePolicyConfig",
        Element("Name", policy.Name),
        Element("Comment", ""),
        Element("MinTTL", policy.MinTtl),
        Element("DefaultTTL", policy.DefaultTtl),
        Element("MaxTTL", policy.MaxTtl),
        Element(
            "ParametersInCacheKeyAndForwardedToOrigin",
            Flag("EnableAcceptEncodingGzip", policy.AcceptEncodingGzip),
            Flag("EnableAcceptEncodingBrotli", policy.AcceptEncodingBrotli),
            Choice("HeadersConfig", "HeaderBehavior", WordOf(policy.Headers.Selection), "Headers", policy.Headers.Names),
            Choice("CookiesConfig", "CookieBehavior", WordOf(policy.Cookies.Selection), "Cookies", policy.Cookies.Names),
            Choice("QueryStringsConfig", "QueryStringBehavior", WordOf(policy.QueryStrings.Selection), "QueryStrings", policy.QueryStrings.Names)));

    public static XElement WriteOriginRequestPolicy(OriginRequestPolicyConfig policy) => Element(
        "OriginRequestPolicyConfig",
        Element("Name", policy.Name),
        Element("Comment", ""),
        Choice("HeadersConfig", "HeaderBehavior", WordOf(policy.Headers), "Headers", policy.HeaderNames),
        Choice("CookiesConfig", "CookieBehavior", WordOf(policy.Cookies.Selection), "Cookies", policy.Cookies.Names),
        Choice("QueryStringsConfig", "QueryStringBehavior", WordOf(policy.QueryStrings.Selection), "QueryStrings", policy.QueryStrings.Names));

    public static XElement WriteResponseHeadersPolicy(ResponseHeadersPolicy policy) => Element(
        "ResponseHeadersPolicyConfig",
        Element("Name", policy.Name),
        Element("Comment", ""),
        policy.Cors is { } cors ? WriteCors(cors) : null,
        policy.Security is { } security ? WriteSecurity(security) : null);

    private static XElement WriteCors(CorsSettings cors) => Element(
        "CorsConfig",
        List("AccessControlAllowOrigins", ["*"], "Origin"),
        List("AccessControlAllowHeaders", ["*"], "Header"),
        List("AccessControlAllowMethods", cors.AllowMethods, "Method"),
        Flag("AccessControlAllowCredentials", false),
        cors.ExposeHeaders.IsEmpty ? null : List("AccessControlExposeHeaders", cors.ExposeHeaders, "Header"),
        Flag("OriginOverride", false));

    private static XElement WriteSecurity(SecurityHeaders security) => Element(
        "SecurityHeadersConfig",
        Element("XSSProtection", Flag("Override", false), Flag("Protection", true), Flag("ModeBlock", true)),
        Element("FrameOptions", Flag("Override", false), Element("FrameOption", security.FrameOption)),
        Element("ReferrerPolicy", Flag("Override", false), Element("ReferrerPolicy", security.ReferrerPolicy)),
        Element("ContentTypeOptions", Flag("Override", true)),
        Element("StrictTransportSecurity", Flag("Override", false), Element("AccessControlMaxAgeSec", security.StrictTransportMaxAgeSeconds)));

    private static XElement Choice(string name, string behaviorName, string behavior, string listName, ImmutableArray<string> names) => Element(
        name, Element(behaviorName, behavior), names.IsEmpty ? null : List(listName, names, "Name"));

    private static string WordOf(Selection selection) => selection switch
    {
        Selection.None => "none",
        Selection.Whitelist => "whitelist",
        Selection.AllExcept => "allExcept",
        Selection.All => "all",
    };

    private static string WordOf(OriginRequestHeaders headers) => headers switch
    {
        OriginRequestHeaders.None => "none",
        OriginRequestHeaders.Whitelist => "whitelist",
        OriginRequestHeaders.AllViewer => "allViewer",
        OriginRequestHeaders.AllViewerAndWhitelistCloudFront => "allViewerAndWhitelistCloudFront",
        OriginRequestHeaders.AllExcept => "allExcept",
        OriginRequestHeaders.LegacyDefault => throw new InvalidOperationException("The legacy default is no policy that the API shows."),
    };
}
