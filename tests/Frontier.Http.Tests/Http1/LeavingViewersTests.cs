// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Tests.Transport;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http1;

/// <summary>Viewers that go while their request is being served, and those that only end their side.</summary>
public sealed class LeavingViewersTests
{
    [Theory]
    [InlineData(false, false, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(true, false, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(false, true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(false, false, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData(false, false, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    public async Task Whoever_works_for_a_viewer_hears_of_its_leaving(bool byReset, bool isSecure, string request)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = TestServer.Start(async exchange =>
        {
            await Answers.ReadAsync(exchange);
            using var registration = exchange.Aborted.Register(heard.SetResult);
            await heard.Task;
            exchange.Aborted.ThrowIfCancellationRequested(); // what it throws then is no fault
        });
        using (var viewer = await RawViewer.ConnectAsync(server, isSecure))
        {
            await viewer.SendAsync(request);
            await Eventually.IsTrueAsync(() => server.Handler.Requests == 1);
            if (byReset)
            {
                viewer.Reset();
            }
        }

        await heard.Task.WaitAsync(ScriptedOrigin.Patience);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task A_viewer_that_leaves_in_the_middle_of_its_body_is_gone_for_who_reads_it()
    {
        Exception? seen = null;
        await using var server = TestServer.Start(async exchange =>
        {
            seen = await Record.ExceptionAsync(async () => await Answers.ReadAsync(exchange));
            throw seen!;
        });
        using (var viewer = await RawViewer.ConnectAsync(server))
        {
            await viewer.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
            viewer.EndSending();
            Assert.Equal("", await viewer.ReadToEndAsync());
        }

        await server.HasNoConnectionsAsync();
        Assert.IsType<ViewerGoneException>(seen);
    }

    [Fact]
    public async Task A_viewer_that_leaves_an_endless_answer_ends_it()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
            while (true)
            {
                await exchange.WriteAsync(Answers.Pattern(100_000), CancellationToken.None);
            }
        });
        using (var viewer = await RawViewer.ConnectAsync(server))
        {
            await viewer.GetAsync("/");
            Assert.Equal(500_000, (await viewer.ReadExactlyAsync(500_000)).Length);
        }

        await server.HasNoConnectionsAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_viewer_that_has_ended_its_side_gets_what_it_asked_for(bool isAsynchronous)
    {
        await using var server = TestServer.Start(async exchange =>
        {
            if (isAsynchronous)
            {
                await Task.Yield();
            }

            await Answers.PathAsync(exchange);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(string.Concat(Enumerable.Range(1, 50).Select(static i => $"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n")) + "GET /cut HTT");
        viewer.EndSending();
        for (var i = 1; i <= 50; i++)
        {
            Assert.Equal($"/{i}", (await viewer.ReadAnswerAsync()).Body);
        }

        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.False(viewer.WasReset);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task The_next_request_does_not_hear_of_the_one_before()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            using var never = exchange.Aborted.Register(static () => throw new InvalidOperationException("Nobody has left."));
            await Task.Yield();
            await Answers.TextAsync(exchange, $"{exchange.Aborted.IsCancellationRequested}");
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 50; i++)
        {
            await viewer.GetAsync("/");
            Assert.Equal("False", (await viewer.ReadAnswerAsync()).Body);
        }
    }
}
