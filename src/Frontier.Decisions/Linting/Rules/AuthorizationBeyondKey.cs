// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>The plainest way to show one viewer's page to another.</summary>
internal static class AuthorizationBeyondKey
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "authorization-beyond-key", LintSeverity.Error, "OriginRequestPolicyId",
        "The origin is sent Authorization, which is not part of the cache key.",
        "Put Authorization into the key, or use the cache policy CachingDisabled for what only some may see.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        // The edge's own signature takes the place of a viewer's Authorization (DP-13.8).
        if (!behavior.Caches || !behavior.SendsBeyondKey("authorization"u8) || behavior.Origins.All(static origin => origin.S3 is { Signing: OriginSigningBehavior.Always }))
        {
            return null;
        }

        return behavior.KeepsUnasked
            ? $"{behavior.Name} gives what one viewer's credentials opened to everybody: the answer is kept under a key without them (DP-10.3)."
            : new LintRemark($"{behavior.Name} sends credentials that its key does not hold: whatever the origin marks as cacheable is for everybody (DP-10.3).", LintSeverity.Warning);
    }
}
