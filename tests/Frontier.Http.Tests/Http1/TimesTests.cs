// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Tests.Transport;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http1;

/// <summary>How long a viewer may take for each step, and that it loses no answer by taking longer with the next one.</summary>
public sealed class TimesTests
{
    private static readonly HttpServerLimits Limits = new()
    {
        HeadTimeout = TimeSpan.FromSeconds(30),
        KeepAliveTimeout = TimeSpan.FromSeconds(60),
        SendTimeout = TimeSpan.FromSeconds(20),
        BodyGrace = TimeSpan.FromSeconds(5),
        BodyBytesPerSecond = 100,
    };

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX-Never")]
    public async Task A_first_head_that_never_ends_ends_the_connection(string begun)
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(begun);
        await Eventually.IsTrueAsync(() => server.Connections == 1);
        var ended = viewer.ReadToEndAsync();
        Assert.InRange(await server.PassUntilAsync(ended), Limits.HeadTimeout, TimeSpan.MaxValue);
        Assert.Equal("", await ended);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task A_head_that_trickles_in_has_no_more_time_than_one_that_stops()
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX: ");
        var ended = viewer.ReadToEndAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            await viewer.SendAsync("x");
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return ended.IsCompleted;
        });
        Assert.Equal("", await ended);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_head_that_begins_behind_another_request_has_its_time_too(bool isAsynchronous)
    {
        await using var server = TestServer.Start(
            async exchange =>
            {
                if (isAsynchronous)
                {
                    await Task.Yield();
                }

                await Answers.PathAsync(exchange);
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HT");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.InRange(await server.PassUntilAsync(server.HasNoConnectionsAsync()), Limits.HeadTimeout - TimeSpan.FromSeconds(1), TimeSpan.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_idle_connection_ends_in_order_after_its_time_and_not_before(bool isSecure)
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits);
        using var viewer = await RawViewer.ConnectAsync(server, isSecure);
        for (var i = 0; i < 3; i++)
        {
            await viewer.GetAsync($"/{i}");
            Assert.Equal($"/{i}", (await viewer.ReadAnswerAsync()).Body);
            server.Clock.Advance(Limits.KeepAliveTimeout - TimeSpan.FromSeconds(2));
        }

        var ended = viewer.ReadToEndAsync();
        await server.PassUntilAsync(ended);
        Assert.Equal("", await ended);
        Assert.False(viewer.WasReset);
        await server.HasNoConnectionsAsync();
    }

    [Theory]
    [InlineData("Connection: close")]
    [InlineData("Connection: keep-alive")]
    public async Task An_answer_that_is_still_on_its_way_survives_the_end_of_its_connection(string connection)
    {
        // All of it is in the kernel's buffers, so that the server is done with it long before the viewer.
        var body = Encoding.Latin1.GetString(Answers.Pattern(200_000));
        var isHandedOver = false;
        await using var server = TestServer.Start(
            async exchange =>
            {
                await Answers.TextAsync(exchange, body);
                await exchange.FlushAsync(CancellationToken.None);
                isHandedOver = true;
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server, receiveBytes: 4_096);
        await viewer.GetAsync("/", connection);
        await Eventually.IsTrueAsync(() => Volatile.Read(ref isHandedOver));
        await server.PassUntilAsync(server.HasNoConnectionsAsync());
        Assert.EndsWith(body, await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.False(viewer.WasReset);
    }

    [Theory]
    [InlineData("Content-Length: 100000\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;")]
    public async Task A_body_slower_than_asked_for_is_cut(string framing)
    {
        var seen = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = TestServer.Start(
            async exchange =>
            {
                seen.SetResult(await Record.ExceptionAsync(async () => await Answers.ReadAsync(exchange)));
                exchange.Abort();
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\n{framing}");
        await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
        Assert.InRange(await server.PassUntilAsync(viewer.ReadToEndAsync()), Limits.BodyGrace, TimeSpan.MaxValue);
        Assert.IsType<ViewerGoneException>(await seen.Task);
    }

    [Fact]
    public async Task A_body_may_pause_where_the_handler_allows_it_but_not_once_the_handler_is_gone()
    {
        var reads = 0;
        await using var server = TestServer.Start(
            async exchange =>
            {
                exchange.AllowPauses();
                while (reads < 2)
                {
                    await exchange.ReadBodyAsync(CancellationToken.None);
                    reads++;
                }

                await Answers.TextAsync(exchange, "done");
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        await Eventually.IsTrueAsync(() => Volatile.Read(ref reads) == 1);
        server.Clock.Advance(TimeSpan.FromHours(1));
        await viewer.SendAsync("1\r\nb\r\n");
        Assert.Equal("done", (await viewer.ReadAnswerAsync()).Body);
        var ended = viewer.ReadToEndAsync();
        Assert.InRange(await server.PassUntilAsync(ended), TimeSpan.FromSeconds(3), TimeSpan.MaxValue);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task A_slow_body_is_not_the_viewers_fault_while_the_handler_does_not_read()
    {
        using var gate = new SemaphoreSlim(0);
        await using var server = TestServer.Start(
            async exchange =>
            {
                await gate.WaitAsync();
                await Answers.EchoAsync(exchange);
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
        await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        gate.Release();
        await viewer.SendAsync("llo");
        Assert.Equal("hello", (await viewer.ReadAnswerAsync()).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_viewer_that_takes_nothing_is_cut(bool isSecure)
    {
        var isWriting = false;
        var seen = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = TestServer.Start(
            async exchange =>
            {
                await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
                isWriting = true;
                var piece = Answers.Pattern(1_000_000);
                seen.SetResult(await Record.ExceptionAsync(async () =>
                {
                    while (true)
                    {
                        await exchange.WriteAsync(piece, CancellationToken.None);
                    }
                }));
                exchange.Abort();
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server, isSecure);
        await viewer.GetAsync("/");
        await Eventually.IsTrueAsync(() => Volatile.Read(ref isWriting));
        Assert.InRange(await server.PassUntilAsync(server.HasNoConnectionsAsync()), Limits.SendTimeout, TimeSpan.MaxValue);
        Assert.IsType<ViewerGoneException>(await seen.Task);
    }

    [Fact]
    public async Task A_handler_may_take_as_long_as_it_likes()
    {
        using var gate = new SemaphoreSlim(0);
        await using var server = TestServer.Start(
            async exchange =>
            {
                await gate.WaitAsync();
                await Answers.PathAsync(exchange);
            },
            Limits);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/1");
        await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
        server.Clock.Advance(TimeSpan.FromHours(1));
        gate.Release();
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
    }
}
