// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Headers that tell viewers apart rather than answers.</summary>
internal static class ViewerHeadersInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "viewer-headers-in-key", LintSeverity.Warning, "CachePolicyId",
        "A header that is nearly another for every viewer is part of the cache key.",
        "Take it out of the key, or use a header of few values, such as CloudFront-Is-Mobile-Viewer for User-Agent.",
        Judge);

    private static readonly string[] Names =
    [
        "User-Agent", "Cookie", "Referer", "X-Forwarded-For", "X-Request-Id", "Traceparent", "X-Amzn-Trace-Id", "If-None-Match", "If-Modified-Since", "CloudFront-Viewer-Address",
        "CloudFront-Viewer-JA3-Fingerprint", "CloudFront-Viewer-JA4-Fingerprint", "CloudFront-Viewer-Header-Order", "CloudFront-Viewer-Header-Count", "CloudFront-Viewer-Latitude",
        "CloudFront-Viewer-Longitude", "CloudFront-Viewer-City", "CloudFront-Viewer-Postal-Code",
    ];

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && ListedNames.In(behavior.Key.Headers, Names) is { Count: > 0 } listed
            ? $"{behavior.Name} has {ListedNames.Join(listed)} in its key, so viewers hardly ever share an object."
            : (LintRemark?)null;
}
