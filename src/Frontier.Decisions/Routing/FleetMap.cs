// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Fleet;

namespace Frontier.Decisions.Routing;

/// <summary>A directory made ready for decisions. Immutable.</summary>
public sealed class FleetMap
{
    private FleetMap(ImmutableArray<MappedPop> pops) => Pops = pops;

    /// <summary>Those with edges, in order of their names.</summary>
    public ImmutableArray<MappedPop> Pops { get; }

    public static FleetMap Of(FleetDirectory directory)
    {
        var edges = directory.Nodes.Where(static node => node.Facts.Role == NodeRole.Edge).ToLookup(static node => node.Pop, StringComparer.Ordinal);
        return new FleetMap([.. directory.Pops.Where(pop => edges.Contains(pop.Name)).Select(pop => new MappedPop(pop, [.. edges[pop.Name].Select(MappedEdge.Of)]))]);
    }

    /// <summary>Whether every decision made with the other one would be made with this one, too. Loads differ every few seconds, and seldom matter.</summary>
    public bool DecidesAs(FleetMap other) => Pops.Length == other.Pops.Length && Pops.Zip(other.Pops).All(static pair => pair.First.DecidesAs(pair.Second));
}

/// <summary>A point of presence and its edges.</summary>
public sealed class MappedPop(PopConfig config, ImmutableArray<MappedEdge> edges)
{
    /// <summary>From this load on a point of presence gives clients away, all of them at <see cref="FullLoad"/>, in percent.</summary>
    private const double AmpleLoad = 75;

    private const double FullLoad = 100;

    public PopConfig Config => config;

    public ImmutableArray<MappedEdge> Edges => edges;

    public Coordinates At { get; } = new(config.Latitude, config.Longitude);

    /// <summary>Of its edges in service, by their weight, 0 to 100.</summary>
    public double LoadPercent { get; } = LoadOf([.. edges.Where(static edge => edge.Config.State == NodeState.InService)]);

    /// <summary>How many of its clients it gives away, 0 to 1.</summary>
    public double ShedShare => Math.Clamp((LoadPercent - AmpleLoad) / (FullLoad - AmpleLoad), 0, 1);

    /// <summary>What its draws are made of.</summary>
    public ulong Seed { get; } = Lot.SeedOf(config.Name);

    internal bool DecidesAs(MappedPop other) =>
        Config == other.Config && ShedShare == other.ShedShare && Edges.Length == other.Edges.Length && Edges.Zip(other.Edges).All(static pair => pair.First.DecidesAs(pair.Second));

    private static double LoadOf(ImmutableArray<MappedEdge> edges) => edges.IsEmpty
        ? 0
        : edges.Sum(static edge => (double)edge.Config.Load * edge.Config.Facts.Weight) / edges.Sum(static edge => edge.Config.Facts.Weight);
}

/// <summary>An edge and where viewers reach it.</summary>
/// <param name="Seed">What its draws are made of.</param>
public sealed record MappedEdge(NodeConfig Config, ImmutableArray<IPAddress> Addresses, ulong Seed)
{
    internal bool DecidesAs(MappedEdge other) =>
        Config.Id == other.Config.Id && Config.State == other.Config.State && Config.Facts.Weight == other.Config.Facts.Weight && Addresses.SequenceEqual(other.Addresses);

    internal static MappedEdge Of(NodeConfig config) =>
        new(config, [.. config.Facts.Addresses.Select(static text => IPAddress.TryParse(text, out var address) ? address : null).OfType<IPAddress>()], Lot.SeedOf(config.Id));
}
