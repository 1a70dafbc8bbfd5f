// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Explaining;

/// <summary>Which cache behavior answers, and with which policies (§3).</summary>
public sealed record ExplainedBehavior
{
    public required string Pattern { get; init; }

    public required bool IsDefault { get; init; }

    /// <summary>The path that patterns were matched against (DP-3.6).</summary>
    public required string MatchedPath { get; init; }

    /// <summary>True when the default root object stands for <c>/</c> (DP-3.9).</summary>
    public bool DefaultRootObject { get; init; }

    /// <summary>The patterns before it, in their order, none of which matched.</summary>
    public required ImmutableArray<ExplainedPattern> Tried { get; init; }

    public required string ViewerProtocol { get; init; }

    public required ExplainedPolicy CachePolicy { get; init; }

    public ExplainedPolicy? OriginRequestPolicy { get; init; }

    public ExplainedPolicy? ResponseHeadersPolicy { get; init; }
}

/// <summary>A pattern that did not match, and why.</summary>
public sealed record ExplainedPattern(string Pattern, string Why);

/// <summary>A policy by the names its owner knows.</summary>
public sealed record ExplainedPolicy(string Name, string Id);
