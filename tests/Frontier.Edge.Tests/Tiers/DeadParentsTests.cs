// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>§26: a parent that does not answer is passed over within one timeout, and left alone for a while.</summary>
public sealed class DeadParentsTests
{
    [Fact]
    public async Task A_parent_that_is_gone_is_passed_over_and_asked_again_once_it_may_be_back()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("*").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var (edge, regional) = (fleet.Edges.Single(), fleet.Regionals.Single());
        var there = regional.Tier;
        regional.Tier = $"127.0.0.1:{FreePort()}";
        await fleet.TellDirectoryAsync();
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);

        regional.Tier = there; // it is back, but nobody asks it yet
        await fleet.TellDirectoryAsync();
        Assert.Null((await edge.Records.OfAsync(await edge.GetAsync("/b"))).Parent);
        fleet.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal($"regional {regional.Id}", (await edge.Records.OfAsync(await edge.GetAsync("/c"))).Parent);
    }

    [Fact]
    public async Task A_parent_that_takes_connections_and_says_nothing_is_passed_over_after_a_second()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("*").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        fleet.Regionals.Single().Tier = silent.LocalEndPoint!.ToString();
        await fleet.TellDirectoryAsync();
        var edge = fleet.Edges.Single();
        var answer = edge.GetAsync("/a");
        using var taken = await silent.AcceptAsync();
        Assert.Equal("hello", (await fleet.PassingTime(answer)).Body);
        Assert.Equal("hello", (await edge.GetAsync("/b")).Body); // without waiting
    }

    [Fact]
    public async Task A_parent_that_stops_in_the_middle_of_things_is_passed_over_after_a_second_on_a_connection_that_stood()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("*").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var regional = fleet.Regionals.Single();
        await using var relay = new Relay(IPEndPoint.Parse(regional.Tier!));
        regional.Tier = relay.EndPoint.ToString();
        await fleet.TellDirectoryAsync();
        var edge = fleet.Edges.Single();
        Assert.Equal($"regional {regional.Id}", (await edge.Records.OfAsync(await edge.GetAsync("/a"))).Parent);
        relay.Pause();
        var answer = edge.GetAsync("/b");
        await relay.Held;
        var passedOver = await fleet.PassingTime(answer);
        Assert.Equal("hello", passedOver.Body);
        Assert.Null((await edge.Records.OfAsync(passedOver)).Parent);
    }

    [Fact]
    public async Task A_slow_origin_is_waited_for_through_a_parent_that_has_taken_the_request_up()
    {
        await using var fleet = await TestFleet.StartAsync(null, static options => options with { StrictHttpCaching = true }, ("fra1", 1, 1));
        var gate = new ScriptedGate();
        fleet.Origin.On("/a").Reply(ScriptedReply.Of(200, "hello", ("Cache-Control", "max-age=60")) with { Preamble = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"u8.ToArray(), AfterPreamble = gate });
        using var viewer = await RawViewer.ConnectAsync(fleet.Edges.Single().Server.Http);
        await viewer.GetAsync("/a", "Connection: close");
        Assert.StartsWith("HTTP/1.1 103 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal); // which the edge has read after the parent's word
        fleet.Clock.Advance(TimeSpan.FromSeconds(20));
        gate.Release();
        Assert.EndsWith("hello", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(1, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Where_the_owner_is_gone_the_next_one_in_order_keeps_the_object()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 3, 0));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var (owner, _) = fleet.OwnerOf("/a");
        await owner.StopAsync();
        foreach (var edge in fleet.Edges.Where(edge => edge != owner))
        {
            Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        }

        Assert.Equal(1, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_parent_that_dies_while_it_sends_ends_the_viewer_s_answer_and_nothing_is_stored_DP_14_12()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("/a").Reply(200, new string('x', 100_000), ("Cache-Control", "max-age=60")).EndConnection(ScriptedEnding.CloseSilently, afterBodyBytes: 50_000);
        var edge = fleet.Edges.Single();
        await Assert.ThrowsAnyAsync<Exception>(() => edge.GetAsync("/a")); // what breaks off above breaks off below
        Assert.Equal(0, edge.Server.CacheStatistics.MemoryObjects);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
