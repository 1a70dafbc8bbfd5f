// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Right for personal answers, and no cache for the others.</summary>
internal static class AuthorizationInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "authorization-in-key", LintSeverity.Advice, "CachePolicyId",
        "Authorization is part of the cache key.",
        "Keep it if the answers are personal; for what all may see, let signed URLs or cookies guard the behavior and leave Authorization out.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Key.Headers.Lists("authorization"u8)
            ? $"{behavior.Name} keeps an object for every token: safe, but nothing is shared."
            : (LintRemark?)null;
}
