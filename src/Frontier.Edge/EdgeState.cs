// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Decisions.Models;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Distributions;
using Frontier.Edge.Explaining;

namespace Frontier.Edge;

/// <summary>What every request reads. The feed alone writes; a request reads <see cref="Routes"/> once and keeps what it got.</summary>
internal sealed class EdgeState(TimeProvider time)
{
    private volatile RoutingTable _routes = RoutingTable.Empty;
    private volatile TierMap _tiers = TierMap.None;
    private volatile FleetDirectory _fleet = FleetDirectory.Empty;
    private volatile bool _isDraining;
    private volatile int _apiPort;

    public RoutingTable Routes => _routes;

    /// <summary>The machines of the fleet that matter to this one; empty outside of a fleet.</summary>
    public FleetDirectory Fleet => _fleet;

    /// <summary>Whether viewers are to be sent elsewhere. Whoever comes is served all the same.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Where the API of the control plane that was heard last listens on its machine; 0 while none has said.</summary>
    public int ApiPort
    {
        get => _apiPort;
        set => _apiPort = value;
    }

    /// <summary>Whether the edge hears of invalidations.</summary>
    public Fence Fence { get; } = new(time);

    /// <summary>What the invalidations heard last are called.</summary>
    public InvalidationNames Invalidations { get; } = new();

    /// <summary>The fleet as this machine asks and answers in it; <see cref="TierMap.None"/> for one that is alone.</summary>
    public TierMap Tiers => _tiers;

    public void Publish(RoutingTable routes) => _routes = routes;

    /// <param name="edgeId">Whose state among them is this edge's own.</param>
    public void Publish(FleetDirectory fleet, string edgeId)
    {
        _fleet = fleet;
        _tiers = TierMap.Of(fleet, edgeId);
        _isDraining = fleet.Nodes.Any(node => node.Id == edgeId && node.State is NodeState.Draining);
    }
}
