// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.WebSockets;
using System.Text;
using Frontier.Contracts;
using Frontier.Edge.Origins;
using Frontier.Testing;
using Frontier.Usage;
using Microsoft.AspNetCore.Http;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>WebSockets through the edge, with a real client and a real server (DP-30.1).</summary>
public sealed class WebSocketTests
{
    /// <summary>RFC 6455, section 1.3: the answer to the key that these tests send.</summary>
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    [Fact]
    public async Task Messages_pass_both_ways_on_any_behavior_and_are_logged_when_the_socket_closes_DP_30_1()
    {
        await using var origin = await LiveOrigin.StartAsync(EchoAsync);
        await using var edge = await StartAsync(origin);
        using var socket = await ConnectAsync(edge);
        Assert.Equal("chat", socket.SubProtocol);

        Assert.Equal("echo: hello", await SayAsync(socket, "hello"));
        var large = new string('x', 300_000);
        Assert.Equal("echo: " + large, await SayAsync(socket, large));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);

        var record = await edge.Records.OfAsync("/chat");
        Assert.Equal((101, CarriedProtocol.WebSocket, ResultType.Miss, ErrorDetail.None), (record.Status, record.Carries, record.Result, record.Detail));
        Assert.True(record.BytesReceived > 300_000, $"{record.BytesReceived}");
        Assert.True(record.BytesSent > 300_000, $"{record.BytesSent}");
        Assert.Equal(0, edge.Server.OriginHealth.Single().OpenConnections);
    }

    [Fact]
    public async Task A_viewer_on_HTTP_2_opens_a_socket_to_an_origin_on_HTTP_1_1()
    {
        await using var origin = await LiveOrigin.StartAsync(EchoAsync);
        await using var edge = await StartAsync(origin);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(TlsViewer.Handler(edge));
        await socket.ConnectAsync(TlsViewer.Address(edge, "/chat", "wss"), invoker, CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);

        Assert.Equal("echo: over h2", await SayAsync(socket, "over h2"));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);
        var record = await edge.Records.OfAsync("/chat");
        Assert.Equal(("wss", Protocols.Http.HttpVersion.Http2), (record.Carries.LogName(record.IsHttps), record.Version));
    }

    [Fact]
    public async Task A_socket_that_is_quiet_for_ten_minutes_is_closed_and_one_that_speaks_is_not_DP_30_1()
    {
        await using var origin = await LiveOrigin.StartAsync(EchoAsync);
        await using var edge = await StartAsync(origin);
        using var socket = await ConnectAsync(edge);
        for (var i = 0; i < 3; i++)
        {
            edge.Clock.Advance(TimeSpan.FromMinutes(9));
            Assert.Equal("echo: still here", await SayAsync(socket, "still here"));
        }

        edge.Clock.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAnyAsync<WebSocketException>(() => ReceiveAsync(socket));
        Assert.Equal(101, (await edge.Records.OfAsync("/chat")).Status);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(200)]
    public async Task An_origin_that_does_not_upgrade_gives_an_ordinary_answer_DP_30_1(int status)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/chat").Reply(status, "no sockets here");
        var answer = await edge.SendRawAsync(
            $"GET /chat HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.EndsWith("no sockets here", answer, StringComparison.Ordinal);
        var request = edge.Origin.Log.Single();
        Assert.Equal(("Upgrade", "websocket", "13", "dGhlIHNhbXBsZSBub25jZQ=="), (request.Header("Connection"), request.Header("Upgrade"), request.Header("Sec-WebSocket-Version"), request.Header("Sec-WebSocket-Key")));
        Assert.Equal(CarriedProtocol.Http, (await edge.Records.OfAsync("/chat")).Carries);
    }

    [Fact]
    public async Task Bytes_that_come_along_with_the_101_are_not_lost()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/raw").Reply(new ScriptedReply
        {
            Raw = Encoding.Latin1.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {Accept}\r\n\r\nearly bytes"),
            Ending = ScriptedEnding.Close,
        });
        var answer = await edge.SendRawAsync($"GET /raw HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nSec-WebSocket-Accept: {Accept}\r\n", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nUpgrade: websocket\r\n", answer, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\nearly bytes", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\n")]
    [InlineData($"Connection: Upgrade\r\nSec-WebSocket-Accept: {Accept}\r\n")]
    [InlineData($"Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Accept: {Accept}\r\n")]
    [InlineData($"Upgrade: websocket\r\nSec-WebSocket-Accept: {Accept}\r\n")]
    public async Task A_101_that_does_not_answer_the_handshake_is_502_RFC_6455_section_4_1(string fields)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/chat").Raw($"HTTP/1.1 101 Switching Protocols\r\n{fields}\r\nframes of somebody else's");
        var answer = await edge.SendRawAsync(
            $"GET /chat HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 502 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("frames of somebody else's", answer, StringComparison.Ordinal);
        Assert.Equal(0, edge.Server.OriginHealth.Single().OpenConnections);
    }

    [Fact]
    public async Task A_101_that_nobody_asked_for_is_502()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/page").Raw($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {Accept}\r\n\r\n");
        Assert.Equal(502, (await edge.GetAsync("/page")).Status);
        Assert.Equal(502, (await edge.GetAsync("/page", ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))).Status);
    }

    [Fact]
    public async Task An_open_socket_counts_towards_its_viewer_s_share_of_the_origin_DP_19_9()
    {
        await using var origin = await LiveOrigin.StartAsync(EchoAsync);
        await using var edge = await StartAsync(origin);
        await edge.RestartAsync(static options => options with { Origins = new OriginClientOptions { MaxConnectionsPerEndpoint = 4 } }); // a quarter is one
        using (var socket = await ConnectAsync(edge))
        {
            Assert.Equal("echo: a", await SayAsync(socket, "a"));
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(edge));
            Assert.Contains("503", refused.Message, StringComparison.Ordinal);
            Assert.Equal("echo: b", await SayAsync(socket, "b"));
        }

        await Eventually.IsTrueAsync(async () =>
        {
            try
            {
                using var next = await ConnectAsync(edge);
                return true;
            }
            catch (WebSocketException)
            {
                return false; // the first one's end is not known yet
            }
        });
    }

    [Fact]
    public async Task A_viewer_that_leaves_takes_the_origins_connection_along()
    {
        await using var origin = await LiveOrigin.StartAsync(EchoAsync);
        await using var edge = await StartAsync(origin);
        var socket = await ConnectAsync(edge);
        Assert.Equal("echo: a", await SayAsync(socket, "a"));
        socket.Abort();
        socket.Dispose();
        await edge.Records.OfAsync("/chat");
        Assert.Equal(0, edge.Server.OriginHealth.Single().OpenConnections);
    }

    private static Task<TestEdge> StartAsync(LiveOrigin origin) => TestEdge.StartAsync(distribution => distribution with
    {
        Origins = [distribution.Origins[0] with { HttpPort = origin.Port, Protocol = OriginProtocol.HttpOnly }],
    });

    private static async Task<ClientWebSocket> ConnectAsync(TestEdge edge)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", TestEdge.Host);
        socket.Options.AddSubProtocol("chat");
        await socket.ConnectAsync(new Uri($"ws://{edge.Server.Http}/chat"), CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);
        return socket;
    }

    private static async Task<string> SayAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);
        return await ReceiveAsync(socket);
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[65_536];
        while (true)
        {
            var received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);
            text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            if (received.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
        try
        {
            while (true)
            {
                var said = await ReceiveAsync(socket);
                if (socket.State is WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
                    return;
                }

                await socket.SendAsync(Encoding.UTF8.GetBytes("echo: " + said), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // The other side is gone.
        }
    }
}
