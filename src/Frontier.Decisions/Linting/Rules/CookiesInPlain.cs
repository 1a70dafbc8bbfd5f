// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Who is signed in is told to the network.</summary>
internal static class CookiesInPlain
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "cookies-in-plain", LintSeverity.Warning, "ViewerProtocolPolicy",
        "A behavior takes plain HTTP and sends the origin cookies or credentials.",
        "Use redirect-to-https or https-only.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Model.ViewerProtocol is ViewerProtocol.AllowAll && (behavior.Model.ForwardsCookies || behavior.Model.ForwardsHeader("authorization"u8))
            ? $"{behavior.Name} takes {(behavior.Model.ForwardsCookies ? "cookies" : "credentials")} over plain HTTP, where anybody on the way reads them."
            : (LintRemark?)null;
}
