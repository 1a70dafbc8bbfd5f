// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>Which requests for a distribution its staging distribution serves (DP-28.1), compiled.</summary>
public sealed class ContinuousDeploymentModel(ContinuousDeploymentConfig config, DistributionModel staging)
{
    public string PolicyId { get; } = config.PolicyId;

    public DistributionModel Staging { get; } = staging;

    /// <summary>Empty when the choice is by weight.</summary>
    public ImmutableArray<byte> HeaderName { get; } = [.. Encoding.ASCII.GetBytes(config.HeaderName ?? "")];

    public ImmutableArray<byte> HeaderValue { get; } = [.. Encoding.ASCII.GetBytes(config.HeaderValue ?? "")];

    /// <summary>From 0 to 1.</summary>
    public double Weight { get; } = config.Weight;

    /// <summary>Null when each request is drawn for by itself.</summary>
    public SessionsConfig? Sessions { get; } = config.Sessions;
}
