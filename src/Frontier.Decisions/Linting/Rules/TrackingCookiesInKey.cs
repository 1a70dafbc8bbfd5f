// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>A list of cookies that has one of every viewer's own in it is no better than all of them.</summary>
internal static class TrackingCookiesInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "tracking-cookies-in-key", LintSeverity.Warning, "CachePolicyId",
        "A cookie that analytics scripts set is part of the cache key.",
        "Take the cookie out of the key; the scripts read it in the browser.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Key.Cookies.Selection is Selection.Whitelist && ListedNames.TakenBy(behavior.Key.Cookies, ListedNames.TrackingCookies).ToList() is { Count: > 0 } taken
            ? $"{behavior.Name} has {ListedNames.Join(taken)} in its key, which has another value for every viewer."
            : (LintRemark?)null;
}
