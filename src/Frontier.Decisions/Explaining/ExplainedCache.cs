// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Explaining;

/// <summary>What the cache has, and why it has not.</summary>
public sealed record ExplainedCache
{
    public required CacheState State { get; init; }

    public required string Why { get; init; }

    /// <summary>Why it is absent or bypassed, in one word: <c>Cold</c>, <c>Evicted</c>, <c>Invalidated</c>, <c>Changed</c>, or a member of <c>NotStored</c>.</summary>
    public string? Reason { get; init; }

    public string? Rule { get; init; }

    /// <summary>The log sequence of the invalidation that took it.</summary>
    public long? InvalidatedBySequence { get; init; }

    /// <summary>Its id, where the edge has heard of it since its start.</summary>
    public string? InvalidationId { get; init; }

    public ImmutableArray<string>? InvalidationPaths { get; init; }

    /// <summary>Whether a fetch is under way that this request would join (§17).</summary>
    public bool BeingFetched { get; init; }

    public int? Status { get; init; }

    public long? BodyBytes { get; init; }

    /// <summary>When it was fetched or last validated.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>What the Age header would say.</summary>
    public int? AgeSeconds { get; init; }

    /// <summary>Negative once it is stale.</summary>
    public long? FreshForSeconds { get; init; }

    public long? StaleWhileRevalidateSeconds { get; init; }

    /// <summary>Null where the origin did not say.</summary>
    public long? StaleIfErrorSeconds { get; init; }
}
