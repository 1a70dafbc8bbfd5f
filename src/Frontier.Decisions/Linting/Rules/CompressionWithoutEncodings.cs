// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>A switch without effect. Where nothing is cached it is the console's usual setting, and harmless.</summary>
internal static class CompressionWithoutEncodings
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "compression-without-encodings", LintSeverity.Advice, "Compress",
        "Compress is on, but the cache policy enables neither gzip nor brotli.",
        "Use a cache policy with EnableAcceptEncodingGzip and EnableAcceptEncodingBrotli, such as CachingOptimized, or switch Compress off.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Model.Compress && behavior.Key is { Gzip: false, Brotli: false }
            ? $"{behavior.Name} compresses nothing although Compress is on: its cache policy {behavior.Key.Name} enables no encoding (DP-20.1)."
            : (LintRemark?)null;
}
