// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>One star, and the times to live mean nothing.</summary>
internal static class LegacyAllHeaders
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "legacy-all-headers", LintSeverity.Warning, "ForwardedValues.Headers",
        "Legacy ForwardedValues forward all headers, which turns caching off.",
        "Say so with the cache policy CachingDisabled and an origin request policy, or list the headers that change the answer.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.IsLegacy && behavior.Key.CachingDisabled && behavior.Model.OriginRequestPolicy.Headers is OriginRequestHeaders.AllViewer
            ? $"{behavior.Name} caches nothing, whatever its times say: Headers is * (DP-6.11)."
            : (LintRemark?)null;
}
