// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Aliases share objects.</summary>
internal static class HostBeyondKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "host-beyond-key", LintSeverity.Warning, "OriginRequestPolicyId",
        "A distribution of several aliases sends the origin the viewer's Host, which is not part of the cache key.",
        "Put Host into the key, or do not send it.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Subject.Config.Aliases.Length > 1 && behavior.SendsBeyondKey("host"u8) && behavior.Origins.Any(static origin => origin.S3 is null)
            ? $"{behavior.Name} may answer one alias with what the origin made for another: all aliases share keys (DP-6.1), and the origin sees Host."
            : (LintRemark?)null;
}
