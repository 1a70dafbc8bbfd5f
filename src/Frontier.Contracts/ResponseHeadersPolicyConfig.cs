// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>A response headers policy (§21.3): what is removed from and added to every answer of a behavior.</summary>
public sealed record ResponseHeadersPolicyConfig : ISnapshotPart
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Names, without regard to case.</summary>
    public ImmutableArray<string> RemovedHeaders { get; init => field = value.OrNone; } = [];

    public CorsConfig? Cors { get; init; }

    /// <summary>Security and custom headers with their whole values, in the order they are added.</summary>
    public ImmutableArray<AddedHeaderConfig> AddedHeaders { get; init => field = value.OrNone; } = [];

    /// <summary>Share of answers that get Server-Timing, in percent; null when it is off. At 0 only those who ask for it get it.</summary>
    public decimal? ServerTimingPercent { get; init; }
}

/// <param name="Override">Whether it replaces the origin's header of the same name (DP-21.10).</param>
public sealed record AddedHeaderConfig(string Name, string Value, bool Override);

/// <summary>Cross-origin sharing (DP-21.4 to DP-21.9).</summary>
public sealed record CorsConfig
{
    /// <summary>Patterns; a single <c>*</c> for everybody.</summary>
    public required ImmutableArray<string> AllowOrigins { get; init; }

    public required ImmutableArray<string> AllowHeaders { get; init; }

    /// <summary>As configured: <c>ALL</c> is one of them (DP-21.8).</summary>
    public required ImmutableArray<string> AllowMethods { get; init; }

    public bool AllowCredentials { get; init; }

    public ImmutableArray<string> ExposeHeaders { get; init => field = value.OrNone; } = [];

    /// <summary>Null for no Access-Control-Max-Age.</summary>
    public int? MaxAgeSeconds { get; init; }

    /// <summary>Whether the policy's headers replace the origin's (DP-21.5).</summary>
    public bool OriginOverride { get; init; }
}
