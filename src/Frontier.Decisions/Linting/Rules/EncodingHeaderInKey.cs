// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>The raw header stands where its normalised form should.</summary>
internal static class EncodingHeaderInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "encoding-header-in-key", LintSeverity.Warning, "CachePolicyId",
        "Accept-Encoding is listed among the headers of the cache key.",
        "Take it off the list and switch on EnableAcceptEncodingGzip and EnableAcceptEncodingBrotli: the key then holds what is understood of it.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Key.Headers.Lists("accept-encoding"u8)
            ? $"{behavior.Name} has Accept-Encoding in its key letter by letter: browsers that mean the same share nothing, and nothing is compressed (DP-20.6)."
            : (LintRemark?)null;
}
