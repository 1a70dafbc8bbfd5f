// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>One distribution as the edge sees it (<c>api.md</c> §9, as far as the edge honours it).</summary>
public sealed record DistributionConfig
{
    public required string Id { get; init; }

    public required string Arn { get; init; }

    /// <summary>Lower case, e.g. <c>d111111abcdef8.frontier.localhost</c>.</summary>
    public required string DomainName { get; init; }

    /// <summary>Lower case; a leading <c>*.</c> makes a wildcard (DP-2.2).</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>A disabled distribution still captures its names (DP-2.4).</summary>
    public required bool Enabled { get; init; }

    /// <summary>Empty for none; never begins with a slash.</summary>
    public string DefaultRootObject { get; init; } = "";

    /// <summary>Whether viewers are offered HTTP/2.</summary>
    public bool Http2 { get; init; } = true;

    public required ImmutableArray<OriginConfig> Origins { get; init; }

    public required BehaviorConfig DefaultBehavior { get; init; }

    /// <summary>In the order they are tried (DP-3.1).</summary>
    public ImmutableArray<BehaviorConfig> Behaviors { get; init; } = [];

    /// <summary>Per status, how long an error answer is kept (DP-19.1); a status not named here has the default of 10 seconds.</summary>
    public ImmutableArray<ErrorCachingConfig> ErrorCaching { get; init; } = [];

    /// <summary>Whether the access log shows the Cookie header (§29.1, field 13).</summary>
    public bool LogCookies { get; init; }
}

/// <summary>How long an answer of this status is kept at least (DP-19.1).</summary>
public sealed record ErrorCachingConfig(int Status, int MinTtlSeconds);
