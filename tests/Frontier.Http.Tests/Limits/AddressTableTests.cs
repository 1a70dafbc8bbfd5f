// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http.Limits;
using Frontier.Testing;

namespace Frontier.Http.Tests.Limits;

/// <summary>What is remembered of addresses, and for how long: as much as counts, and never more than there is room for.</summary>
public sealed class AddressTableTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ServerClock _clock;

    public AddressTableTests() => _clock = new ServerClock(_time);

    [Fact]
    public void An_address_has_so_many_connections_and_gets_back_what_it_leaves()
    {
        var table = new AddressTable(new ViewerLimits { ConnectionsPerAddress = 2 }, _clock);
        var first = table.Enter(1, isSecure: false, out _);
        Assert.NotNull(first);
        Assert.Same(first, table.Enter(1, isSecure: false, out _));
        Assert.Null(table.Enter(1, isSecure: false, out var met));
        Assert.Equal(ViewerLimit.AddressConnections, met);
        Assert.NotNull(table.Enter(2, isSecure: false, out _));
        table.Leave(first);
        Assert.Same(first, table.Enter(1, isSecure: false, out _));
    }

    [Fact]
    public void Leaving_and_coming_back_does_not_make_an_address_a_new_one()
    {
        var table = new AddressTable(new ViewerLimits { NewConnectionsPerAddress = 1, HandshakesPerAddress = 0 }, _clock);
        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            table.Leave(table.Enter(1, isSecure: true, out _)!);
        }

        Assert.Null(table.Enter(1, isSecure: true, out var met));
        Assert.Equal(ViewerLimit.AddressNewConnections, met);
        Pass(1);
        table.Leave(table.Enter(1, isSecure: true, out _)!);
        Assert.Null(table.Enter(1, isSecure: true, out _));
    }

    [Fact]
    public void Handshakes_have_a_limit_of_their_own_and_plain_connections_do_not_use_it_up()
    {
        var table = new AddressTable(new ViewerLimits { NewConnectionsPerAddress = 0, HandshakesPerAddress = 1 }, _clock);
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(table.Enter(1, isSecure: false, out _));
        }

        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            Assert.NotNull(table.Enter(1, isSecure: true, out _));
        }

        Assert.Null(table.Enter(1, isSecure: true, out var met));
        Assert.Equal(ViewerLimit.AddressHandshakes, met);
    }

    [Fact]
    public void A_million_addresses_take_no_more_room_than_the_table_has_and_those_connected_stay()
    {
        var table = new AddressTable(new ViewerLimits { ConnectionsPerAddress = 1 }, _clock, idlePerShard: 8);
        Assert.NotNull(table.Enter(1, isSecure: false, out _));
        for (UInt128 address = 2; address < 1_000_000; address++)
        {
            table.Leave(table.Enter(address, isSecure: false, out _)!);
        }

        Assert.InRange(table.Count, 2, 1 + (8 * AddressTable.Shards));
        Assert.Null(table.Enter(1, isSecure: false, out var met)); // not forgotten, for all those others
        Assert.Equal(ViewerLimit.AddressConnections, met);
    }

    [Fact]
    public void Addresses_next_to_each_other_spread_over_the_shards_so_that_no_lock_is_everybodys()
    {
        var table = new AddressTable(new ViewerLimits(), _clock, idlePerShard: 1_000);
        for (UInt128 address = 0; address < 16_000; address++)
        {
            table.Leave(table.Enter(address, isSecure: false, out _)!);
        }

        Assert.InRange(table.Count, 14_000, 16_000); // a shard that got more than its share would have dropped the rest
    }

    [Fact]
    public void What_there_is_nothing_to_remember_of_is_forgotten()
    {
        var table = new AddressTable(new ViewerLimits { NewConnectionsPerAddress = 1 }, _clock);
        table.Leave(table.Enter(1, isSecure: false, out _)!);
        var stays = table.Enter(2, isSecure: false, out _)!;
        table.Sweep();
        Assert.Equal(2, table.Count);
        Pass(1);
        table.Sweep();
        Assert.Equal(1, table.Count);
        table.Leave(stays);
        table.Sweep();
        Assert.Equal(0, table.Count);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void An_address_of_IPv4_is_one_viewer_and_so_is_a_network_of_IPv6(string one, string other, bool isSame) =>
        Assert.Equal(isSame, ViewerNetwork.Of(IPAddress.Parse(one)) == ViewerNetwork.Of(IPAddress.Parse(other)));

    private void Pass(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _clock.Update();
    }
}
