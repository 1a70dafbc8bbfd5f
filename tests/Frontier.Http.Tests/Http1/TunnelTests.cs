// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Tests.Transport;

namespace Frontier.Http.Tests.Http1;

/// <summary>Connections that become pipes by a WebSocket handshake (RFC 6455, section 4; RFC 9110, section 7.8).</summary>
public sealed class TunnelTests
{
    private const string Handshake = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: k\r\n\r\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Raw_bytes_go_both_ways_those_behind_the_handshake_too(bool isSecure)
    {
        await using var server = TestServer.Start(EchoAsync);
        using var viewer = await RawViewer.ConnectAsync(server, isSecure);
        await viewer.SendAsync(Handshake + "early");
        Assert.Equal("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", await viewer.ReadHeadAsync());
        Assert.Equal("early", Encoding.Latin1.GetString(await viewer.ReadExactlyAsync(5)));
        var bytes = Answers.Pattern(50_000);
        for (var i = 0; i < 3; i++)
        {
            await viewer.SendAsync(bytes);
            Assert.Equal(bytes, await viewer.ReadExactlyAsync(bytes.Length));
        }
    }

    [Fact]
    public async Task Both_ways_are_used_at_the_same_time_and_the_viewers_end_is_seen()
    {
        var received = "";
        await using var server = TestServer.Start(async exchange =>
        {
            await SwitchAsync(exchange);
            var reading = Answers.ReadAsync(exchange).AsTask();
            for (var i = 0; i < 100; i++)
            {
                await exchange.WriteAsync(Answers.Pattern(1_000), CancellationToken.None);
            }

            received = await reading;
            await exchange.WriteAsync("end"u8.ToArray(), CancellationToken.None);
            Assert.True(exchange.BytesReceived > 100_000);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(Handshake);
        await viewer.ReadHeadAsync();
        for (var i = 0; i < 100; i++)
        {
            await viewer.SendAsync(Answers.Pattern(1_000));
        }

        viewer.EndSending();
        Assert.EndsWith("end", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(100_000, received.Length);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task A_handshake_that_came_while_another_request_was_answered_becomes_a_tunnel()
    {
        using var gate = new SemaphoreSlim(0);
        await using var server = TestServer.Start(async exchange =>
        {
            if (exchange.IsWebSocket)
            {
                await EchoAsync(exchange);
                return;
            }

            await exchange.StartAsync(Answers.Head(), 2, CancellationToken.None);
            await exchange.FlushAsync(CancellationToken.None);
            await gate.WaitAsync();
            await exchange.WriteAsync("ok"u8.ToArray(), CancellationToken.None);
        });
        for (var i = 0; i < 5; i++)
        {
            using var viewer = await RawViewer.ConnectAsync(server);
            await viewer.GetAsync("/");
            await viewer.ReadHeadAsync();
            await viewer.SendAsync(Handshake);
            gate.Release();
            Assert.Equal("ok", Encoding.Latin1.GetString(await viewer.ReadExactlyAsync(2)));
            Assert.StartsWith("HTTP/1.1 101 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
            await viewer.SendAsync("hello");
            Assert.Equal("hello", Encoding.Latin1.GetString(await viewer.ReadExactlyAsync(5)));
        }
    }

    [Fact]
    public async Task A_handshake_may_be_answered_like_any_request_and_the_connection_goes_on()
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, $"{exchange.IsWebSocket}", 403));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(Handshake + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("True", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("False", (await viewer.ReadAnswerAsync()).Body);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    public async Task A_handshake_with_content_is_refused_section_4_1(string framing)
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(Handshake[..^2] + framing);
        Assert.Equal(400, (await viewer.ReadAnswerAsync()).Status);
        Assert.Equal("", await viewer.ReadToEndAsync());
    }

    private static ValueTask SwitchAsync(HttpExchange exchange) =>
        exchange.StartAsync(Answers.Head(101, ("Upgrade", "websocket")), null, CancellationToken.None);

    private static async ValueTask EchoAsync(HttpExchange exchange)
    {
        Assert.True(exchange.IsWebSocket);
        Assert.False(exchange.HasBody);
        await SwitchAsync(exchange);
        while (await exchange.ReadBodyAsync(CancellationToken.None) is { IsEmpty: false } bytes)
        {
            await exchange.WriteAsync(bytes, CancellationToken.None);
        }
    }
}
