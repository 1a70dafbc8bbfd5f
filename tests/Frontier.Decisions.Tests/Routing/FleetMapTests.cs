// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Tests.Routing;

/// <summary>When what was decided with one directory holds with another.</summary>
public sealed class FleetMapTests
{
    private static readonly FleetDirectory One = new()
    {
        Revision = "1",
        Pops = [new PopConfig { Name = "fra1", Latitude = 50, Longitude = 8, Zone = PriceClassZone.Europe, Region = "eu-central-1" }],
        Nodes = [Edge("a"), Edge("b")],
    };

    [Fact]
    public void The_same_content_decides_the_same_whoever_read_it() => Assert.True(FleetMap.Of(One).DecidesAs(FleetMap.Of(One with { Nodes = [Edge("a"), Edge("b")] })));

    [Theory]
    [InlineData(0, 70, true)]
    [InlineData(20, 75, true)]
    [InlineData(20, 80, false)]
    [InlineData(80, 90, false)]
    public void A_load_matters_from_where_clients_are_given_away(int before, int after, bool isSame) => Assert.Equal(isSame, FleetMap.Of(With(before)).DecidesAs(FleetMap.Of(With(after))));

    [Fact]
    public void Whatever_else_differs_decides_otherwise()
    {
        FleetDirectory[] others =
        [
            One with { Nodes = [Edge("a")] }, One with { Nodes = [Edge("a"), Edge("c")] }, One with { Pops = [One.Pops[0] with { IsDrained = true }] }, One with { Pops = [One.Pops[0] with { Zone = PriceClassZone.Japan }] }, One with { Pops = [] },
            One with { Nodes = [Edge("a"), Edge("b") with { State = NodeState.Silent }] },
            One with { Nodes = [Edge("a"), Edge("b") with { Facts = Edge("b").Facts with { Weight = 50 } }] },
            One with { Nodes = [Edge("a"), Edge("b") with { Facts = Edge("b").Facts with { Addresses = ["192.0.2.9"] } }] },
        ];

        Assert.All(others, static other => Assert.False(FleetMap.Of(other).DecidesAs(FleetMap.Of(One))));
    }

    private static FleetDirectory With(int load) => One with { Nodes = [.. One.Nodes.Select(node => node with { Load = load })] };

    private static NodeConfig Edge(string id) => new() { Id = id, Pop = "fra1", State = NodeState.InService, Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "0", Addresses = ["192.0.2.1"] } };
}
