// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Deployment;
using Frontier.Decisions.Models;

namespace Frontier.Edge.Pipeline;

/// <summary>How a request for a distribution with a continuous deployment policy was dealt (§28).</summary>
/// <param name="Primary">The distribution that the Host means.</param>
internal sealed record DeploymentTurn(DistributionModel Primary, ContinuousDeploymentModel Policy, StagingVerdict Verdict)
{
    /// <summary>The Set-Cookie that keeps the viewer on this side; null without sessions.</summary>
    public string? SetCookie(bool isHttps) => Policy.Sessions is { } sessions ? Verdict.Session?.ToSetCookie(sessions, isHttps) : null;
}
