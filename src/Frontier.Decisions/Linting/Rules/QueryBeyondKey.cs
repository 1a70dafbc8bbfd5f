// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>One answer for many questions.</summary>
internal static class QueryBeyondKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "query-beyond-key", LintSeverity.Warning, "OriginRequestPolicyId",
        "The origin is sent query parameters that are not part of the cache key.",
        "Put the parameters that change the answer into the key, and do not send the others.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        // Legacy settings name keys among what is forwarded: that is what QueryStringCacheKeys is for.
        var (inKey, sent) = (behavior.Key.QueryStrings, behavior.Model.OriginRequestPolicy.QueryStrings);
        if (!behavior.Caches || behavior.IsLegacy || inKey.TakesAll || sent.TakesNothing || (sent.Selection is Selection.Whitelist && sent.Names.All(name => inKey.Takes(name))))
        {
            return null;
        }

        return $"{behavior.Name} keeps the first answer for all values of parameters that the origin sees and the key does not hold.";
    }
}
