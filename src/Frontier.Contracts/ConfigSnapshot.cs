// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>
/// Everything an edge needs to serve, as of one version: compiled by the control plane, kept by the edge on disk, swapped in
/// whole. Immutable. New members get defaults, so that an old edge reads a new snapshot and the other way round.
/// </summary>
public sealed record ConfigSnapshot
{
    /// <summary>The format written today; an edge refuses a snapshot of a higher one.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Grows by one with every change; 0 is the empty snapshot of a new control plane.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ImmutableArray<DistributionConfig> Distributions { get; init; } = [];

    /// <summary>The cache policies that the distributions name, managed ones included.</summary>
    public ImmutableArray<CachePolicyConfig> CachePolicies { get; init; } = [];

    public ImmutableArray<OriginRequestPolicyConfig> OriginRequestPolicies { get; init; } = [];

    public ImmutableArray<ResponseHeadersPolicyConfig> ResponseHeadersPolicies { get; init; } = [];
}
