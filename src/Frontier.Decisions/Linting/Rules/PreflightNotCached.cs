// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Preflights are slow where they need not be.</summary>
internal static class PreflightNotCached
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "preflight-not-cached", LintSeverity.Advice, "CachedMethods",
        "Cross-origin requests are meant to work, OPTIONS is allowed, and its answers are not cached.",
        "Add OPTIONS to CachedMethods.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Model.AllowedMethods.Contains(RequestMethod.Options) && !behavior.Model.CachedMethods.Contains(RequestMethod.Options) && behavior.Key.Headers.Lists("origin"u8)
            ? $"{behavior.Name} asks the origin for every preflight, which precedes each cross-origin request."
            : (LintRemark?)null;
}
