// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Tiers;

/// <summary>One machine that is asked before the origin.</summary>
/// <param name="Level">As what it is asked.</param>
/// <param name="Why">For whoever wants the way explained: a sentence without its full stop.</param>
public sealed record TierHop(TierNode Node, TierLevel Level, string Why);
