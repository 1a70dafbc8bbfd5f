// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Explaining;

/// <summary>The terms of the arithmetic and what came out of it (§14, §19). Everything in seconds.</summary>
public sealed record ExplainedLifetime
{
    public required int Status { get; init; }

    public required long MinTtl { get; init; }

    public required long DefaultTtl { get; init; }

    public required long MaxTtl { get; init; }

    public long? SharedMaxAge { get; init; }

    public long? MaxAge { get; init; }

    /// <summary>From the moment of receipt; 0 for one that is past or unreadable (DP-14.5).</summary>
    public long? Expires { get; init; }

    /// <summary>How old the answer was when it came (DP-14.6).</summary>
    public long Age { get; init; }

    /// <summary>For a status from 400 on (DP-19.1).</summary>
    public long? ErrorCachingMinTtl { get; init; }

    /// <summary>Cache-Control's words that forbid or bound sharing.</summary>
    public required ImmutableArray<string> Directives { get; init; }

    /// <summary>Null when the answer is not stored.</summary>
    public long? FreshFor { get; init; }

    /// <summary>Why it is not stored: a member of <c>NotStored</c>; null when it is.</summary>
    public string? NotStored { get; init; }

    public required string Why { get; init; }

    public required string Rule { get; init; }
}
