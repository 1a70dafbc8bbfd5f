// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Models;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Tests.Routing;

/// <summary>Small fleets, and who asks them.</summary>
internal sealed class World : IEdgeHealth
{
    private static readonly ImmutableArray<PopConfig> Places =
    [
        Pop("fra1", 50.0, 8.6, PriceClassZone.Europe), Pop("lhr1", 51.5, -0.5, PriceClassZone.Europe), Pop("iad1", 38.9, -77.5, PriceClassZone.NorthAmerica),
        Pop("gru1", -23.4, -46.5, PriceClassZone.SouthAmerica), Pop("nrt1", 35.8, 140.4, PriceClassZone.Japan), Pop("syd1", -33.9, 151.2, PriceClassZone.Oceania),
    ];

    private readonly Dictionary<string, bool> _answers = [];
    private FleetDirectory _directory;

    /// <param name="perPop">Edges of each place, with one address of each family.</param>
    /// <param name="pops">Of those above; none for all.</param>
    public World(int perPop = 2, params string[] pops) => _directory = FleetDirectory.Empty with
    {
        Pops = [.. Places.Where(place => pops.Length == 0 || pops.Contains(place.Name))],
        Nodes =
        [
            .. Places.Index().Where(place => pops.Length == 0 || pops.Contains(place.Item.Name)).SelectMany(place => Enumerable.Range(1, perPop).Select(number => new NodeConfig
            {
                Id = $"{place.Item.Name}-{number}",
                Pop = place.Item.Name,
                State = NodeState.InService,
                Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "0", Addresses = [$"10.0.{place.Index}.{number}", $"fd00::{place.Index}:{number}"] },
            })),
        ],
    };

    public LatencyTable Measured { get; set; } = LatencyTable.Empty;

    public static RoutingQuestion From(string country, string client = "203.0.113.7") => new() { Client = IPAddress.Parse(client), Place = new ViewerPlace { Country = country } };

    public World Change(string id, Func<NodeConfig, NodeConfig> change)
    {
        _directory = _directory with { Nodes = [.. _directory.Nodes.Select(node => node.Id == id || node.Pop == id ? change(node) : node)] };
        return this;
    }

    public World ChangePop(string name, Func<PopConfig, PopConfig> change)
    {
        _directory = _directory with { Pops = [.. _directory.Pops.Select(pop => pop.Name == name ? change(pop) : pop)] };
        return this;
    }

    public World Probe(string id, bool answers)
    {
        foreach (var node in _directory.Nodes.Where(node => node.Id == id || node.Pop == id))
        {
            _answers[node.Id] = answers;
        }

        return this;
    }

    public EdgeChoice Ask(RoutingQuestion question) => EdgeRouting.Choose(FleetMap.Of(_directory), this, Measured, question);

    public bool? Answers(string nodeId) => _answers.TryGetValue(nodeId, out var answers) ? answers : null;

    private static PopConfig Pop(string name, double latitude, double longitude, PriceClassZone zone) =>
        new() { Name = name, Latitude = latitude, Longitude = longitude, Zone = zone, Region = "eu-central-1" };
}
