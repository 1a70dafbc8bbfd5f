// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Http.Tests.Transport;

namespace Frontier.Http.Tests.Http1;

/// <summary>Bodies of requests as handlers read them, or do not (RFC 9112, section 6).</summary>
public sealed class RequestBodiesTests
{
    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("Content-Length: 0\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n", "hello[A=b][C=d]")]
    public async Task A_body_arrives_whole_however_the_bytes_are_split(string request, string expected)
    {
        await using var server = TestServer.Start(Answers.EchoAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        var bytes = "POST / HTTP/1.1\r\nHost: a\r\n" + request;
        for (var at = 1; at < bytes.Length; at += 3)
        {
            await viewer.SendAsync(bytes[..at]);
            await viewer.SendAsync(bytes[at..]);
            Assert.Equal(expected, (await viewer.ReadAnswerAsync()).Body);
        }

        foreach (var one in bytes)
        {
            await viewer.SendAsync(one.ToString());
        }

        Assert.Equal(expected, (await viewer.ReadAnswerAsync()).Body);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_large_body_arrives_whole(bool isChunked, bool isSecure)
    {
        var body = Encoding.Latin1.GetString(Answers.Pattern(1_000_003));
        await using var server = TestServer.Start(async exchange =>
        {
            Assert.Equal(isChunked ? null : body.Length, exchange.BodyLength);
            Assert.True(exchange.HasBody);
            var read = await Answers.ReadAsync(exchange);
            Assert.True(exchange.BytesReceived > body.Length);
            await Answers.TextAsync(exchange, read == body ? "same" : "other");
        });
        using var viewer = await RawViewer.ConnectAsync(server, isSecure);
        for (var i = 0; i < 2; i++)
        {
            await viewer.SendAsync($"PUT / HTTP/1.1\r\nHost: a\r\n{(isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}")}\r\n\r\n");
            await viewer.SendAsync(isChunked ? $"{400_000:x}\r\n{body[..400_000]}\r\n1\r\n{body[400_000]}\r\n{body.Length - 400_001:X}\r\n{body[400_001..]}\r\n0\r\n\r\n" : body);
            Assert.Equal("same", (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Fact]
    public async Task An_unread_body_that_is_little_is_read_away_and_the_answer_does_not_wait_for_it()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        await viewer.SendAsync(new string('x', 200_000) + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("/2", (await viewer.ReadAnswerAsync()).Body);
    }

    [Theory]
    [InlineData("Content-Length: 300000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n493e0\r\n")]
    public async Task An_unread_body_that_is_large_ends_the_connection_behind_the_answer(string framing)
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync($"POST /1 HTTP/1.1\r\nHost: a\r\n{framing}{new string('x', 300_000)}GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.False(viewer.WasReset);
        Assert.Equal(1, server.Handler.Requests);
    }

    [Fact]
    public async Task A_handler_may_stop_reading_in_the_middle()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            var first = (await exchange.ReadBodyAsync(CancellationToken.None)).Length;
            await Answers.TextAsync(exchange, first.ToString(CultureInfo.InvariantCulture));
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 3; i++)
        {
            await viewer.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
            await viewer.SendAsync("x");
            await viewer.SendAsync("yyyyyyyyy");
            Assert.InRange(int.Parse((await viewer.ReadAnswerAsync()).Body, CultureInfo.InvariantCulture), 1, 10);
        }
    }

    [Fact]
    public async Task A_read_that_was_cancelled_is_not_lost()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            using var impatience = new CancellationTokenSource();
            var reading = exchange.ReadBodyAsync(impatience.Token).AsTask();
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            await exchange.SendInterimAsync(Answers.Head(102), CancellationToken.None);
            await Answers.EchoAsync(exchange);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 3; i++)
        {
            await viewer.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            Assert.Equal(102, (await viewer.ReadAnswerAsync()).Status);
            await viewer.SendAsync("hello");
            Assert.Equal("hello", (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Fact]
    public async Task A_handler_that_reads_where_there_is_no_body_gets_its_end()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await Task.Yield();
            Assert.False(exchange.HasBody);
            Assert.True((await exchange.ReadBodyAsync(CancellationToken.None)).IsEmpty);
            await Task.Yield();
            Assert.True((await exchange.ReadBodyAsync(CancellationToken.None)).IsEmpty);
            await Answers.PathAsync(exchange);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 200; i++)
        {
            await viewer.GetAsync($"/{i}");
            Assert.Equal($"/{i}", (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nx\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n")]
    public async Task Broken_chunks_cut_the_connection_without_another_request_section_7_1(string broken)
    {
        Exception? seen = null;
        await using var server = TestServer.Start(async exchange =>
        {
            seen = await Record.ExceptionAsync(async () => await Answers.ReadAsync(exchange));
            exchange.Abort();
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\n{broken}GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.IsType<ViewerGoneException>(seen);
        Assert.Equal(1, server.Handler.Requests);
    }

    [Fact]
    public async Task Broken_chunks_that_nobody_reads_do_not_cost_the_answer()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.False(viewer.WasReset);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("Content-Length: +5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    public async Task Doubtful_framing_is_refused_and_ends_the_connection_section_6_3(string framing)
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\n{framing}GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(400, (await viewer.ReadAnswerAsync()).Status);
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.Equal(0, server.Handler.Requests);
    }
}
