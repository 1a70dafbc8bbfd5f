// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Tests.Transport;

namespace Frontier.Http.Tests.Http1;

/// <summary>Interim answers and leave to send a body (RFC 9110, sections 10.1.1 and 15.2).</summary>
public sealed class InterimAnswersTests
{
    private const string Expecting = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";

    [Fact]
    public async Task Leave_is_given_when_the_handler_reads_and_the_connection_goes_on()
    {
        await using var server = TestServer.Start(Answers.EchoAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 2; i++)
        {
            await viewer.SendAsync(Expecting);
            Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await viewer.ReadHeadAsync());
            await viewer.SendAsync("hello");
            Assert.Equal("hello", (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Fact]
    public async Task Leave_is_not_given_where_the_body_is_there_already()
    {
        await using var server = TestServer.Start(Answers.EchoAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(Expecting + "hello");
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal((200, "hello"), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("POST / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")]
    public async Task Leave_is_not_given_to_those_who_did_not_ask_or_know_no_interim_answers(string request)
    {
        await using var server = TestServer.Start(Answers.EchoAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(request);
        await viewer.SendAsync("hello");
        Assert.Equal("hello", (await viewer.ReadAnswerAsync()).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_nobody_asked_for_ends_the_connection_whether_it_comes_or_not(bool comes)
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, "no", 403));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(Expecting);
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal((403, true), (answer.Status, answer.Has("Connection: close")));
        if (comes)
        {
            await viewer.SendAsync("helloGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        }

        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.Equal((1, false), (server.Handler.Requests, viewer.WasReset));
    }

    [Fact]
    public async Task No_leave_is_given_in_the_middle_of_the_answer()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), 6, CancellationToken.None);
            await exchange.WriteAsync(">"u8.ToArray(), CancellationToken.None);
            await exchange.FlushAsync(CancellationToken.None);
            var body = await exchange.ReadBodyAsync(CancellationToken.None);
            await exchange.WriteAsync(body.ToArray(), CancellationToken.None);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(Expecting);
        await viewer.ReadHeadAsync();
        await viewer.SendAsync("hello");
        Assert.Equal(">hello", await viewer.ReadToEndAsync());
    }

    [Fact]
    public async Task Hints_come_before_the_answer_and_not_to_HTTP_1_0_section_15_2()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await exchange.SendInterimAsync(Answers.Head(103, ("Link", "</a.css>; rel=preload")), CancellationToken.None);
            await exchange.SendInterimAsync(Answers.Head(103, ("Link", "</b.css>; rel=preload")), CancellationToken.None);
            await Answers.PathAsync(exchange);
            await exchange.SendInterimAsync(Answers.Head(103), CancellationToken.None);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
        Assert.Equal("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n", (await viewer.ReadAnswerAsync()).Head);
        Assert.Equal("HTTP/1.1 103 Early Hints\r\nLink: </b.css>; rel=preload\r\n\r\n", (await viewer.ReadAnswerAsync()).Head);
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("/2", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("", await viewer.ReadToEndAsync());
    }
}
