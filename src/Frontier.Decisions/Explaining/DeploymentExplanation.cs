// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Decisions.Deployment;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Explaining;

/// <summary>Why the one or the other side of a continuous deployment serves.</summary>
public static class DeploymentExplanation
{
    /// <summary>The explanation of a distribution found by its name, told on for what the policy makes of it.</summary>
    public static ExplainedDistribution Of(ExplainedDistribution found, ContinuousDeploymentModel policy, StagingVerdict verdict)
    {
        var header = Encoding.ASCII.GetString(policy.HeaderName.AsSpan());
        var share = policy.Weight.ToString("0.##%", CultureInfo.InvariantCulture);
        var (why, rule) = verdict.Reason switch
        {
            StagingReason.Header => ($"The header {header} has the policy's value.", "DP-28.1"),
            StagingReason.NoHeader => ($"The header {header} is missing or has another value than the policy's.", "DP-28.1"),
            StagingReason.Session => ("The viewer's session began on this side; its cookie says so.", "DP-28.2"),
            StagingReason.Lot => ($"The lot fell so; {share} of all {(policy.Sessions is null ? "requests" : "sessions")} go to the staging distribution.", "DP-28.1"),
        };
        var serving = verdict.IsStaging ? found with { Id = policy.Staging.Id, DomainName = policy.Staging.DomainName } : found;
        return serving with { Deployment = new ExplainedDeployment(policy.PolicyId, found.Id, verdict.IsStaging, why, rule) };
    }
}
