// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Tests.Transport;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http1;

/// <summary>Where answers end (RFC 9112, section 6.3).</summary>
public sealed class AnswerFramingTests
{
    [Fact]
    public async Task An_answer_has_length_date_and_nothing_else_of_ours()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/x");
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Fri, 07 Aug 2026 12:00:00 GMT\r\n\r\n", (await viewer.ReadAnswerAsync()).Head);
    }

    [Fact]
    public async Task A_date_that_the_handler_gives_is_the_only_one()
    {
        await using var server = TestServer.Start(static exchange => exchange.StartAsync(Answers.Head(200, ("Date", "then")), 0, CancellationToken.None));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/x");
        Assert.Equal("HTTP/1.1 200 OK\r\nDate: then\r\nContent-Length: 0\r\n\r\n", (await viewer.ReadAnswerAsync()).Head);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3_000)]
    [InlineData(40_000)]
    [InlineData(200_000)]
    public async Task A_body_of_unknown_length_is_chunked_and_the_connection_goes_on_section_7_1(int length)
    {
        var body = Answers.Pattern(length);
        await using var server = TestServer.Start(async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
            await exchange.WriteAsync(body, CancellationToken.None);
            await exchange.WriteAsync(ReadOnlyMemory<byte>.Empty, CancellationToken.None);
            await exchange.FlushAsync(CancellationToken.None);
            await exchange.WriteAsync(body, CancellationToken.None);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 3; i++)
        {
            await viewer.GetAsync("/");
            var answer = await viewer.ReadAnswerAsync();
            Assert.True(answer.Has("Transfer-Encoding: chunked"));
            Assert.DoesNotContain("Content-Length", answer.Head, StringComparison.Ordinal);
            Assert.Equal(Encoding.Latin1.GetString([.. body, .. body]), answer.Body);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trailers_follow_a_chunked_body_section_7_1_2(bool hasBody)
    {
        await using var server = TestServer.Start(async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
            if (hasBody)
            {
                await exchange.WriteAsync("body"u8.ToArray(), CancellationToken.None);
            }

            exchange.SendTrailers(Answers.Head(200, ("Grpc-Status", "0"), ("X-Sum", "abc")).Headers);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal((hasBody ? "body" : "", "Grpc-Status: 0\r\nX-Sum: abc\r\n"), (answer.Body, answer.Trailers));
        await viewer.GetAsync("/");
        Assert.Equal(200, (await viewer.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task Trailers_are_dropped_where_there_is_no_place_for_them()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            exchange.SendTrailers(Answers.Head(200, ("X-Sum", "abc")).Headers);
            await Answers.PathAsync(exchange);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("/2", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("", await viewer.ReadToEndAsync());
    }

    [Fact]
    public async Task A_body_of_unknown_length_ends_with_the_connection_in_HTTP_1_0_section_6_3()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
            await exchange.WriteAsync("hello"u8.ToArray(), CancellationToken.None);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal(("hello", true), (answer.Body, answer.Has("Connection: close")));
        Assert.DoesNotContain("Transfer-Encoding", answer.Head, StringComparison.Ordinal);
        Assert.False(viewer.WasReset);
    }

    [Theory]
    [InlineData("GET", 204, 5L, null)]
    [InlineData("GET", 204, null, null)]
    [InlineData("GET", 205, null, "0")]
    [InlineData("GET", 205, 5L, "0")]
    [InlineData("GET", 304, 5L, null)]
    [InlineData("GET", 304, null, null)]
    [InlineData("HEAD", 200, 5L, "5")]
    [InlineData("HEAD", 200, null, null)]
    [InlineData("HEAD", 404, 7L, "7")]
    public async Task Answers_without_content_have_none_whatever_the_handler_writes_section_6_4_1_of_RFC_9110(string method, int status, long? length, string? told)
    {
        var prepared = new PreparedHead(Answers.Head(status), length);
        await using var server = TestServer.Start(async exchange =>
        {
            switch (exchange.Request.PathText)
            {
                case "/start":
                    await exchange.StartAsync(Answers.Head(status), length, CancellationToken.None);
                    await exchange.WriteAsync("hello"u8.ToArray(), CancellationToken.None);
                    break;
                case "/prepared":
                    await exchange.RespondAsync(prepared, new HeaderList(), default);
                    break;
                default:
                    await exchange.RespondAsync(prepared, new HeaderList(), new("hello"u8.ToArray()));
                    break;
            }
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        foreach (var path in new[] { "/start", "/prepared", "/prepared-body", "/start" })
        {
            await viewer.SendAsync($"{method} {path} HTTP/1.1\r\nHost: a\r\n\r\n");
            var answer = await viewer.ReadAnswerAsync(method);
            Assert.Equal((status, ""), (answer.Status, answer.Body));
            Assert.Equal(told is not null, answer.Has($"Content-Length: {told}"));
            Assert.Equal(told is not null, answer.Head.Contains("Content-Length", StringComparison.Ordinal));
            Assert.DoesNotContain("Transfer-Encoding", answer.Head, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Absolute_form_names_host_and_path_section_3_2_2()
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, $"{exchange.Request.Host} {exchange.Request.TargetText} {exchange.Request.IsHttps}"));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET http://b.example?q HTTP/1.1\r\nHost: b.example\r\n\r\nGET http://b.example/c HTTP/1.1\r\nHost: other\r\n\r\n");
        Assert.Equal("b.example /?q False", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal(400, (await viewer.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [InlineData("GET /[9000] HTTP/1.1\r\nHost: a\r\n\r\n", 414)]
    [InlineData("GET /[40000] HTTP/1.1\r\nHost: a\r\n\r\n", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: [40000]\r\n\r\n", 413)]
    public async Task What_is_no_request_is_refused_with_its_status_and_in_order(string request, int status)
    {
        foreach (var length in new[] { 9_000, 40_000 })
        {
            request = request.Replace($"[{length}]", new string('x', length), StringComparison.Ordinal);
        }

        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(request);
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal((status, true), (answer.Status, answer.Has("Connection: close")));
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.False(viewer.WasReset);
        Assert.Equal([status], server.Handler.Refusals);
    }
}
