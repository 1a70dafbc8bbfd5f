// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Encryption that ends half way.</summary>
internal static class PlainOrigin
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "plain-origin", LintSeverity.Warning, "TargetOriginId",
        "Viewers come over HTTPS, and the origin is asked over plain HTTP.",
        "Set OriginProtocolPolicy to https-only; a bucket's website has no HTTPS, its REST endpoint with origin access control has.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        if (behavior.Origins.FirstOrDefault(static origin => origin.Protocol is OriginProtocol.HttpOnly) is not { } plain)
        {
            return null;
        }

        if (plain.DomainName.Contains(".s3-website", StringComparison.Ordinal))
        {
            return LintRemark.Advice($"{behavior.Name} fetches from the bucket website {plain.DomainName}, which speaks plain HTTP only (DP-13.6).");
        }

        return behavior.Model.ViewerProtocol is ViewerProtocol.AllowAll
            ? LintRemark.Advice($"{behavior.Name} asks {plain.DomainName} over plain HTTP, also for viewers of HTTPS.")
            : $"{behavior.Name} promises viewers HTTPS and asks {plain.DomainName} over plain HTTP.";
    }
}
