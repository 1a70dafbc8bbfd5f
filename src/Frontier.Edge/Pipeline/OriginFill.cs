// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>What a fill needs, taken out of the request that leads it.</summary>
internal sealed class OriginFill
{
    public required Flight Flight { get; init; }

    /// <summary>Null when no viewer waits: the fill then keeps the leader's place in the flight itself.</summary>
    public required Handover? Handover { get; init; }

    public required OriginCall Request { get; init; }

    public required RequestMethod Method { get; init; }

    public required DistributionModel Distribution { get; init; }

    public required BehaviorModel Behavior { get; init; }

    /// <summary>A reference of its own; disposed by the runner.</summary>
    public required CachedObject? Stale { get; init; }

    /// <summary>The purge log's position before the fetch began (DP-27.9).</summary>
    public required long FillSequence { get; init; }
}
