// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Models;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Tests.Routing;

/// <summary>NB-5.7, DP-26.6: which edges serve a client, and why.</summary>
public sealed class EdgeRoutingTests
{
    [Theory]
    [InlineData("DE", "fra1")]
    [InlineData("GB", "lhr1")]
    [InlineData("US", "iad1")]
    [InlineData("AR", "gru1")]
    [InlineData("KR", "nrt1")]
    [InlineData("NZ", "syd1")]
    public void A_client_is_sent_to_the_point_of_presence_that_is_nearest_to_its_country_NB_5_7(string country, string pop)
    {
        var choice = new World().Ask(World.From(country));

        Assert.All(choice.Edges, edge => Assert.Equal(pop, edge.Pop));
        Assert.Equal(2, choice.Edges.Length);
        Assert.Equal((pop, PopVerdict.Chosen), (choice.Pops[0].Name, choice.Pops[0].Verdict));
        Assert.All(choice.Pops.Skip(1), static other => Assert.Equal(PopVerdict.Farther, other.Verdict));
        Assert.Equal(choice.Pops.Skip(1).OrderBy(static other => other.Milliseconds), choice.Pops.Skip(1));
        Assert.Null(choice.Relaxed);
    }

    [Fact]
    public void A_client_whose_coordinates_are_known_is_not_judged_by_its_country()
    {
        var hawaii = World.From("US") with { Place = new ViewerPlace { Country = "US", Latitude = 21.3, Longitude = -157.9 } };

        Assert.Equal("nrt1", new World().Ask(hawaii).Edges[0].Pop);
    }

    [Fact]
    public void What_was_measured_counts_more_than_the_distance()
    {
        var world = new World { Measured = LatencyTable.Parse(["203.0.113.0/24,iad1,3.5", "203.0.0.0/16,iad1,300"], [])! };

        var choice = world.Ask(World.From("DE"));
        var other = world.Ask(World.From("DE", "203.0.114.7"));

        Assert.Equal(("iad1", 3.5, true), (choice.Pops[0].Name, choice.Pops[0].Milliseconds, choice.Pops[0].IsMeasured));
        Assert.Equal("fra1", other.Edges[0].Pop);
        Assert.Contains(other.Pops, static pop => pop is { Name: "iad1", Milliseconds: 300, IsMeasured: true });
    }

    [Theory]
    [InlineData("PriceClass_100", "AR", "iad1")]
    [InlineData("PriceClass_100", "JP", "fra1")]
    [InlineData("PriceClass_200", "JP", "nrt1")]
    [InlineData("PriceClass_200", "NZ", "nrt1")]
    [InlineData("PriceClass_All", "NZ", "syd1")]
    public void A_price_class_leaves_parts_of_the_world_out_DP_26_6(string priceClass, string country, string pop)
    {
        var choice = new World().Ask(World.From(country) with { PriceClass = priceClass });

        Assert.Equal(pop, choice.Edges[0].Pop);
        Assert.Equal(priceClass == "PriceClass_All", choice.Pops.All(static considered => considered.Verdict != PopVerdict.OutsidePriceClass));
    }

