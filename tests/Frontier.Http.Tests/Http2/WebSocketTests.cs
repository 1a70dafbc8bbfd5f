// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>WebSockets as streams (RFC 8441).</summary>
public sealed class WebSocketTests
{
    private static readonly (string, string)[] Connect =
        [(":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":authority", "a.example"), (":path", "/chat"), ("sec-websocket-version", "13")];

    [Fact]
    public async Task An_accepted_handshake_is_a_200_and_then_bytes_both_ways_section_5()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.StartAsync(AnswersTests.Head(101, ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", "x"), ("Sec-WebSocket-Protocol", "chat")), null, exchange.Aborted);
            while (await exchange.ReadBodyAsync(exchange.Aborted) is { IsEmpty: false } bytes)
            {
                await exchange.WriteAsync(Encoding.ASCII.GetBytes("echo " + Encoding.ASCII.GetString(bytes.Span)), exchange.Aborted);
            }
        });
        await viewer.SendHeadAsync(1, Connect, endsStream: false);
        var head = await viewer.ReadAnswerAsync();
        Assert.False(head.EndsStream);
        Assert.Equal([(":status", "200"), ("sec-websocket-protocol", "chat"), ("date", "Fri, 07 Aug 2026 12:00:00 GMT")], viewer.Fields(head.Payload));
        for (var i = 0; i < 3; i++)
        {
            viewer.Pass(20); // conversations pause
            await viewer.SendDataAsync(1, $"{i}", endsStream: false);
            Assert.Equal($"echo {i}", (await viewer.ReadAnswerAsync()).Text);
        }

        await viewer.SendDataAsync(1, "");
        Assert.True((await viewer.ReadAnswerAsync()).EndsStream);
    }

    [Fact]
    public async Task A_handshake_that_is_not_accepted_has_an_ordinary_answer_section_5()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            Assert.Equal((true, "GET"), (exchange.IsWebSocket, exchange.Request.MethodToken));
            await exchange.StartAsync(AnswersTests.Head(403), 2, exchange.Aborted);
            await exchange.WriteAsync("no"u8.ToArray(), exchange.Aborted);
        });
        await viewer.SendHeadAsync(1, Connect, endsStream: false);
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal((403, "no", true), (answer.Status, answer.Text, answer.IsWhole));
        Assert.Equal(ErrorCode.NoError, await viewer.ReadResetAsync(1));
    }

    [Fact]
    public async Task A_key_that_was_sent_is_kept()
    {
        string? key = null;
        await using var viewer = await FrameViewer.ConnectAsync(exchange =>
        {
            key = exchange.Request.Headers.Joined("sec-websocket-key"u8);
            return AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, [.. Connect, ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")], endsStream: false);
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        Assert.Equal("dGhlIHNhbXBsZSBub25jZQ==", key);
    }
}
