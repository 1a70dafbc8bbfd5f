// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tiers;

/// <summary>Why a machine does not answer a request of another.</summary>
internal enum TierRefusal
{
    /// <summary>The sender is not of the fleet any more, or is no machine that serves objects.</summary>
    NotOfFleet,

    /// <summary>The request is none that a machine of the fleet would send.</summary>
    Malformed,

    /// <summary>This machine is not what it is asked as.</summary>
    NotThatTier,

    /// <summary>It has no such distribution or origin (yet, or any more).</summary>
    NotKnown,

    /// <summary>It has come to another key than the sender, by another version of the configuration.</summary>
    OtherKey,

    /// <summary>It has heard less of the purge log than the sender, or cannot say how much it lacks and the distribution is to be served with care then.</summary>
    Behind,
}

internal static class TierRefusals
{
    extension(TierRefusal refusal)
    {
        /// <summary>In the answer and in metrics.</summary>
        public string Word => refusal switch
        {
            TierRefusal.NotOfFleet => "not-of-fleet",
            TierRefusal.Malformed => "malformed",
            TierRefusal.NotThatTier => "not-that-tier",
            TierRefusal.NotKnown => "not-known",
            TierRefusal.OtherKey => "other-key",
            TierRefusal.Behind => "behind",
        };

        public int Status => refusal switch
        {
            TierRefusal.NotOfFleet => 403,
            TierRefusal.Malformed => 400,
            TierRefusal.NotThatTier or TierRefusal.NotKnown or TierRefusal.OtherKey or TierRefusal.Behind => 503,
        };
    }
}
