// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Cookies are as many as viewers: a key with all of them is a cache for each.</summary>
internal static class AllCookiesInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "all-cookies-in-key", LintSeverity.Warning, "CachePolicyId",
        "Every cookie, or all but some, is part of the cache key.",
        "List the few cookies that change the answer, and send the others with an origin request policy if the origin needs them.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        if (!behavior.Caches || behavior.Key.Cookies.Selection is not (Selection.All or Selection.AllExcept))
        {
            return null;
        }

        var why = $"{behavior.Name} keeps an object for every combination of cookies, so two viewers hardly ever share one.";
        return behavior.KeepsUnasked ? why : LintRemark.Advice(why); // where the origin chooses what is kept, it may be meant
    }
}
