// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Dns.Routing;
using Frontier.Dns.Tests.Harness;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;
using ClientNetwork = Frontier.Dns.Zones.ClientNetwork;

namespace Frontier.Dns.Tests.Routing;

/// <summary>NB-5.7, DP-26.6, DP-2.10: the edges of a fleet as answers.</summary>
public sealed class FleetEdgesTests
{
    private readonly ScriptedHealth _health = new();
    private readonly FleetEdges _edges;

    public FleetEdgesTests() => _edges = SmallFleet.Edges(_health);

    [Theory]
    [InlineData(SmallFleet.Everywhere, SmallFleet.Germany, "127.0.1.1")]
    [InlineData(SmallFleet.Everywhere, SmallFleet.America, "127.0.1.2")]
    [InlineData(SmallFleet.Everywhere, SmallFleet.Japan, "127.0.1.3")]
    [InlineData(SmallFleet.Cheap, SmallFleet.Germany, "127.0.1.1")]
    [InlineData(SmallFleet.Cheap, SmallFleet.America, "127.0.1.2")]
    public void A_client_gets_the_nearest_edge_that_the_price_class_allows_DP_26_6(string distribution, string client, string address)
    {
        var (answer, data) = Ask(distribution, client);

        Assert.Equal((true, 24, 60), (answer.Exists, answer.ScopeLength, answer.TtlSeconds));
        Assert.Equal(IPAddress.Parse(address), new IPAddress(data));
    }

    [Fact]
    public void A_price_class_keeps_a_client_from_the_edge_next_to_it_DP_26_6() => Assert.NotEqual(IPAddress.Parse("127.0.1.3"), new IPAddress(Ask(SmallFleet.Cheap, SmallFleet.Japan).Data));

    [Fact]
    public void Addresses_of_IPv6_are_told_where_the_distribution_wants_them_DP_2_10()
    {
        Assert.Equal(IPAddress.Parse("fd00::1"), new IPAddress(Ask(SmallFleet.Everywhere, SmallFleet.Germany, EdgeRecord.IPv6).Data));
        var (without, none) = Ask(SmallFleet.Cheap, SmallFleet.Germany, EdgeRecord.IPv6);
        Assert.True(without.Exists);
        Assert.Empty(none);
    }

    [Fact]
    public void A_client_of_IPv6_is_known_by_48_bits() => Assert.Equal(48, Ask(SmallFleet.Everywhere, "2001:db8::7").Answer.ScopeLength);

    [Theory]
    [InlineData("d333.cdn.test")]
    [InlineData("cdn.test")]
    [InlineData("d111.cdn.test.other")]
    public void What_is_no_distribution_does_not_exist(string name) => Assert.False(Ask(name, SmallFleet.Germany).Answer.Exists);

    [Fact]
    public void The_HTTPS_record_tells_protocols_and_a_port_that_browsers_would_not_take()
    {
        Assert.Equal("1 . alpn=\"h2,http/1.1\"", Service(SmallFleet.Everywhere));
        Assert.Equal("1 . alpn=\"http/1.1\"", Service(SmallFleet.Cheap));

        _edges.Change(new FleetDirectory { Revision = "2", Pops = SmallFleet.Directory.Pops, Nodes = [.. SmallFleet.Directory.Nodes.Select(static node => node with { Facts = node.Facts with { HttpsPort = 8443 } })] });
        Assert.Equal("1 . alpn=\"h2,http/1.1\" port=\"8443\"", Service(SmallFleet.Everywhere));

        _edges.Change(SmallFleet.With("fra1", static node => node with { Facts = node.Facts with { HttpsPort = 8443 } }));
        Assert.Equal("1 . alpn=\"h2,http/1.1\"", Service(SmallFleet.Everywhere));

        _edges.Change(new FleetDirectory { Revision = "3", Pops = SmallFleet.Directory.Pops, Nodes = [.. SmallFleet.Directory.Nodes.Select(static node => node with { Facts = node.Facts with { HttpsPort = 0 } })] });
        Assert.Equal(0, Ask(SmallFleet.Everywhere, SmallFleet.Germany, EdgeRecord.Service).Answer.Length);
    }

