// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Tiers;

/// <summary>A fleet as one of its machines sees it: whom it may ask, and who may ask it. Compiled of a <see cref="FleetDirectory"/>; immutable.</summary>
public sealed class TierMap
{
    /// <summary>Of a machine that is alone, or not of the fleet.</summary>
    public static readonly TierMap None = new(FleetDirectory.Empty, "");

    private readonly FrozenDictionary<string, NodeRole> _members;

    private TierMap(FleetDirectory directory, string ownId)
    {
        OwnId = ownId;
        _members = directory.Nodes.ToFrozenDictionary(static node => node.Id, static node => node.Facts.Role, StringComparer.Ordinal);
        var own = directory.Nodes.FirstOrDefault(node => node.Id == ownId);
        var pops = directory.Pops.ToFrozenDictionary(static pop => pop.Name, StringComparer.Ordinal);
        if (own is null || !pops.TryGetValue(own.Pop, out var place))
        {
            Pop = Region = "";
            Owners = [];
            Regionals = FrozenDictionary<string, ImmutableArray<TierNode>>.Empty;
            RegionsByDistance = [];
            return;
        }

        (Role, Pop, Region) = (own.Facts.Role, place.Name, place.Region);
        Owners = [.. directory.Nodes.Where(node => node.Pop == own.Pop && node.Facts.Role is NodeRole.Edge).Select(TierNode.Of).OfType<TierNode>()];
        var regionals = directory.Nodes
            .Where(node => node.Facts.Role is NodeRole.Regional && pops.ContainsKey(node.Pop))
            .Select(node => (Pop: pops[node.Pop], Node: TierNode.Of(node)))
            .Where(static regional => regional.Node is not null)
            .ToList();
        Regionals = regionals.GroupBy(static regional => regional.Pop.Region).ToFrozenDictionary(
            static region => region.Key, static region => region.Select(static regional => regional.Node!).ToImmutableArray(), StringComparer.Ordinal);
        RegionsByDistance =
        [
            .. regionals.GroupBy(static regional => regional.Pop.Region)
                .OrderBy(region => region.Key != Region)
                .ThenBy(region => region.Min(regional => new Coordinates(place.Latitude, place.Longitude).DistanceTo(new Coordinates(regional.Pop.Latitude, regional.Pop.Longitude))))
                .ThenBy(static region => region.Key, StringComparer.Ordinal)
                .Select(static region => region.Key),
        ];
    }

    public string OwnId { get; }

    public NodeRole Role { get; }

    /// <summary>Where this machine is; empty for one that is not of the fleet.</summary>
    public string Pop { get; }

    public string Region { get; }

    /// <summary>The edges of this point of presence that can be asked, this one among them where it is in service.</summary>
    public ImmutableArray<TierNode> Owners { get; }

    /// <summary>The regional edge caches that can be asked, by region.</summary>
    public FrozenDictionary<string, ImmutableArray<TierNode>> Regionals { get; }

    /// <summary>The regions that have caches: this machine's own first, then the nearest.</summary>
    public ImmutableArray<string> RegionsByDistance { get; }

    /// <summary>Whether there is nobody to ask, whatever is asked for.</summary>
    public bool IsAlone => RegionsByDistance.IsEmpty && !Owners.Any(owner => owner.Id != OwnId);

    /// <summary>All others that can be asked.</summary>
    public IEnumerable<TierNode> Parents => Owners.Concat(Regionals.Values.SelectMany(static region => region)).Where(node => node.Id != OwnId);

    public static TierMap Of(FleetDirectory directory, string ownId) => new(directory, ownId);

    /// <summary>Whether a machine may ask this one for objects: one of the fleet that serves viewers or edges, in service or not.</summary>
    public bool MayCall(string nodeId) => _members.TryGetValue(nodeId, out var role) && role is NodeRole.Edge or NodeRole.Regional;
}
