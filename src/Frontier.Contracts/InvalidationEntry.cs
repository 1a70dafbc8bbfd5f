// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>One entry of the ordered, gap-free invalidation log (<c>design.md</c> §6).</summary>
public sealed record InvalidationEntry
{
    /// <summary>1 for the first; each next is one more, and the order is the order of commit.</summary>
    public required long Sequence { get; init; }

    public required string DistributionId { get; init; }

    public required string InvalidationId { get; init; }

    /// <summary>As given (§27): an exact path, one with a trailing <c>*</c>, or a cache tag with a leading <c>#</c> (DP-27.12).</summary>
    public required ImmutableArray<string> Paths { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
