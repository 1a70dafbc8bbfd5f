// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>An answer to one site's question, kept for all.</summary>
internal static class CorsBeyondKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "cors-beyond-key", LintSeverity.Warning, "OriginRequestPolicyId",
        "The origin is sent Origin, which is not part of the cache key.",
        "Put Origin into the key, or let a response headers policy with OriginOverride answer cross-origin requests.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        // Legacy settings forward it unasked (§10.2), which says nothing of what is meant.
        if (!behavior.Caches || behavior.IsLegacy || !behavior.SendsBeyondKey("origin"u8))
        {
            return null;
        }

        return behavior.Model.ResponseHeadersPolicy?.Cors switch
        {
            { OriginOverride: true } => null, // whatever is kept, each viewer gets the policy's headers
            { } => LintRemark.Advice($"{behavior.Name} may keep Access-Control-Allow-Origin for the site that asked first; its response headers policy does not override the origin's (DP-21.5)."),
            null => $"{behavior.Name} keeps the answer made for the first site, or for none: other sites then lack Access-Control-Allow-Origin.",
        };
    }
}
