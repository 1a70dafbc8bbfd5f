// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Explaining;

/// <summary>What a live request was answered.</summary>
public sealed record ExplainedAnswer
{
    /// <summary>Null when the edge had nothing to send.</summary>
    public required int? Status { get; init; }

    /// <summary>As <c>X-Cache</c> says.</summary>
    public required string? Result { get; init; }

    public required ImmutableArray<string> Fields { get; init; }

    public required long BodyBytes { get; init; }

    /// <summary>Whether the connection would have been cut before the body was whole.</summary>
    public bool IsCut { get; init; }

    /// <summary>What RFC 9211 says of it; null for an answer of the edge's own making.</summary>
    public string? CacheStatus { get; init; }

    /// <summary>Whether it joined another request's fetch (§17).</summary>
    public bool Collapsed { get; init; }

    /// <summary>Null when this request asked no origin, or the origin gave no answer.</summary>
    public int? OriginStatus { get; init; }

    public ImmutableArray<string>? OriginFields { get; init; }

    /// <summary>How the origin failed; null when it did not.</summary>
    public string? OriginFailure { get; init; }
}
