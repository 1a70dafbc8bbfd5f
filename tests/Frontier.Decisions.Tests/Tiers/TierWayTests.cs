// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Models;
using Frontier.Decisions.Tiers;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Tiers;

/// <summary>§26: the way of a miss, from the directory of the fleet.</summary>
public sealed class TierWayTests
{
    private static readonly TierKey Key = TierKey.Of("E1\0/a\0"u8);

    private static readonly PopConfig[] Pops =
    [
        Pop("fra1", 50.0, 8.6, "eu-central-1"), Pop("dub1", 53.4, -6.3, "eu-west-1"), Pop("iad1", 38.9, -77.4, "us-east-1"), Pop("par1", 48.9, 2.4, "eu-west-3"), Pop("syd1", -33.9, 151.2, "ap-southeast-2"),
    ];

    [Fact]
    public void A_machine_that_is_alone_or_of_no_fleet_goes_straight_to_the_origin()
    {
        Assert.Same(TierWay.Straight, Decide(TierMap.None));
        Assert.Same(TierWay.Straight, Decide(Map("e0", Edge("e0", "fra1"))));
        Assert.Same(TierWay.Straight, Decide(Map("stranger", Edge("e0", "fra1"), Regional("r0", "fra1"))));
    }

    [Fact]
    public void The_way_leads_by_the_owner_and_the_region_s_cache_DP_26_1()
    {
        var directory = new[] { Edge("e0", "fra1"), Edge("e1", "fra1"), Edge("e2", "fra1"), Edge("elsewhere", "dub1"), Regional("r0", "fra1"), Regional("r1", "dub1") };
        var order = Rendezvous.Order(Map("e0", directory).Owners, Key.Hash).Select(static node => node.Id).ToList();
        Assert.Equal(["regional r0"], Hops(Map(order[0], directory)));
        Assert.Equal([$"owner {order[0]}", "regional r0"], Hops(Map(order[1], directory)));
        Assert.Equal([$"owner {order[0]}", $"owner {order[1]}", "regional r0"], Hops(Map(order[2], directory)));
        Assert.Equal(["regional r0"], Hops(Map(order[1], directory), level: TierLevel.Owner));
        Assert.Empty(Hops(Map("r0", directory), level: TierLevel.Regional));
        Assert.Equal(["regional r1"], Hops(Map("elsewhere", directory)));
    }

    [Fact]
    public void Where_the_region_has_no_cache_the_nearest_one_is_asked()
    {
        Assert.Equal(["regional r1"], Hops(Map("e0", Edge("e0", "fra1"), Regional("r1", "dub1"), Regional("r2", "iad1"), Regional("r3", "syd1"))));
        Assert.Equal(["regional r3"], Hops(Map("e0", Edge("e0", "syd1"), Regional("r1", "dub1"), Regional("r2", "iad1"), Regional("r3", "syd1"))));
    }

    [Fact]
    public void A_machine_out_of_service_or_without_a_listener_is_no_parent()
    {
        var here = Edge("e0", "fra1");
        Assert.Empty(Hops(Map("e0", here, Regional("r0", "fra1") with { State = NodeState.Draining }, Edge("e1", "fra1") with { State = NodeState.Silent })));
        Assert.Empty(Hops(Map("e0", here, Regional("r0", "fra1") with { Facts = new NodeFacts { Role = NodeRole.Regional, ProgramVersion = "1" } })));
        Assert.Equal(["owner e1"], Hops(Map("e0", here with { State = NodeState.Draining }, Edge("e1", "fra1")))); // who is drained owns nothing
    }

    [Fact]
    public void What_the_cache_has_no_part_in_passes_through_the_shield_alone_DP_26_2()
    {
        var directory = new[] { Edge("e0", "fra1"), Edge("e1", "fra1"), Regional("r0", "fra1"), Regional("r1", "iad1") };
        Assert.Empty(Hops(Map("e0", directory), isDynamic: true));
        Assert.Equal(["shield r1", "shield r0"], Hops(Map("e0", directory), isDynamic: true, shield: "us-east-1")); // the second stands in for the first
    }

    [Fact]
    public void A_bucket_in_the_region_of_the_cache_is_asked_without_it_DP_26_2()
    {
        var directory = new[] { Edge("e0", "iad1"), Regional("r0", "iad1") };
        Assert.Empty(TierWay.Decide(Map("e0", directory), Question(origin: Sample.S3Origin)).Parents);
        Assert.NotEmpty(TierWay.Decide(Map("e0", directory), Question(origin: Sample.S3Origin with { S3 = Sample.S3Origin.S3! with { Region = "eu-west-1" } })).Parents);
    }

    [Fact]
    public void The_cache_that_shields_the_origin_is_asked_once_where_it_is_the_region_s_own()
    {
        var directory = new[] { Edge("e0", "iad1"), Regional("r0", "iad1"), Regional("r1", "dub1") };
        Assert.Equal(["shield r0", "shield r1"], Hops(Map("e0", directory), shield: "us-east-1"));
        Assert.Empty(Hops(Map("r0", directory), TierLevel.Regional, shield: "us-east-1")); // it is the shield
        Assert.Equal(["shield r0"], Hops(Map("r1", directory), TierLevel.Regional, shield: "us-east-1"));
        Assert.Empty(Hops(Map("r1", directory), TierLevel.Shield, shield: "us-east-1"));
    }

