// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>Which requests for a distribution another one serves in its place, by a header or by weight (DP-28.1).</summary>
public sealed record ContinuousDeploymentConfig
{
    public required string PolicyId { get; init; }

    /// <summary>In the same snapshot.</summary>
    public required string StagingDistributionId { get; init; }

    /// <summary>Lower case; null when the choice is by weight.</summary>
    public string? HeaderName { get; init; }

    public string? HeaderValue { get; init; }

    /// <summary>The share of requests, or of sessions where there are any; from 0 to 1.</summary>
    public double Weight { get; init; }

    /// <summary>Null when each request is drawn for by itself.</summary>
    public SessionsConfig? Sessions { get; init; }
}

/// <summary>How long a viewer stays on the side that the first request was drawn for (DP-28.2).</summary>
/// <param name="Epoch">Letters and digits; a session of another epoch is none.</param>
/// <param name="IdleSeconds">It ends when nothing was asked for this long.</param>
/// <param name="MaximumSeconds">It ends this long after it began.</param>
public sealed record SessionsConfig(string Epoch, int IdleSeconds, int MaximumSeconds);
