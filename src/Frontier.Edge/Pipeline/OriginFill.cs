// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Edge.Explaining;
using Frontier.Edge.Pipeline.Blocks;

namespace Frontier.Edge.Pipeline;

/// <summary>What a fill needs, taken out of the request that leads it.</summary>
internal sealed record OriginFill
{
    public required Flight Flight { get; init; }

    /// <summary>Null when no viewer waits: the fill then keeps the leader's place in the flight itself.</summary>
    public required Handover? Handover { get; init; }

    public required OriginCall Request { get; init; }

    public required AskedFor Asked { get; init; }

    /// <summary>The encodings that the object may be compressed to (§20).</summary>
    public required AcceptedEncodings Wanted { get; init; }

    public required DistributionModel Distribution { get; init; }

    public required BehaviorModel Behavior { get; init; }

    /// <summary>The key of what is fetched; of the whole object when only a block is.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The key that the flight goes by: <see cref="Key"/>, or the block's.</summary>
    public required byte[] FlightKey { get; init; }

    /// <summary>When the fetch began: what it brings is as old as that, whichever key it is stored under (DP-27.9).</summary>
    public required FetchStamp Began { get; init; }

    /// <summary>A reference of its own; disposed by the runner.</summary>
    public required CachedObject? Stale { get; init; }

    /// <summary>The cache's <see cref="HttpCache.FillSequence"/> before the fetch began (DP-27.9).</summary>
    public required long FillSequence { get; init; }

    /// <summary>The leader's; null when nobody wants to know, or no viewer waits.</summary>
    public OriginTrace? Trace { get; init; }

    /// <summary>Set when one block of the object is asked for (DP-16.2).</summary>
    public BlockSpan? Block { get; init; }

    /// <summary>What the request says of variants, where Vary makes a secondary key; null where it does not.</summary>
    public VariantRequest? Variant { get; init; }
}
