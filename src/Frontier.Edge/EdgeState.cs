// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Edge.Distributions;
using Frontier.Edge.Explaining;

namespace Frontier.Edge;

/// <summary>What every request reads. The feed alone writes; a request reads <see cref="Routes"/> once and keeps what it got.</summary>
internal sealed class EdgeState
{
    private volatile RoutingTable _routes = RoutingTable.Empty;

    public RoutingTable Routes => _routes;

    /// <summary>Whether the edge hears of invalidations.</summary>
    public Fence Fence { get; } = new();

    /// <summary>What the invalidations heard last are called.</summary>
    public InvalidationNames Invalidations { get; } = new();

    public void Publish(RoutingTable routes) => _routes = routes;
}
