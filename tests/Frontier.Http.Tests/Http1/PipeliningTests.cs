// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Tests.Transport;

namespace Frontier.Http.Tests.Http1;

/// <summary>Several requests on their way at the same time (RFC 9112, section 9.3.2).</summary>
public sealed class PipeliningTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_hundred_requests_in_one_send_are_answered_in_order(bool isAsynchronous)
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
        await viewer.SendAsync(string.Concat(Enumerable.Range(0, 500).Select(static i => $"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n")));
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal($"/{i}", (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Fact]
    public async Task A_body_between_requests_is_nobody_elses()
    {
        await using var server = TestServer.Start(static exchange => exchange.HasBody ? Answers.EchoAsync(exchange) : Answers.PathAsync(exchange));
        using var viewer = await RawViewer.ConnectAsync(server);
        const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        await viewer.SendAsync(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
            + $"POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}"
            + $"POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{Smuggled.Length:x}\r\n{Smuggled}\r\n0\r\n\r\n"
            + "GET /4 HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(["/1", Smuggled, Smuggled, "/4"], [(await viewer.ReadAnswerAsync()).Body, (await viewer.ReadAnswerAsync()).Body, (await viewer.ReadAnswerAsync()).Body, (await viewer.ReadAnswerAsync()).Body]);
    }

    [Fact]
    public async Task An_unread_body_between_requests_is_passed_over()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: v\r\n\r\n" + "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(["/1", "/2", "/3"], [(await viewer.ReadAnswerAsync()).Body, (await viewer.ReadAnswerAsync()).Body, (await viewer.ReadAnswerAsync()).Body]);
    }

    [Fact]
    public async Task Answers_before_a_refused_request_arrive_and_what_follows_it_is_not_read()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost : a\r\n\r\nGET /4 HTTP/1.1\r\nHost: a\r\n\r\n");
        viewer.EndSending();
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("/2", (await viewer.ReadAnswerAsync()).Body);
        var refused = await viewer.ReadAnswerAsync();
        Assert.Equal((400, true), (refused.Status, refused.Has("Connection: close")));
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.Equal(2, server.Handler.Requests);
    }

    [Fact]
    public async Task Large_answers_among_small_ones_keep_their_place()
    {
        var large = Encoding.Latin1.GetString(Answers.Pattern(300_000));
        await using var server = TestServer.Start(exchange => exchange.Request.PathText == "/large" ? Answers.TextAsync(exchange, large) : Answers.PathAsync(exchange));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(string.Concat(Enumerable.Repeat("GET /small HTTP/1.1\r\nHost: a\r\n\r\nGET /large HTTP/1.1\r\nHost: a\r\n\r\n", 10)));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("/small", (await viewer.ReadAnswerAsync()).Body);
            Assert.Equal(large, (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_the_body_of_the_next_request()
    {
        await using var server = TestServer.Start(static exchange => exchange.HasBody ? Answers.EchoAsync(exchange) : Answers.PathAsync(exchange));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        await viewer.SendAsync("hello");
        Assert.Equal("hello", (await viewer.ReadAnswerAsync()).Body);
    }

    [Fact]
    public async Task A_viewer_that_never_pauses_leaves_the_others_their_turn()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var greedy = await RawViewer.ConnectAsync(server);
        using var over = new CancellationTokenSource();
        var batch = string.Concat(Enumerable.Repeat("GET /g HTTP/1.1\r\nHost: a\r\n\r\n", 1_000));
        var sending = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await greedy.SendAsync(batch);
            }

            greedy.EndSending();
        });
        var reading = greedy.ReadToEndAsync();
        for (var i = 0; i < 5; i++)
        {
            using var modest = await RawViewer.ConnectAsync(server);
            await modest.GetAsync("/m");
            Assert.Equal("/m", (await modest.ReadAnswerAsync()).Body);
        }

        await over.CancelAsync();
        await sending;
        Assert.EndsWith("/g", await reading, StringComparison.Ordinal);
    }
}
