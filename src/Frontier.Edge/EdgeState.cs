// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Explaining;

namespace Frontier.Edge;

/// <summary>What every request reads. The feed alone writes; a request reads <see cref="Routes"/> once and keeps what it got.</summary>
internal sealed class EdgeState
{
    private volatile RoutingTable _routes = RoutingTable.Empty;
    private volatile TierMap _tiers = TierMap.None;

    public RoutingTable Routes => _routes;

    /// <summary>What the invalidations heard last are called.</summary>
    public InvalidationNames Invalidations { get; } = new();

    /// <summary>The fleet as this machine sees it; <see cref="TierMap.None"/> for one that is alone.</summary>
    public TierMap Tiers => _tiers;

    public void Publish(RoutingTable routes) => _routes = routes;

    public void Publish(TierMap tiers) => _tiers = tiers;
}
