// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Deployment;

/// <summary>A continuous deployment policy: its settings and what the control plane knows of it.</summary>
/// <param name="SessionEpoch">Another one whenever the policy or its stickiness is switched on or off: sessions of before end (DP-28.2).</param>
internal sealed record ContinuousDeploymentPolicy(string Id, string ETag, DateTimeOffset ModifiedAt, string SessionEpoch, ContinuousDeploymentSettings Settings);
