// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tiers;

/// <summary>What became of asking a parent.</summary>
internal enum ParentOutcome
{
    Answered,

    /// <summary>It said that it does not answer this.</summary>
    Declined,

    Failed,

    /// <summary>It was not asked, because it had failed a moment before.</summary>
    PassedOver,

    /// <summary>It was not asked, for reasons of this machine's own.</summary>
    NotSent,
}
