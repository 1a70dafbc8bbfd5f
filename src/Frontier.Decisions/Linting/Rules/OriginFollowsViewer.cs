// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Keys do not hold the protocol.</summary>
internal static class OriginFollowsViewer
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "origin-follows-viewer", LintSeverity.Warning, "ViewerProtocolPolicy",
        "Plain HTTP is taken, and the origin is asked by the viewer's protocol.",
        "Set OriginProtocolPolicy to https-only, or ViewerProtocolPolicy to redirect-to-https.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior) =>
        behavior.Caches && behavior.Model.ViewerProtocol is ViewerProtocol.AllowAll
        && behavior.Origins.FirstOrDefault(static origin => origin is { Protocol: OriginProtocol.MatchViewer, S3: null }) is { } origin
            ? $"{behavior.Name} gives viewers of HTTPS what was fetched from {origin.DomainName} in plain for others: the key does not hold the protocol (DP-4.8)."
            : (LintRemark?)null;
}
