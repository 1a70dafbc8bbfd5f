// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Personal answers under a key that is nobody's.</summary>
internal static class CookiesBeyondKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "cookies-beyond-key", LintSeverity.Warning, "OriginRequestPolicyId",
        "The origin is sent cookies that are not part of the cache key.",
        "Put the cookies that change the answer into the key, use the cache policy CachingDisabled for personal pages, or do not send cookies.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        var (inKey, sent) = (behavior.Key.Cookies, behavior.Model.OriginRequestPolicy.Cookies);
        if (!behavior.Caches || inKey.TakesAll || !SendsMore(inKey, sent))
        {
            return null;
        }

        return behavior.KeepsUnasked
            ? $"{behavior.Name} may give one viewer's answer, with its Set-Cookie, to others: the origin sees cookies that the key does not hold (DP-14.9)."
            : LintRemark.Advice($"{behavior.Name} sends the origin cookies that its key does not hold: what the origin marks as cacheable must not depend on them.");
    }

    private static bool SendsMore(NameSelection inKey, NameSelection sent) => sent.Selection switch
    {
        Selection.None => false,
        Selection.Whitelist => sent.Names.Any(name => !inKey.Takes(name)),
        Selection.AllExcept or Selection.All => true,
    };
}
