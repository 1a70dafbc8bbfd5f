// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Copies multiply with every cookie of the key.</summary>
internal static class ManyCookiesInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "many-cookies-in-key", LintSeverity.Advice, "CachePolicyId",
        "More than five cookies are part of the cache key.",
        "Keep those in the key that change the answer; an origin request policy sends others without dividing the cache.",
        Judge);

    /// <summary>Five cookies of three values each make 243 copies of one page.</summary>
    private const int Many = 5;

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Key.Cookies.Selection is Selection.Whitelist && behavior.Key.Cookies.Names.Length > Many
            ? $"{behavior.Name} has {behavior.Key.Cookies.Names.Length} cookies in its key; each one multiplies the copies of a page."
            : (LintRemark?)null;
}
