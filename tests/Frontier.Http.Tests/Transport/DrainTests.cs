// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Testing;

namespace Frontier.Http.Tests.Transport;

/// <summary>A server that stops: what is under way is answered, what is idle ends, what does not end is cut.</summary>
public sealed class DrainTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Idle_connections_end_in_order_at_once(bool isSecure)
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var fresh = await RawViewer.ConnectAsync(server);
        using var used = await RawViewer.ConnectAsync(server, isSecure);
        await used.GetAsync("/1");
        await used.ReadAnswerAsync();
        await Eventually.IsTrueAsync(() => server.Connections == 2);
        await server.StopAsync();
        Assert.Equal("", await used.ReadToEndAsync());
        Assert.Equal("", await fresh.ReadToEndAsync());
        Assert.False(used.WasReset);
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => RawViewer.ConnectAsync(server));
    }

    [Fact]
    public async Task An_answer_that_is_still_on_its_way_arrives_whole()
    {
        var isHandedOver = false;
        var body = Encoding.Latin1.GetString(Answers.Pattern(200_000));
        await using var server = TestServer.Start(async exchange =>
        {
            await Answers.TextAsync(exchange, body);
            await exchange.FlushAsync(CancellationToken.None);
            isHandedOver = true;
        });
        using var viewer = await RawViewer.ConnectAsync(server, receiveBytes: 4_096);
        await viewer.GetAsync("/");
        var first = await viewer.ReadExactlyAsync(1);
        await Eventually.IsTrueAsync(() => Volatile.Read(ref isHandedOver));
        await server.PassUntilAsync(server.StopAsync().AsTask());
        Assert.Equal("H"u8.ToArray(), first);
        Assert.EndsWith(body, await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.False(viewer.WasReset);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_under_way_is_answered_and_its_connection_ends(bool hasStarted)
    {
        using var gate = new SemaphoreSlim(0);
        await using var server = TestServer.Start(async exchange =>
        {
            if (hasStarted)
            {
                await exchange.StartAsync(Answers.Head(), 5, CancellationToken.None);
                await exchange.WriteAsync("he"u8.ToArray(), CancellationToken.None);
                await exchange.FlushAsync(CancellationToken.None);
                await gate.WaitAsync();
                await exchange.WriteAsync("llo"u8.ToArray(), CancellationToken.None);
            }
            else
            {
                await gate.WaitAsync();
                await Answers.TextAsync(exchange, "hello");
            }
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
        var stopping = server.StopAsync();
        Assert.False(stopping.IsCompleted);
        gate.Release();
        Assert.Equal("hello", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.False(viewer.WasReset);
        viewer.Dispose();
        await stopping;
    }

    [Fact]
    public async Task A_head_under_way_may_end_and_is_answered_as_the_last_one()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HT");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        using var later = await RawViewer.ConnectAsync(server);
        await later.GetAsync("/");
        await later.ReadAnswerAsync();
        var stopping = server.StopAsync();
        Assert.Equal("", await later.ReadToEndAsync()); // by now those before it have been told as well
        await viewer.SendAsync("TP/1.1\r\nHost: a\r\n\r\n");
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal(("/2", true), (answer.Body, answer.Has("Connection: close")));
        viewer.Dispose();
        await stopping;
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel")]
    public async Task What_does_not_end_is_cut_and_whoever_works_for_it_hears_of_it(string request)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = TestServer.Start(
            async exchange =>
            {
                using var registration = exchange.Aborted.Register(heard.SetResult);
                await heard.Task;
            },
            new HttpServerLimits { DrainTimeout = TimeSpan.FromMilliseconds(100) });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(request);
        await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
        await server.StopAsync();
        Assert.True(heard.Task.IsCompleted);
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.Equal(0, server.Connections);
    }
}
