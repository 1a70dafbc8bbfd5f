// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control;

/// <summary>How much of everything there may be. The defaults are CloudFront's (<c>api.md</c> §7).</summary>
public sealed record Quotas
{
    public int Distributions { get; init; } = 500;

    public int AliasesPerDistribution { get; init; } = 100;

    public int OriginsPerDistribution { get; init; } = 100;

    public int OriginGroupsPerDistribution { get; init; } = 10;

    /// <summary>Beside the default one.</summary>
    public int CacheBehaviorsPerDistribution { get; init; } = 75;

    public int CustomHeadersPerOrigin { get; init; } = 30;

    /// <summary>Characters.</summary>
    public int CustomHeaderName { get; init; } = 256;

    /// <summary>Characters.</summary>
    public int CustomHeaderValue { get; init; } = 1_783;

    /// <summary>Characters of all names and values of an origin.</summary>
    public int CustomHeaderTotal { get; init; } = 10_240;

    public int OriginAccessControls { get; init; } = 100;

    public int DistributionsPerOriginAccessControl { get; init; } = 100;

    /// <summary>Paths of one invalidation, and of all that are in progress in one distribution (DP-27.10).</summary>
    public int InvalidationPaths { get; init; } = 3_000;

    /// <summary>Paths ending in <c>*</c> in progress in one distribution.</summary>
    public int InvalidationWildcards { get; init; } = 15;

    public int TagsPerResource { get; init; } = 50;
}
