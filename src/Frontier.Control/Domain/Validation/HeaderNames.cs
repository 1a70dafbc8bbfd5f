// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Frozen;

namespace Frontier.Control.Domain.Validation;

/// <summary>Which header names may stand where in a configuration. All comparisons are without regard to case.</summary>
internal static class HeaderNames
{
    /// <summary>Characters; the bound of origin custom headers (<c>api.md</c> §7) holds for every name.</summary>
    public const int Longest = 256;

    private const string CloudFrontPrefix = "CloudFront-";

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>§10.2, the names that may not be used for caching.</summary>
    private static readonly FrozenSet<string> NeverInKey = Set(
        "Cache-Control", "Connection", "Content-Length", "Cookie", "Max-Forwards", "Pragma", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection",
        "Request-Range", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "X-Amz-Cf-Id", "X-Forwarded-Proto", "X-Real-IP");

    /// <summary>What the edge never forwards, or only as other settings say (§10.1, DP-10.2): listing it would change nothing.</summary>
    private static readonly FrozenSet<string> NeverForwarded = Set(
        "Accept-Encoding", "Authorization", "Connection", "Content-Length", "Cookie", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade", "X-Amz-Cf-Id", "X-Forwarded-Proto", "X-Real-IP");

    /// <summary>§10.3, those that a cache policy may name.</summary>
    private static readonly FrozenSet<string> ComputedForKey = Set(
        "CloudFront-Is-Desktop-Viewer", "CloudFront-Is-Mobile-Viewer", "CloudFront-Is-Tablet-Viewer", "CloudFront-Is-SmartTV-Viewer", "CloudFront-Is-Android-Viewer",
        "CloudFront-Is-IOS-Viewer", "CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Name", "CloudFront-Viewer-City", "CloudFront-Viewer-Country-Region",
        "CloudFront-Viewer-Country-Region-Name", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude", "CloudFront-Viewer-Metro-Code",
        "CloudFront-Viewer-Postal-Code", "CloudFront-Viewer-Time-Zone", "CloudFront-Forwarded-Proto", "CloudFront-Viewer-Http-Version",
        "CloudFront-Viewer-Cert-Serial-Number", "CloudFront-Viewer-Cert-Issuer", "CloudFront-Viewer-Cert-Subject", "CloudFront-Viewer-Cert-Present", "CloudFront-Viewer-Cert-Sha256");

    /// <summary>§10.3, those that only an origin request policy may name.</summary>
    private static readonly FrozenSet<string> ComputedForOrigin = Set(
        "CloudFront-Viewer-Address", "CloudFront-Viewer-ASN", "CloudFront-Viewer-Header-Order", "CloudFront-Viewer-Header-Count", "CloudFront-Viewer-JA3-Fingerprint",
        "CloudFront-Viewer-JA4-Fingerprint", "CloudFront-Viewer-TLS", "CloudFront-Error-Uri", "CloudFront-Error-Args", "CloudFront-Viewer-Cert-Validity",
        "CloudFront-Viewer-Cert-Pem");

    /// <summary>DP-21.12: what belongs to the connection, to framing or to the service.</summary>
    private static readonly FrozenSet<string> OfTheEdge = Set(
        "Connection", "Content-Encoding", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Trailer",
        "Transfer-Encoding", "Upgrade", "Via", "Warning", "X-Accel-Buffering", "X-Accel-Charset", "X-Accel-Limit-Rate", "X-Accel-Redirect", "X-Amzn-Auth",
        "X-Amzn-Cf-Billing", "X-Amzn-Cf-Id", "X-Amzn-Cf-Xff", "X-Amzn-ErrorType", "X-Amzn-Fle-Profile", "X-Amzn-Header-Count", "X-Amzn-Header-Order",
        "X-Amzn-Lambda-Integration-Tag", "X-Amzn-RequestId", "X-Cache", "X-Forwarded-Proto", "X-Real-Ip");

    private static readonly FrozenSet<string> Security = Set(
        "Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "X-XSS-Protection");

    /// <summary>Whether it is the name of a header at all (RFC 9110, section 5.6.2).</summary>
    public static bool IsToken(string name) => name.Length is > 0 and <= Longest && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    public static bool IsCloudFront(string name) => name.StartsWith(CloudFrontPrefix, StringComparison.OrdinalIgnoreCase);

    public static bool MayBeInKey(string name) => !NeverInKey.Contains(name) && !IsEdgePrivate(name) && (!IsCloudFront(name) || ComputedForKey.Contains(name));

    public static bool MayBeForwarded(string name) =>
        !NeverForwarded.Contains(name) && !IsEdgePrivate(name) && (!IsCloudFront(name) || ComputedForKey.Contains(name) || ComputedForOrigin.Contains(name));

    /// <summary>Whether a response headers policy may remove it. What it may not remove it may not set either: both would break the answer.</summary>
    public static bool MayBeChanged(string name) => !OfTheEdge.Contains(name) && !IsEdgePrivate(name) && !name.StartsWith("X-Amz-Cf-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it has a place of its own among the security headers of a response headers policy.</summary>
    public static bool IsSecurityHeader(string name) => Security.Contains(name);

    private static bool IsEdgePrivate(string name) => name.StartsWith("X-Edge-", StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
