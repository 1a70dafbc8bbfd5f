// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Tests.Transport;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

/// <summary>Whatever arrives, and however it is split, the server answers it alike and keeps nothing (RFC 9112, section 11).</summary>
public sealed class HostileBytesTests
{
    private static readonly Arbitrary<byte[]> Messages = Wire.Messages(
        "GET / HTTP/1.1\r\n", "POST /p HTTP/1.1\r\n", "HEAD / HTTP/1.0\r\n", "Host: a\r\n", "\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n", "abc",
        "Connection: close\r\n", "Expect: 100-continue\r\n", "Upgrade: websocket\r\nConnection: upgrade\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "\n", " ", "HTTP/2.0");

    [Fact]
    public async Task Heads_and_bodies_split_at_any_byte_are_answered_alike()
    {
        const string Requests =
            "GET /1?a=b HTTP/1.1\r\nHost: a\r\nCookie: x\r\n\r\n"
            + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: v\r\n\r\n"
            + "PUT /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\nxyz";
        await using var server = TestServer.Start(static async exchange =>
        {
            var body = await Answers.ReadAsync(exchange);
            await Answers.TextAsync(exchange, $"[{exchange.Request.TargetText} {body}]");
        });
        string? expected = null;
        for (var at = 0; at < Requests.Length; at++)
        {
            using var viewer = await RawViewer.ConnectAsync(server);
            await viewer.SendAsync(Requests[..at]);
            await viewer.SendAsync(Requests[at..]);
            var answers = await viewer.ReadToEndAsync();
            Assert.Equal(expected ??= answers, answers);
        }

        Assert.Contains("[/2 abc]", expected, StringComparison.Ordinal);
        Assert.EndsWith("[/3 xyz]", expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_bytes_fault_the_server_or_leave_a_connection_behind()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            if (exchange.Request.PathText == "/p")
            {
                await Task.Yield();
            }

            await (exchange.Request.Headers.Contains("host"u8) ? Answers.EchoAsync(exchange) : Answers.PathAsync(exchange));
        });
        foreach (var bytes in Messages.Generator.Sample(300, 30))
        {
            using var viewer = await RawViewer.ConnectAsync(server);
            await viewer.SendAsync(bytes);
            viewer.EndSending();
            var answers = await viewer.ReadToEndAsync();
            Assert.True(answers.Length == 0 || answers.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        }

        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task Viewers_that_leave_at_any_byte_leave_nothing_behind()
    {
        const string Requests = "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
        await using var server = TestServer.Start(static async exchange =>
        {
            await Task.Yield();
            await Answers.EchoAsync(exchange);
        });
        for (var at = 0; at <= Requests.Length; at++)
        {
            using var viewer = await RawViewer.ConnectAsync(server);
            await viewer.SendAsync(Requests[..at]);
            viewer.Reset();
        }

        await server.HasNoConnectionsAsync();
    }
}
