// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tiers;

/// <summary>What of a request decides its way to the origin.</summary>
/// <param name="Level">As what this machine answers it.</param>
/// <param name="Key">By which owners are found.</param>
/// <param name="IsDynamic">Whether the cache has no part in it: its method or its behavior's policy keeps it out, or its answers are known to be nobody else's.</param>
public readonly record struct TierQuestion(TierLevel Level, TierKey Key, bool IsDynamic)
{
    /// <summary>The behavior's origin, or the one of its group that this machine has been asked for.</summary>
    public required OriginModel Origin { get; init; }

    /// <summary>The other one of the group, where it may be asked; null for none.</summary>
    public OriginModel? Secondary { get; init; }
}