    [Fact]
    public void A_decision_is_remembered_for_its_network_until_something_changes()
    {
        Ask(SmallFleet.Everywhere, SmallFleet.Germany);
        var asked = _health.Asked;
        Ask(SmallFleet.Everywhere, "203.0.113.200");
        Assert.Equal(asked, _health.Asked);
        Ask(SmallFleet.Everywhere, "203.0.114.7");
        Assert.True(_health.Asked > asked);

        _health.Set("edge-fra1", false);
        _edges.Forget();
        Assert.Equal(IPAddress.Parse("127.0.1.2"), new IPAddress(Ask(SmallFleet.Everywhere, SmallFleet.Germany).Data));
    }

    [Fact]
    public void A_load_that_moves_nobody_leaves_decisions_as_they_are_and_one_that_does_makes_them_anew()
    {
        Ask(SmallFleet.Everywhere, SmallFleet.Germany);
        var asked = _health.Asked;
        _edges.Change(SmallFleet.With("fra1", static node => node with { Load = 60 }));
        Ask(SmallFleet.Everywhere, SmallFleet.Germany);
        Assert.Equal(asked, _health.Asked);

        _edges.Change(SmallFleet.With("fra1", static node => node with { Load = 100 }));
        Assert.Equal(IPAddress.Parse("127.0.1.2"), new IPAddress(Ask(SmallFleet.Everywhere, SmallFleet.Germany).Data));
    }

    [Fact]
    public void What_is_drained_loses_its_clients_and_gets_them_back()
    {
        _edges.Change(SmallFleet.With("fra1", static node => node with { State = NodeState.Draining }));
        Assert.NotEqual(IPAddress.Parse("127.0.1.1"), new IPAddress(Ask(SmallFleet.Everywhere, SmallFleet.Germany).Data));

        _edges.Change(SmallFleet.Directory);
        Assert.Equal(IPAddress.Parse("127.0.1.1"), new IPAddress(Ask(SmallFleet.Everywhere, SmallFleet.Germany).Data));
    }

    [Fact]
    public void One_edge_alone_is_the_same_for_everybody()
    {
        _edges.Change(SmallFleet.Directory with { Revision = "1", Nodes = [SmallFleet.Directory.Nodes[0]] });

        Assert.Equal(0, Ask(SmallFleet.Everywhere, SmallFleet.Japan).Answer.ScopeLength);
    }

    [Fact]
    public void Websites_of_buckets_are_where_the_operator_says()
    {
        var edges = new FleetEdges(_health, static _ => null, Decisions.Routing.LatencyTable.Empty) { Websites = [IPAddress.Parse("127.0.1.9"), IPAddress.Parse("fd00::9")] };
        var data = new byte[IEdgeAddresses.MaxLength];

        Assert.Equal(4, edges.Find(AliasTargetKind.BucketWebsite, "\0"u8, EdgeRecord.IPv4, default, data).Length);
        Assert.Equal(IPAddress.Parse("127.0.1.9"), new IPAddress(data.AsSpan(0, 4)));
        Assert.Equal(16, edges.Find(AliasTargetKind.BucketWebsite, "\0"u8, EdgeRecord.IPv6, default, data).Length);
        Assert.False(_edges.Find(AliasTargetKind.BucketWebsite, "\0"u8, EdgeRecord.IPv4, default, data).Exists);
    }

    private string Service(string distribution)
    {
        Assert.True(RecordTypes.TryFind("HTTPS", out var type));
        Assert.True(RecordDataText.TryFormat(type, Ask(distribution, SmallFleet.Germany, EdgeRecord.Service).Data, EscapeForm.Decimal, out var text));
        return text;
    }

    private (EdgeAnswer Answer, byte[] Data) Ask(string distribution, string client, EdgeRecord record = EdgeRecord.IPv4)
    {
        Assert.True(DnsName.TryParse(distribution, out var name));
        var data = new byte[IEdgeAddresses.MaxLength];
        var answer = _edges.Find(AliasTargetKind.Distribution, name.Wire, record, ClientNetwork.Of(IPAddress.Parse(client)), data);
        return (answer, data[..answer.Length]);
    }
}
