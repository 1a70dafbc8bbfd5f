// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Parameters that change no answer, and make a copy each.</summary>
internal static class TrackingParametersInKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "tracking-parameters-in-key", LintSeverity.Advice, "CachePolicyId",
        "All query strings are part of the cache key, those of advertising links included.",
        "List the parameters that change the answer, or take all except utm_source, utm_medium, utm_campaign, gclid, fbclid and the like.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Key.QueryStrings.TakesAll
            ? $"{behavior.Name} keeps a copy for every query string, so a link with {ListedNames.TrackingParameters[0]} or {ListedNames.TrackingParameters[3]} misses what is cached."
            : (LintRemark?)null;
}
