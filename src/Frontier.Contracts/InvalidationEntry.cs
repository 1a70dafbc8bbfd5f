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

    /// <summary>Paths as given (§27): exact, or with a trailing <c>*</c>.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
