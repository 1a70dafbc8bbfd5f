// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Keep-alive connections: reused when sound, never when in doubt (DP-11.5).</summary>
public sealed class PoolingTests
{
    [Fact]
    public async Task A_connection_is_used_again_after_a_body_was_read_to_its_end()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "a").Chunked();
        bench.Origin.On("/b").Reply(200, "b");

        await bench.GetAsync("/a");
        await bench.GetAsync("/b");
        await bench.GetAsync("/a");

        Assert.Equal([1, 1, 1], bench.Origin.Log.Select(request => request.Connection));
        Assert.Equal(1, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task Requests_at_the_same_time_have_connections_of_their_own()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "a").Hold();
        var both = new[] { bench.GetAsync("/a"), bench.GetAsync("/a") };
        await bench.Origin.WaitForRequestsAsync("/a", 2);
        Assert.Equal(2, bench.Origin.RequestsInFlight);

        bench.Origin.On("/a").Release();

        Assert.Equal(["a", "a"], await Task.WhenAll(both));
        Assert.Equal(2, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task Endpoints_that_differ_share_no_connection()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "a");

        await bench.GetAsync("/a");
        bench.Endpoint = bench.Endpoint with { TlsServerName = "other.example" };
        await bench.GetAsync("/a");

        Assert.Equal(2, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task An_idle_connection_is_closed_after_its_keep_alive_timeout()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { KeepAliveTimeout = TimeSpan.FromSeconds(5) };
        bench.Origin.On("/a").Reply(200, "a");
        await bench.GetAsync("/a");

        bench.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, bench.Client.OpenConnections);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, bench.Client.OpenConnections);
        await bench.Origin.WaitUntilAsync(() => bench.Origin.ConnectionsOpen == 0);
    }

    [Fact]
    public async Task A_use_begins_the_keep_alive_timeout_anew()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "a");
        for (var i = 0; i < 5; i++)
        {
            await bench.GetAsync("/a");
            bench.Clock.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.Equal(1, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_response_that_announces_close_is_the_connections_last()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "a").EndConnection(ScriptedEnding.Close);

        await bench.GetAsync("/a");

        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task An_origin_that_closes_while_idle_costs_a_new_connection_and_no_attempt()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ConnectionAttempts = 1 };
        bench.Origin.On("/a").Reply(200, "a").EndConnection(ScriptedEnding.CloseSilently);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("a", await bench.GetAsync("/a"));
        }

        Assert.Equal(20, bench.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_reused_connection_closed_under_the_request_is_replaced_without_counting(string method)
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ConnectionAttempts = 1 };
        bench.Origin.On("/first").Reply(200, "1");
        bench.Origin.On("/a").Once(new ScriptedReply { Raw = Array.Empty<byte>(), Ending = ScriptedEnding.CloseSilently }).Reply(200, "a");
        await bench.GetAsync("/first");

        var result = await bench.SendAsync("/a", method);

        await using var response = result.Response!;
        Assert.Equal(200, response.Head.Status);
        Assert.False(response.ConnectionReused);
        Assert.Equal([1, 1, 2], bench.Origin.Log.Select(request => request.Connection));
    }

    [Fact]
    public async Task A_reused_connection_closed_under_a_POST_is_a_failure_because_the_origin_may_have_acted()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/first").Reply(200, "1");
        bench.Origin.On("/a").Raw("", ScriptedEnding.CloseSilently);
        await bench.GetAsync("/first");

        Assert.Equal(OriginFailure.ClosedEarly, await bench.FailAsync("/a", "POST"));
        Assert.Equal(1, bench.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_reused_connection_that_began_to_answer_is_not_replaced_uncounted()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ConnectionAttempts = 1 };
        bench.Origin.On("/first").Reply(200, "1");
        bench.Origin.On("/a").Raw("HTTP/1.1 200", ScriptedEnding.CloseSilently);
        await bench.GetAsync("/first");

        Assert.Equal(OriginFailure.ClosedEarly, await bench.FailAsync("/a"));
        Assert.Equal(1, bench.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_second_response_behind_the_first_is_never_taken_for_an_answer()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        bench.Origin.On("/b").Reply(200, "b");

        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal("b", await bench.GetAsync("/b"));

        Assert.Equal(2, bench.Origin.Last("/b").Connection);
    }

    [Fact]
    public async Task Bytes_that_arrive_while_idle_condemn_the_connection()
    {
        await using var bench = new OriginBench();
        var later = new ScriptedGate();
        var unasked = $"HTTP/1.1 200 OK\r\nX-Fill: {new string('x', 4_000)}\r\nContent-Length: 6\r\n\r\npoison";
        bench.Origin.On("/a").Reply(new ScriptedReply
        {
            // The length says that the body ends before the stall: what follows comes unasked.
            Body = Encoding.ASCII.GetBytes("a" + unasked),
            DeclaredLength = 1,
            StallAfter = 1,
            StallAt = later,
        });
        bench.Origin.On("/b").Reply(200, "b");
        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal(1, bench.Client.OpenConnections);
        var sent = bench.Origin.BytesSent;

        later.Release();
        await bench.Origin.WaitUntilAsync(() => bench.Origin.BytesSent >= sent + unasked.Length); // the answer before it may be counted a moment later

        Assert.Equal("b", await bench.GetAsync("/b"));
        Assert.Equal(2, bench.Origin.Last("/b").Connection);
        Assert.Equal(1, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task A_body_to_a_HEAD_condemns_the_connection()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        bench.Origin.On("/b").Reply(200, "b");

        var head = await bench.SendAsync("/a", "HEAD");
        Assert.False(head.Response!.HasBody);
        Assert.Equal("b", await bench.GetAsync("/b"));

        Assert.Equal(2, bench.Origin.Last("/b").Connection);
    }

    [Fact]
    public async Task A_response_disposed_of_before_its_end_takes_its_connection_along()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "0123456789");
        var result = await bench.SendAsync("/a");
        Assert.Equal(1, (await OriginBench.ReadAsync(result.Response!, new byte[1])).Count);

        await result.Response!.DisposeAsync();

        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task No_more_connections_are_opened_than_an_endpoint_may_have()
    {
        await using var bench = new OriginBench(new OriginClientOptions { MaxConnectionsPerEndpoint = 2 });
        bench.Endpoint = bench.Endpoint with { ConnectionAttempts = 1 };
        bench.Origin.On("/a").Hold();
        var busy = new[] { bench.SendAsync("/a"), bench.SendAsync("/a") };
        await bench.Origin.WaitForRequestsAsync("/a", 2);

        Assert.Equal(OriginFailure.NoCapacity, await bench.FailAsync("/a"));

        bench.Origin.On("/a").Release();
        Assert.All(await Task.WhenAll(busy), result => Assert.True(result.Succeeded));
    }

    [Fact]
    public async Task An_idle_connection_gives_way_when_the_edge_has_all_it_may_have()
    {
        await using var bench = new OriginBench(new OriginClientOptions { MaxConnections = 1 });
        bench.Origin.On("/a").Reply(200, "a");
        await bench.GetAsync("/a");
        bench.Endpoint = bench.Endpoint with { TlsServerName = "other.example" };

        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal(1, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task Idle_connections_beyond_their_bound_are_closed()
    {
        await using var bench = new OriginBench(new OriginClientOptions { MaxIdlePerEndpoint = 1 });
        bench.Origin.On("/a").Reply(200, "a").Hold();
        var both = new[] { bench.GetAsync("/a"), bench.GetAsync("/a") };
        await bench.Origin.WaitForRequestsAsync("/a", 2);

        bench.Origin.On("/a").Release();
        await Task.WhenAll(both);

        Assert.Equal(1, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task Disposing_of_the_client_closes_idle_connections()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "a");
        await bench.GetAsync("/a");

        await bench.Client.DisposeAsync();

        Assert.Equal(0, bench.Client.OpenConnections);
    }
}
