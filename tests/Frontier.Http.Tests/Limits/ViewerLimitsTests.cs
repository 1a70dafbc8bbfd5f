// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using Frontier.Http.Limits;
using Frontier.Http.Tests.Transport;
using Frontier.Testing;

namespace Frontier.Http.Tests.Limits;

/// <summary>Viewers that take too much are turned away at the door, over real sockets, and cost the others nothing.</summary>
public sealed class ViewerLimitsTests
{
    private static readonly ViewerLimits Nobody = new() { Exempt = [] };

    [Fact]
    public async Task More_connections_of_an_address_than_it_may_have_are_reset_and_room_comes_back()
    {
        await using var server = TestServer.Start(Answers.PathAsync, viewers: Nobody with { ConnectionsPerAddress = 2 });
        using var first = await RawViewer.ConnectAsync(server);
        using (var second = await RawViewer.ConnectAsync(server))
        {
            await AssertServedAsync(second);
            await AssertRefusedAsync(server);
        }

        await Eventually.IsTrueAsync(() => server.Connections == 1);
        using var third = await RawViewer.ConnectAsync(server);
        await AssertServedAsync(third);
        await AssertServedAsync(first);
        Assert.Equal([ViewerLimit.AddressConnections], server.Refused.Select(static refused => refused.Limit).Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task New_connections_have_a_rate_and_a_burst_for_an_address_and_for_all(bool ofAll)
    {
        await using var server = TestServer.Start(Answers.PathAsync, viewers: ofAll ? Nobody with { NewConnections = 1 } : Nobody with { NewConnectionsPerAddress = 1 });
        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            using var viewer = await RawViewer.ConnectAsync(server);
            await AssertServedAsync(viewer);
        }

        await AssertRefusedAsync(server);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        using var later = await RawViewer.ConnectAsync(server);
        await AssertServedAsync(later);
        await AssertRefusedAsync(server);
        Assert.Equal([ofAll ? ViewerLimit.NewConnections : ViewerLimit.AddressNewConnections], server.Refused.Select(static refused => refused.Limit).Distinct());
    }

    [Fact]
    public async Task A_handshake_too_many_ends_before_it_costs_any_cryptography()
    {
        var certificates = 0;
        await using var server = TestServer.Start(Answers.PathAsync, viewers: Nobody with { HandshakesPerAddress = 1 });
        server.OnSelect = _ => Interlocked.Increment(ref certificates);
        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            using var viewer = await RawViewer.ConnectTlsAsync(server, SslApplicationProtocol.Http11);
            await AssertServedAsync(viewer);
        }

        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => RawViewer.ConnectTlsAsync(server, SslApplicationProtocol.Http11));
        }

        Assert.Equal(Rate.BurstSeconds, certificates);
        using var plain = await RawViewer.ConnectAsync(server);
        await AssertServedAsync(plain); // which needs none
    }

    [Fact]
    public async Task Requests_over_the_rate_are_refused_with_429_and_the_connection_goes_on_for_who_waits()
    {
        await using var server = TestServer.Start(Answers.PathAsync, viewers: Nobody with { RequestsPerAddress = 1 });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            await AssertServedAsync(viewer);
        }

        await viewer.GetAsync("/more");
        Assert.Equal(429, (await viewer.ReadAnswerAsync()).Status);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertServedAsync(viewer);
        Assert.Equal(Rate.BurstSeconds + 1, server.Handler.Requests);
    }

    [Fact]
    public async Task A_connection_that_goes_on_asking_is_closed()
    {
        await using var server = TestServer.Start(Answers.PathAsync, viewers: Nobody with { RequestsPerAddress = 1 });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(string.Concat(Enumerable.Repeat("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", 1_000)));
        var answers = (await viewer.ReadToEndAsync()).Split("HTTP/1.1 ").Skip(1).ToList();
        Assert.Equal((Rate.BurstSeconds, 33), (answers.Count(static answer => answer.StartsWith("200", StringComparison.Ordinal)), answers.Count(static answer => answer.StartsWith("429", StringComparison.Ordinal))));
        Assert.Contains("Connection: close", answers[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_a_refused_request_is_nobodys_next_request()
    {
        await using var server = TestServer.Start(Answers.PathAsync, viewers: Nobody with { RequestsPerAddress = 1 });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            await AssertServedAsync(viewer);
        }

        const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        await viewer.SendAsync($"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}");
        var rest = await viewer.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 429", rest, StringComparison.Ordinal);
        Assert.Single(server.Handler.Refusals);
    }

    [Fact]
    public async Task Behind_a_balancer_it_is_the_viewer_it_speaks_for_who_is_limited()
    {
        await using var server = TestServer.Start(Answers.PathAsync, isBalanced: true, viewers: Nobody with { NewConnectionsPerAddress = 1 });
        for (var i = 0; i < Rate.BurstSeconds; i++)
        {
            using var viewer = await BehindBalancerAsync(server, "192.0.2.7");
            await AssertServedAsync(viewer);
        }

        using (var refused = await BehindBalancerAsync(server, "192.0.2.7"))
        {
            Assert.Equal("", await refused.ReadToEndAsync());
        }

        using var other = await BehindBalancerAsync(server, "192.0.2.8");
        await AssertServedAsync(other);
        Assert.Equal("192.0.2.7", server.Refused.Single().Viewer.ToString());
    }

    [Fact]
    public async Task Who_is_exempt_meets_no_limit_of_its_own()
    {
        await using var server = TestServer.Start(Answers.PathAsync, viewers: new ViewerLimits { ConnectionsPerAddress = 1, RequestsPerAddress = 1 });
        using var first = await RawViewer.ConnectAsync(server);
        using var second = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 20; i++)
        {
            await AssertServedAsync(first);
            await AssertServedAsync(second);
        }

        Assert.Empty(server.Refused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_rests_makes_room_when_nearly_all_connections_are_taken(bool isCrowded)
    {
        await using var server = TestServer.Start(Answers.PathAsync, new HttpServerLimits { MaxConnections = isCrowded ? 8 : 16 });
        var resting = new List<RawViewer>();
        for (var i = 0; i < 7; i++)
        {
            resting.Add(await RawViewer.ConnectAsync(server));
            await AssertServedAsync(resting[i]);
        }

        for (var second = 0; second < 4; second++)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await AssertServedAsync(resting[0]);
        for (var second = 0; second < 4; second++)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        if (isCrowded)
        {
            await Eventually.IsTrueAsync(() => server.Connections < 7);
        }

        Assert.Equal(isCrowded, server.Connections < 7);
        await AssertServedAsync(resting[0]); // who asked lately
        resting.ForEach(static viewer => viewer.Dispose());
    }

    private static async Task<RawViewer> BehindBalancerAsync(TestServer server, string address)
    {
        var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(string.Create(CultureInfo.InvariantCulture, $"PROXY TCP4 {address} 198.51.100.1 56324 443\r\n"));
        return viewer;
    }

    private static async Task AssertServedAsync(RawViewer viewer)
    {
        await viewer.GetAsync("/a");
        Assert.Equal("/a", (await viewer.ReadAnswerAsync()).Body);
    }

    /// <summary>Closed without a byte, and nothing of it is left at the server.</summary>
    private static async Task AssertRefusedAsync(TestServer server)
    {
        var before = server.Connections;
        try
        {
            using var viewer = await RawViewer.ConnectAsync(server);
            Assert.Equal("", await viewer.ReadToEndAsync());
        }
        catch (SocketException)
        {
            // Reset while it was still connecting.
        }

        Assert.InRange(server.Connections, 0, before);
    }
}
