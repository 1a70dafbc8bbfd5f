// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Writes do not invalidate.</summary>
internal static class WritesBehindCache
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "writes-behind-cache", LintSeverity.Advice, "AllowedMethods",
        "A behavior takes writes and keeps what is read, for longer than a minute, without being asked to.",
        "Give the paths that change by requests a behavior of their own with CachingDisabled or a short DefaultTTL.",
        Judge);

    private static readonly TimeSpan Unnoticed = TimeSpan.FromMinutes(1);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Model.AllowedMethods.Contains(RequestMethod.Put) && behavior.Origins.Any(static origin => origin.S3 is null)
        && (behavior.Key.DefaultTtl > Unnoticed || behavior.Key.MinTtl > Unnoticed)
            ? $"{behavior.Name} serves what was there before a POST, PUT or DELETE for up to {Math.Max(behavior.Key.DefaultTtl.TotalSeconds, behavior.Key.MinTtl.TotalSeconds)} s: a write ends no cached copy (DP-4.6)."
            : (LintRemark?)null;
}
