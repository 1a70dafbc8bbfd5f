// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;

namespace Frontier.Control.Tests.Harness;

/// <summary>Configurations of policies.</summary>
internal static class PolicyDocuments
{
    /// <summary>The least that makes a policy of the kind that lives at a path.</summary>
    public static XElement Policy(string path, string name) => path switch
    {
        "cache-policy" => CachePolicy(name),
        "origin-request-policy" => OriginRequestPolicy(name),
        "response-headers-policy" => ResponseHeadersPolicy(name, Removed("X-Powered-By")),
        _ => throw new ArgumentException($"There are no policies at {path}.", nameof(path)),
    };

    public static XElement CachePolicy(
        string name, string ttl = "<MinTTL>0</MinTTL>", string headers = "none", string cookies = "none", string queryStrings = "none", bool gzip = false, bool brotli = false) => Documents.Parse(
        $"""
         <CachePolicyConfig><Name>{name}</Name>{ttl}
           <ParametersInCacheKeyAndForwardedToOrigin>
             <EnableAcceptEncodingGzip>{(gzip ? "true" : "false")}</EnableAcceptEncodingGzip><EnableAcceptEncodingBrotli>{(brotli ? "true" : "false")}</EnableAcceptEncodingBrotli>
             {Headers(headers)}{Cookies(cookies)}{QueryStrings(queryStrings)}
           </ParametersInCacheKeyAndForwardedToOrigin>
         </CachePolicyConfig>
         """);

    public static XElement OriginRequestPolicy(string name, string headers = "none", string cookies = "none", string queryStrings = "none") => Documents.Parse(
        $"<OriginRequestPolicyConfig><Name>{name}</Name>{Headers(headers)}{Cookies(cookies)}{QueryStrings(queryStrings)}</OriginRequestPolicyConfig>");

    public static XElement ResponseHeadersPolicy(string name, params string[] sections) => Documents.Parse(
        $"<ResponseHeadersPolicyConfig><Name>{name}</Name>{string.Concat(sections)}</ResponseHeadersPolicyConfig>");

    public static string Removed(params string[] names) =>
        $"<RemoveHeadersConfig><Quantity>{names.Length}</Quantity><Items>{string.Concat(names.Select(name => $"<ResponseHeadersPolicyRemoveHeader><Header>{name}</Header></ResponseHeadersPolicyRemoveHeader>"))}</Items></RemoveHeadersConfig>";

    public static string Added(params (string Name, string Value)[] headers) =>
        $"<CustomHeadersConfig><Quantity>{headers.Length}</Quantity><Items>{string.Concat(headers.Select(header => $"<ResponseHeadersPolicyCustomHeader><Header>{header.Name}</Header><Value>{header.Value}</Value><Override>true</Override></ResponseHeadersPolicyCustomHeader>"))}</Items></CustomHeadersConfig>";

    public static string Cors(string origins = "*", string headers = "*", string methods = "GET", bool credentials = false, string expose = "", string maxAge = "") =>
        $"""
         <CorsConfig>{List("AccessControlAllowOrigins", "Origin", origins)}{List("AccessControlAllowHeaders", "Header", headers)}{List("AccessControlAllowMethods", "Method", methods)}
         <AccessControlAllowCredentials>{(credentials ? "true" : "false")}</AccessControlAllowCredentials>{List("AccessControlExposeHeaders", "Header", expose)}{maxAge}
         <OriginOverride>false</OriginOverride></CorsConfig>
         """;

    public static string Security(string inner) => $"<SecurityHeadersConfig>{inner}</SecurityHeadersConfig>";

    /// <summary>A word, and after it the names that it lists, separated by spaces.</summary>
    private static string Headers(string selection) => Choice("HeadersConfig", "HeaderBehavior", "Headers", selection);

    private static string Cookies(string selection) => Choice("CookiesConfig", "CookieBehavior", "Cookies", selection);

    private static string QueryStrings(string selection) => Choice("QueryStringsConfig", "QueryStringBehavior", "QueryStrings", selection);

    private static string Choice(string element, string behavior, string list, string selection)
    {
        var words = selection.Split(' ');
        return $"<{element}><{behavior}>{words[0]}</{behavior}>{(words.Length > 1 ? List(list, "Name", string.Join(' ', words[1..])) : "")}</{element}>";
    }

    private static string List(string element, string item, string items)
    {
        var each = items.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"<{element}><Quantity>{each.Length}</Quantity><Items>{string.Concat(each.Select(one => $"<{item}>{System.Security.SecurityElement.Escape(one)}</{item}>"))}</Items></{element}>";
    }
}
