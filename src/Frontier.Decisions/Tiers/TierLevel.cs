// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Tiers;

/// <summary>
/// As what a machine answers a request on its way to an origin (DP-26.1). Each asks only those above it, so that a request comes
/// round to nobody, whatever their directories say: its way ends after three steps.
/// </summary>
public enum TierLevel
{
    /// <summary>Of the edge that the viewer has come to.</summary>
    Edge,

    /// <summary>Of the edge in its point of presence that keeps the object for all.</summary>
    Owner,

    /// <summary>Of a regional edge cache.</summary>
    Regional,

    /// <summary>Of a regional edge cache that shields the origin.</summary>
    Shield,
}

public static class TierLevels
{
    extension(TierLevel level)
    {
        /// <summary>The word for it between machines, in metrics and in explanations.</summary>
        public string Name => level switch
        {
            TierLevel.Edge => "edge",
            TierLevel.Owner => "owner",
            TierLevel.Regional => "regional",
            TierLevel.Shield => "shield",
        };

        /// <summary>What a machine asks of another; null for any other word, that of the first level included, which nobody can be asked for.</summary>
        public static TierLevel? Parse(string? name) => name switch
        {
            "owner" => TierLevel.Owner,
            "regional" => TierLevel.Regional,
            "shield" => TierLevel.Shield,
            _ => null,
        };
    }
}