    [Fact]
    public void A_price_class_without_edges_is_served_from_outside_it_DP_26_6()
    {
        var choice = new World(2, "gru1", "syd1").Ask(World.From("US") with { PriceClass = "PriceClass_100" });

        Assert.Equal("gru1", choice.Edges[0].Pop);
        Assert.Contains("price class", choice.Relaxed, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edge_that_does_not_answer_is_not_answered_whatever_the_control_plane_thinks()
    {
        var choice = new World().Probe("fra1-1", answers: false).Ask(World.From("DE"));

        Assert.Equal(["fra1-2"], choice.Edges.Select(static edge => edge.NodeId));
    }

    [Fact]
    public void An_edge_that_answers_is_answered_though_the_control_plane_does_not_hear_it()
    {
        var world = new World().Change("fra1", static node => node with { State = NodeState.Silent });

        Assert.Equal("lhr1", world.Ask(World.From("DE")).Edges[0].Pop);
        Assert.Equal("fra1", world.Probe("fra1", answers: true).Ask(World.From("DE")).Edges[0].Pop);
    }

    [Fact]
    public void The_death_of_a_point_of_presence_moves_its_clients_to_the_next_and_nobody_elses()
    {
        var world = new World().Probe("fra1", answers: false);

        var choice = world.Ask(World.From("DE"));

        Assert.Equal("lhr1", choice.Edges[0].Pop);
        Assert.Contains(choice.Pops, static pop => pop is { Name: "fra1", Verdict: PopVerdict.Unhealthy });
        Assert.Equal("iad1", world.Ask(World.From("US")).Edges[0].Pop);
    }

    [Fact]
    public void Where_nobody_is_known_to_answer_that_is_not_believed()
    {
        var world = new World();
        foreach (var pop in new[] { "fra1", "lhr1", "iad1", "gru1", "nrt1", "syd1" })
        {
            world.Probe(pop, answers: false);
        }

        var choice = world.Ask(World.From("DE"));

        Assert.Equal("fra1", choice.Edges[0].Pop);
        Assert.Contains("all count as healthy", choice.Relaxed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_drained_loses_its_clients()
    {
        var place = new World().ChangePop("fra1", static pop => pop with { IsDrained = true });
        var machine = new World().Change("fra1-2", static node => node with { State = NodeState.Draining });

        Assert.Equal("lhr1", place.Ask(World.From("DE")).Edges[0].Pop);
        Assert.Contains(place.Ask(World.From("DE")).Pops, static pop => pop is { Name: "fra1", Verdict: PopVerdict.Drained });
        Assert.Equal(["fra1-1"], machine.Ask(World.From("DE")).Edges.Select(static edge => edge.NodeId));
    }

    [Fact]
    public void Where_all_are_drained_they_serve_on()
    {
        var choice = new World(2, "fra1").ChangePop("fra1", static pop => pop with { IsDrained = true }).Ask(World.From("DE"));

        Assert.Equal(2, choice.Edges.Length);
        Assert.Contains("drained", choice.Relaxed, StringComparison.Ordinal);
    }

    [Fact]
    public void IPv6_is_answered_by_those_that_have_it()
    {
        var world = new World().Change("fra1", static node => node with { Facts = node.Facts with { Addresses = ["10.0.0.1"] } });

        var choice = world.Ask(World.From("DE") with { Family = AddressFamily.InterNetworkV6 });

        Assert.All(choice.Edges, static edge => Assert.Equal(AddressFamily.InterNetworkV6, edge.Address.AddressFamily));
        Assert.Equal("lhr1", choice.Edges[0].Pop);
        Assert.Contains(choice.Pops, static pop => pop is { Name: "fra1", Verdict: PopVerdict.NoAddress });
    }

    [Fact]
    public void Without_edges_nobody_is_answered() => Assert.Empty(new World(0).Ask(World.From("DE")).Edges);

    [Fact]
    public void A_client_nobody_can_place_gets_an_answer_all_the_same() =>
        Assert.NotEmpty(new World().Ask(new RoutingQuestion { Client = IPAddress.Parse("192.0.2.1") }).Edges);

    /// <summary>Without a database of places nobody can be placed, and one point of presence would have them all.</summary>
    [Fact]
    public void Clients_nobody_can_place_are_spread_over_all_points_of_presence()
    {
        var world = new World(perPop: 1);
        var counts = Enumerable.Range(0, 6_000).Select(network => world.Ask(new RoutingQuestion { Client = IPAddress.Parse($"198.{network / 256}.{network % 256}.1") }).Edges[0].Pop).CountBy(static pop => pop).ToDictionary();

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, static count => Assert.InRange(count, 855, 1_145)); // a sixth is 1,000, and five standard deviations are 145
    }

    [Fact]
    public void One_network_always_gets_the_same_edges_in_the_same_order_and_networks_are_spread()
    {
        var world = new World(perPop: 8);
        var first = new Dictionary<string, int>();
        for (var network = 0; network < 4_096; network++)
        {
            var choice = world.Ask(World.From("DE", $"198.{network / 256}.{network % 256}.1"));
            Assert.Equal(choice.Edges, world.Ask(World.From("DE", $"198.{network / 256}.{network % 256}.254")).Edges);
            Assert.Equal(EdgeRouting.MostEdges, choice.Edges.Distinct().Count());
            first[choice.Edges[0].NodeId] = first.GetValueOrDefault(choice.Edges[0].NodeId) + 1;
        }

        Assert.Equal(8, first.Count);
        Assert.All(first.Values, static count => Assert.InRange(count, 410, 614)); // an eighth is 512, and five standard deviations are 106
    }

    [Fact]
    public void Who_can_do_twice_as_much_gets_twice_as_many_networks()
    {
        var world = new World().Change("fra1-1", static node => node with { Facts = node.Facts with { Weight = 200 } });

        var first = Enumerable.Range(0, 4_096).Count(network => world.Ask(World.From("DE", $"198.{network / 256}.{network % 256}.1")).Edges[0].NodeId == "fra1-1");

        Assert.InRange(first / 4_096.0, 0.63, 0.70);
    }

    [Theory]
    [InlineData(70, 0)]
    [InlineData(80, 0.2)]
    [InlineData(90, 0.6)]
    [InlineData(100, 1)]
    public void An_overloaded_point_of_presence_gives_a_share_of_its_clients_to_the_next(int load, double share)
    {
        var world = new World().Change("fra1", node => node with { Load = load });

        var moved = Enumerable.Range(0, 4_096).Select(network => world.Ask(World.From("DE", $"198.{network / 256}.{network % 256}.1"))).Where(static choice => choice.Edges[0].Pop != "fra1").ToList();

        Assert.InRange(moved.Count / 4_096.0, share - 0.04, share + 0.04);
        Assert.All(moved, choice => Assert.Equal(("lhr1", PopVerdict.Shed, share), (choice.Edges[0].Pop, choice.Pops.Single(static pop => pop.Name == "fra1").Verdict, choice.Pops.Single(static pop => pop.Name == "fra1").ShedShare)));
    }

    [Fact]
    public void A_growing_load_moves_more_clients_and_brings_none_back()
    {
        HashSet<int> gone = [];
        foreach (var load in new[] { 80, 90, 100 })
        {
            var world = new World().Change("fra1", node => node with { Load = load });
            var now = Enumerable.Range(0, 256).Where(network => world.Ask(World.From("DE", $"198.51.{network}.1")).Edges[0].Pop != "fra1").ToHashSet();
            Assert.Superset(gone, now);
            gone = now;
        }

        Assert.Equal(256, gone.Count);
    }

    [Fact]
    public void Where_all_are_full_each_client_stays_where_it_is_best()
    {
        var world = new World();
        foreach (var pop in new[] { "fra1", "lhr1", "iad1", "gru1", "nrt1", "syd1" })
        {
            world.Change(pop, static node => node with { Load = 100 });
        }

        Assert.Equal("fra1", world.Ask(World.From("DE")).Edges[0].Pop);
    }
}
