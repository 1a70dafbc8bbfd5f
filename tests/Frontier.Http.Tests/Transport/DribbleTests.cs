// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;
using Frontier.Testing;

namespace Frontier.Http.Tests.Transport;

/// <summary>Viewers that always bring something, and never enough: a byte at every tick of the clock does not buy another second.</summary>
public sealed class DribbleTests
{
    private static readonly HttpServerLimits Limits = new() { SendTimeout = TimeSpan.FromSeconds(20), BodyGrace = TimeSpan.FromSeconds(5), BodyBytesPerSecond = 100 };

    [Fact]
    public async Task A_handshake_a_byte_a_second_has_no_more_time_than_any_other()
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits);
        byte[] hello = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. new byte[512]];
        Assert.InRange(await DribbleAsync(server, server.Https, hello), 10, 60);
    }

    [Theory]
    [InlineData("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\x21\x11\x0F\xFF")]
    public async Task A_balancers_preface_a_byte_a_second_has_the_time_of_a_handshake(string preface)
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits, isBalanced: true);
        Assert.InRange(await DribbleAsync(server, server.Http, [.. Encoding.Latin1.GetBytes(preface), .. new byte[4_000]]), 10, 60);
    }

    [Fact]
    public async Task A_head_a_byte_a_second_has_its_time_and_no_more_slowloris()
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits);
        Assert.InRange(await DribbleAsync(server, server.Http, Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n" + string.Concat(Enumerable.Repeat("X: a\r\n", 1_000)))), 30, 100);
    }

    [Theory]
    [InlineData("Content-Length: 100000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n40;")]
    public async Task A_body_a_byte_a_second_is_cut(string framing)
    {
        await using var server = TestServer.Start(static async exchange => await Answers.EchoAsync(exchange), Limits);
        var begun = Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nHost: a\r\n{framing}");
        Assert.InRange(await DribbleAsync(server, server.Http, [.. begun, .. Enumerable.Repeat((byte)'x', 200)], atOnce: begun.Length), 5, 60);
    }

    [Fact]
    public async Task A_viewer_that_reads_in_crumbs_is_cut_slow_read()
    {
        var body = new byte[1_000_000];
        await using var server = TestServer.Start(
            async exchange =>
            {
                await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
                for (var i = 0; i < 100; i++)
                {
                    await exchange.WriteAsync(body, CancellationToken.None);
                }
            },
            Limits);
        using var viewer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await viewer.ConnectAsync(server.Http);
        await viewer.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
        var crumb = new byte[100];
        var seconds = 0;
        await Eventually.IsTrueAsync(async () =>
        {
            if (server.Connections > 0)
            {
                await viewer.ReceiveAsync(crumb);
                server.Clock.Advance(TimeSpan.FromSeconds(1));
                seconds++;
            }

            return server.Connections == 0;
        });
        Assert.InRange(seconds, 20, int.MaxValue);
    }

    /// <summary>Sends a byte and lets a second go by, again and again, and says how many seconds it took until the connection was gone.</summary>
    private static async Task<int> DribbleAsync(TestServer server, IPEndPoint address, byte[] bytes, int atOnce = 1)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        await socket.SendAsync(bytes.AsMemory(0, atOnce));
        await Eventually.IsTrueAsync(() => server.Connections == 1 && (atOnce == 1 || server.Handler.Requests == 1));
        var seconds = 0;
        await Eventually.IsTrueAsync(async () =>
        {
            try
            {
                if (server.Connections > 0)
                {
                    await socket.SendAsync(bytes.AsMemory(atOnce + seconds, 1));
                    server.Clock.Advance(TimeSpan.FromSeconds(1));
                    seconds++;
                }
            }
            catch (SocketException)
            {
                // Cut.
            }

            return server.Connections == 0;
        });
        return seconds;
    }
}
