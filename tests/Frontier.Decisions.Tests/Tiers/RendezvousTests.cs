// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Tiers;

namespace Frontier.Decisions.Tests.Tiers;

/// <summary>Which machine keeps which object.</summary>
public sealed class RendezvousTests
{
    private const int Keys = 20_000;

    [Fact]
    public void Keys_are_shared_out_as_weights_say()
    {
        var nodes = Nodes(("a", 100, 0), ("b", 100, 0), ("c", 200, 0));
        var owned = Enumerable.Range(0, Keys).CountBy(i => OwnerOf(nodes, i)).ToDictionary();
        Assert.InRange(owned["a"], Keys * 23 / 100, Keys * 27 / 100);
        Assert.InRange(owned["b"], Keys * 23 / 100, Keys * 27 / 100);
        Assert.InRange(owned["c"], Keys * 48 / 100, Keys * 52 / 100);
    }

    [Fact]
    public void A_machine_that_leaves_gives_up_its_own_keys_and_moves_no_others()
    {
        var before = Nodes(("a", 100, 0), ("b", 100, 0), ("c", 100, 0), ("d", 50, 0));
        var after = Nodes(("a", 100, 0), ("b", 100, 0), ("d", 50, 0));
        for (var i = 0; i < Keys; i++)
        {
            var order = Rendezvous.Order(before, Key(i));
            var expected = order[0].Id == "c" ? order[1].Id : order[0].Id;
            Assert.Equal(expected, OwnerOf(after, i)); // also: whoever stands in for it is the next owner
        }
    }

    [Fact]
    public void A_machine_above_its_share_of_the_load_passes_its_keys_to_the_next()
    {
        var calm = Nodes(("a", 100, 70), ("b", 100, 70), ("c", 100, 70));
        var busy = Nodes(("a", 100, 100), ("b", 100, 60), ("c", 100, 60));
        for (var i = 0; i < 1_000; i++)
        {
            var order = Rendezvous.Order(calm, Key(i)).Select(static node => node.Id).Where(static id => id != "a").Append("a");
            Assert.Equal(order, Rendezvous.Order(busy, Key(i)).Select(static node => node.Id));
        }
    }

    [Fact]
    public void Nobody_is_overloaded_while_there_is_ample_room_however_idle_the_others_are()
    {
        var nodes = Nodes(("a", 100, 60), ("b", 100, 0), ("c", 100, 0));
        Assert.Contains(Enumerable.Range(0, 100), i => OwnerOf(nodes, i) == "a");
    }

    [Fact]
    public void All_machines_are_in_the_order_once_whatever_the_order_they_are_given_in()
    {
        var nodes = Nodes(("a", 1, 0), ("b", 1_000, 0), ("c", 100, 90));
        for (var i = 0; i < 1_000; i++)
        {
            var order = Rendezvous.Order(nodes, Key(i));
            Assert.Equal(["a", "b", "c"], order.Select(static node => node.Id).Order(StringComparer.Ordinal));
            Assert.Equal(order, Rendezvous.Order([.. nodes.Reverse()], Key(i)));
        }
    }

    [Theory]
    [InlineData("127.0.0.1:8405", "127.0.0.1", 8405)]
    [InlineData("[2001:db8::1]:1", "2001:db8::1", 1)]
    [InlineData("cache.example:65535", "cache.example", 65_535)]
    [InlineData("cache.example", null, 0)]
    [InlineData("cache.example:0", null, 0)]
    [InlineData("cache.example:65536", null, 0)]
    [InlineData(":80", null, 0)]
    [InlineData("", null, 0)]
    [InlineData(null, null, 0)]
    public void A_machine_is_asked_at_a_host_and_a_port_or_not_at_all(string? tier, string? host, int port)
    {
        var node = TierNode.Of(Node("a", 100, 0) with { Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "1", Tier = tier } });
        Assert.Equal((host, port), (node?.Host, node?.Port ?? 0));
    }

    [Fact]
    public void A_key_is_told_and_read_again()
    {
        var key = TierKey.Of("E1\0/a\0"u8);
        Assert.True(TierKey.TryParse(key.ToString(), out var again));
        Assert.Equal(key, again);
        Assert.NotEqual(key, TierKey.Of("E1\0/b\0"u8));
        Assert.All(new[] { null, "", "00", new string('g', 32), new string('0', 33), "+" + new string('0', 31) }, static text => Assert.False(TierKey.TryParse(text, out _)));
    }

    private static ulong Key(int i) => TierKey.Of(BitConverter.GetBytes(i)).Hash;

    private static string OwnerOf(ImmutableArray<TierNode> nodes, int i) => Rendezvous.Order(nodes, Key(i))[0].Id;

    private static ImmutableArray<TierNode> Nodes(params (string Id, int Weight, int Load)[] nodes) => [.. nodes.Select(static node => TierNode.Of(Node(node.Id, node.Weight, node.Load))!)];

    private static NodeConfig Node(string id, int weight, int load) => new()
    {
        Id = id,
        Pop = "fra1",
        State = NodeState.InService,
        Load = load,
        Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "1", Tier = "127.0.0.1:1", Weight = weight },
    };
}
