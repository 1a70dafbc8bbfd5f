// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>The origin's no is not heard.</summary>
internal static class MinTtlOverOrigin
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "min-ttl-over-origin", LintSeverity.Warning, "CachePolicyId",
        "MinTTL is above a minute, over what a custom origin says.",
        "Set MinTTL to 0 or 1 and let the origin, or DefaultTTL, say how long.",
        Judge);

    /// <summary>A second, as CachingOptimized has it, protects origins and harms nobody; a minute is seen by people.</summary>
    private static readonly TimeSpan Harmless = TimeSpan.FromMinutes(1);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Key.MinTtl > Harmless && behavior.Origins.Any(static origin => origin.S3 is null)
            ? $"{behavior.Name} keeps everything for {behavior.Key.MinTtl.TotalSeconds} s at least, also what the origin calls private, no-cache or no-store (DP-14.2)."
            : (LintRemark?)null;
}
