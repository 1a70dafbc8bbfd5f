// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Contracts.Fleet;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Resources;

namespace Frontier.Control.Fleet;

/// <summary>The fleet at one moment. Nothing of it changes but that views are made when they are first asked for. Thread-safe.</summary>
internal sealed record FleetMoment
{
    private readonly ConcurrentDictionary<(NodeRole Role, string Pop), FleetDirectory> _views = new();

    /// <summary>By name.</summary>
    public FrozenDictionary<string, Resource<PopSettings>> Pops { get; init; } = FrozenDictionary<string, Resource<PopSettings>>.Empty;

    /// <summary>By id.</summary>
    public FrozenDictionary<string, Resource<NodeSettings>> Nodes { get; init; } = FrozenDictionary<string, Resource<NodeSettings>>.Empty;

    /// <summary>Every process that any control process heard of lately, by id; control processes included.</summary>
    public ImmutableDictionary<string, HeardMachine> Heard { get; init; } = ImmutableDictionary<string, HeardMachine>.Empty;

    /// <summary>All of it, as machines get it.</summary>
    public FleetDirectory Directory { get; init; } = FleetDirectory.Empty;

    /// <summary>The machines from which viewers are to be sent elsewhere.</summary>
    public FrozenSet<string> Draining => Directory.Nodes.Where(static node => node.State is NodeState.Draining).Select(static node => node.Id).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a machine of that role and place gets; for all of them the same object.</summary>
    public FleetDirectory View(NodeRole role, string pop) => _views.GetOrAdd((role, pop), static (key, whole) => DirectoryViews.Of(whole, key.Role, key.Pop), Directory);
}

/// <param name="Ago">When the moment was made.</param>
internal sealed record HeardMachine(TimeSpan Ago, MachineReport Report);
