// SPDX-License-Identifier: Apache-2.0

using System.Net.WebSockets;
using System.Text;
using Frontier.Protocols.Http;
using Frontier.Testing;
using HttpVersion = System.Net.HttpVersion;

namespace Frontier.Http.Tests.Http2;

/// <summary>A client that nobody here has written, over real sockets.</summary>
public sealed class ClientTests
{
    private static readonly byte[] Large = AnswersTests.Pattern(3_000_000);

    [Fact]
    public async Task Many_requests_at_once_get_their_answers()
    {
        var prepared = new PreparedHead(AnswersTests.Head(200, ("Content-Type", "text/plain")), 300_000);
        await using var server = new SocketServer(async exchange =>
        {
            if (exchange.Request.Query is [(byte)'0', ..])
            {
                await Task.Yield();
            }

            await exchange.RespondAsync(prepared, new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(Large, 0, 300_000));
        });
        using (var client = server.Client())
        {
            var bodies = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => client.GetByteArrayAsync($"/a?{i % 2}")));
            Assert.All(bodies, static body => Assert.True(body.AsSpan().SequenceEqual(Large.AsSpan(0, 300_000))));
            Assert.Single(server.Connections);
        }
    }

    [Fact]
    public async Task A_large_body_goes_up_and_comes_back()
    {
        await using var server = new SocketServer(static async exchange =>
        {
            using var received = new MemoryStream();
            while (await exchange.ReadBodyAsync(exchange.Aborted) is { IsEmpty: false } bytes)
            {
                received.Write(bytes.Span);
            }

            await exchange.StartAsync(AnswersTests.Head(200), exchange.BodyLength, exchange.Aborted);
            await exchange.WriteAsync(received.ToArray(), exchange.Aborted);
        });
        using (var client = server.Client())
        {
            for (var i = 0; i < 3; i++)
            {
                using var answer = await client.PostAsync("/a", new ByteArrayContent(Large));
                Assert.Equal(Large.Length, answer.Content.Headers.ContentLength);
                Assert.True((await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(Large));
            }
        }
    }

    [Fact]
    public async Task Trailers_arrive()
    {
        await using var server = new SocketServer(static async exchange =>
        {
            await exchange.StartAsync(AnswersTests.Head(200), null, exchange.Aborted);
            await exchange.WriteAsync("a"u8.ToArray(), exchange.Aborted);
            var trailers = new HeaderList();
            trailers.Add("Grpc-Status", "0");
            exchange.SendTrailers(trailers);
        });
        using (var client = server.Client())
        {
            using var answer = await client.GetAsync("/a");
            Assert.Equal("a", await answer.Content.ReadAsStringAsync());
            Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
        }
    }

    [Fact]
    public async Task Who_turns_away_is_noticed()
    {
        var gone = new TaskCompletionSource();
        await using var server = new SocketServer(async exchange =>
        {
            await exchange.StartAsync(AnswersTests.Head(200), null, exchange.Aborted);
            await exchange.FlushAsync(exchange.Aborted);
            await using var registration = exchange.Aborted.Register(gone.SetResult);
            await gone.Task;
        });
        using (var client = server.Client())
        {
            using (await client.GetAsync("/a", HttpCompletionOption.ResponseHeadersRead))
            {
                // Left unread.
            }

            await gone.Task.WaitAsync(ScriptedOrigin.Patience);
        }
    }

    [Fact]
    public async Task A_web_socket_is_a_stream_RFC_8441()
    {
        await using var server = new SocketServer(static async exchange =>
        {
            Assert.Equal((true, false, "GET", "/chat"), (exchange.IsWebSocket, exchange.HasBody, exchange.Request.MethodToken, exchange.Request.TargetText));
            Assert.Equal(24, exchange.Request.Headers.GetText("sec-websocket-key"u8)!.Length);
            Assert.Equal("13", exchange.Request.Headers.GetText("sec-websocket-version"u8));
            await exchange.StartAsync(AnswersTests.Head(101, ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", "x"), ("Sec-WebSocket-Protocol", "chat")), null, exchange.Aborted);
            while (await exchange.ReadBodyAsync(exchange.Aborted) is { IsEmpty: false } bytes)
            {
                var echo = bytes.ToArray();
                await exchange.WriteAsync(WebSocketEcho.Of(echo), exchange.Aborted);
            }
        });
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.AddSubProtocol("chat");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Address.Port}/chat"), invoker, CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);
        Assert.Equal("chat", socket.SubProtocol);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(ScriptedOrigin.Patience);
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, received.Count));
    }

    /// <summary>A client's frame as a server would say it (RFC 6455, section 5.2): short, whole and unmasked.</summary>
    private static class WebSocketEcho
    {
        public static byte[] Of(byte[] frame)
        {
            var length = frame[1] & 0x7F;
            var mask = frame.AsSpan(2, 4).ToArray();
            return [frame[0], (byte)length, .. frame[6..(6 + length)].Select((value, i) => (byte)(value ^ mask[i % 4]))];
        }
    }
}