    [Theory]
    [InlineData("us-west-1", "us-west-2")]
    [InlineData("af-south-1", "eu-west-1")]
    [InlineData("ap-east-1", "ap-southeast-1")]
    [InlineData("ca-central-1", "us-east-1")]
    [InlineData("eu-south-1", "eu-central-1")]
    [InlineData("eu-west-3", "eu-west-2")]
    [InlineData("eu-north-1", "eu-west-2")]
    [InlineData("me-south-1", "ap-south-1")]
    public void A_region_without_a_cache_is_stood_in_for_by_the_one_that_the_guide_names_DP_26_3(string wanted, string named)
    {
        string[] all = ["us-east-1", "us-east-2", "us-west-2", "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-west-1", "eu-west-2", "sa-east-1"];
        Assert.Equal(named, Regions.ForShield(wanted, all)[0]);
        Assert.Equal(wanted, Regions.ForShield(wanted, [.. all, wanted])[0]);
    }

    [Theory]
    [InlineData("eu-central-1", "eu-west-3")] // Paris is nearer than Dublin
    [InlineData("sa-east-1", "us-east-1")]
    [InlineData("ap-northeast-1", "ap-southeast-2")]
    public void Where_that_one_has_none_either_the_nearest_stands_in_DP_26_3(string wanted, string nearest) =>
        Assert.Equal(nearest, Regions.ForShield(wanted, ["eu-west-1", "ap-southeast-2", "eu-west-3", "us-east-1"])[0]);

    [Fact]
    public void Each_origin_of_a_group_has_its_own_shield_or_none_DP_26_4()
    {
        var map = Map("e0", Edge("e0", "fra1"), Regional("r0", "fra1"), Regional("r1", "iad1"), Regional("r2", "dub1"));
        var way = TierWay.Decide(map, Question(shield: "us-east-1") with { Secondary = new OriginModel(Sample.Origin with { ShieldRegion = "eu-west-1" }) });
        Assert.Equal("r1", way.Shields[0].Node.Id);
        Assert.Equal("r2", way.SecondaryShields[0].Node.Id);
        Assert.Equal(["r0"], way.Parents.Select(static hop => hop.Node.Id));
        Assert.Empty(TierWay.Decide(map, Question() with { Secondary = new OriginModel(Sample.Origin with { ShieldRegion = "eu-west-1" }) }).Shields);
    }

    [Fact]
    public void Machines_that_serve_viewers_or_edges_may_call_in_service_or_not_and_no_others()
    {
        var map = Map("r0", Regional("r0", "fra1"), Edge("e0", "fra1") with { State = NodeState.Silent }, Node("d0", "fra1", NodeRole.Dns));
        Assert.True(map.MayCall("e0"));
        Assert.False(map.MayCall("d0"));
        Assert.False(map.MayCall("stranger"));
    }

    /// <summary>Whoever answers asks only tiers above the one that it was asked as, and never itself: so no request comes round, whatever each machine's directory says.</summary>
    [Fact]
    public void No_way_comes_round_to_anybody()
    {
        var places = Pops.Select(static pop => pop.Name).ToArray();
        var machine = Gen.Choose(0, 200).SelectMany(id => Gen.Elements(places).SelectMany(pop => Gen.Elements(NodeRole.Edge, NodeRole.Regional, NodeRole.Dns)
            .SelectMany(role => Gen.Elements(NodeState.InService, NodeState.InService, NodeState.Draining, NodeState.Silent).SelectMany(state => Gen.Choose(0, 10)
                .Select(load => Node($"n{id}", pop, role) with { State = state, Load = load * 10 })))));
        var fleets = machine.ListOf().Select(static nodes => nodes.DistinctBy(static node => node.Id).ToArray());
        Prop.ForAll(fleets.ToArbitrary(), Gen.Elements(null, "us-east-1", "eu-west-3", "nowhere-1").ToArbitrary(), Gen.Elements(Enum.GetValues<TierLevel>()).ToArbitrary(), static (nodes, shield, level) =>
            nodes.Where(static node => node.Facts.Role is not NodeRole.Dns).All(node =>
            {
                var way = TierWay.Decide(Map(node.Id, nodes), Question(level, shield: shield));
                var hops = way.Parents.Concat(way.Shields).ToList();
                return hops.All(hop => hop.Level > level && hop.Node.Id != node.Id) && hops.Select(static hop => hop.Level).Order().SequenceEqual(hops.Select(static hop => hop.Level))
                    && way.Parents.Length <= 4 && way.Shields.Length <= 3;
            })).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Hops(TierMap map, TierLevel level = TierLevel.Edge, bool isDynamic = false, string? shield = null)
    {
        var way = TierWay.Decide(map, Question(level, isDynamic, shield));
        return way.Parents.Concat(way.Shields).Select(static hop => $"{hop.Level.Name} {hop.Node.Id}");
    }

    private static TierWay Decide(TierMap map) => TierWay.Decide(map, Question());

    private static TierQuestion Question(TierLevel level = TierLevel.Edge, bool isDynamic = false, string? shield = null, OriginConfig? origin = null) =>
        new(level, Key, isDynamic) { Origin = new OriginModel((origin ?? Sample.Origin) with { ShieldRegion = shield }) };

    private static TierMap Map(string own, params NodeConfig[] nodes) => TierMap.Of(new FleetDirectory { Revision = "1", Pops = [.. Pops], Nodes = [.. nodes] }, own);

    private static PopConfig Pop(string name, double latitude, double longitude, string region) =>
        new() { Name = name, Latitude = latitude, Longitude = longitude, Zone = PriceClassZone.Europe, Region = region };

    private static NodeConfig Edge(string id, string pop) => Node(id, pop, NodeRole.Edge);

    private static NodeConfig Regional(string id, string pop) => Node(id, pop, NodeRole.Regional);

    private static NodeConfig Node(string id, string pop, NodeRole role) =>
        new() { Id = id, Pop = pop, State = NodeState.InService, Facts = new NodeFacts { Role = role, ProgramVersion = "1", Tier = "127.0.0.1:1" } };
}
