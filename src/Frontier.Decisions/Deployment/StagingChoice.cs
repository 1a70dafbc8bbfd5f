// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Deployment;

/// <summary>Step 4 of §1: whether a primary distribution or its staging distribution serves a request (DP-28.1, DP-28.2). Pure.</summary>
public static class StagingChoice
{
    /// <param name="draw">A number from 0 up to 1, drawn anew for each request.</param>
    public static StagingVerdict Decide(ContinuousDeploymentModel policy, HeaderList headers, double draw, DateTimeOffset now)
    {
        if (!policy.HeaderName.IsEmpty)
        {
            var asked = HasValue(headers, policy);
            return new StagingVerdict(asked, asked ? StagingReason.Header : StagingReason.NoHeader, null);
        }

        var drawn = draw < policy.Weight;
        if (policy.Sessions is not { } sessions)
        {
            return new StagingVerdict(drawn, StagingReason.Lot, null);
        }

        var seconds = now.ToUnixTimeSeconds();
        return DeploymentSession.TryRead(headers, sessions, seconds, out var session)
            ? new StagingVerdict(session.IsStaging, StagingReason.Session, session with { Seen = seconds })
            : new StagingVerdict(drawn, StagingReason.Lot, new DeploymentSession(drawn, seconds, seconds));
    }

    /// <summary>A header sent twice is neither value: it must be there once.</summary>
    private static bool HasValue(HeaderList headers, ContinuousDeploymentModel policy)
    {
        var name = policy.HeaderName.AsSpan();
        var at = headers.IndexOf(name);
        return at >= 0 && headers.IndexOf(name, at + 1) < 0 && headers.Value(at).SequenceEqual(policy.HeaderValue.AsSpan());
    }
}
