// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Tests.Transport;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http1;

/// <summary>Which connections go on after an answer (RFC 9112, section 9.3).</summary>
public sealed class PersistenceTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", null)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, keep-alive\r\n\r\n", null)]
    [InlineData("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "Connection: keep-alive")]
    [InlineData("HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "Connection: keep-alive")]
    public async Task A_connection_goes_on_unless_somebody_ends_it_section_9_3(string request, string? line)
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, $"{exchange.ConnectionReused}"));
        using var viewer = await RawViewer.ConnectAsync(server);
        foreach (var isReused in new[] { false, true, true })
        {
            await viewer.SendAsync(request);
            var answer = await viewer.ReadAnswerAsync(request[..4].TrimEnd());
            Assert.Equal(request.StartsWith("HEAD", StringComparison.Ordinal) ? "" : $"{isReused}", answer.Body);
            Assert.False(answer.Has("Connection: close"));
            Assert.True(line is null || answer.Has(line));
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, CLOSE\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n")]
    public async Task The_answer_says_so_where_the_connection_ends_and_no_further_request_is_read_section_9_6(string request)
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(request + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal(("/", true), (answer.Body, answer.Has("Connection: close")));
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.False(viewer.WasReset);
        Assert.Equal(1, server.Handler.Requests);
    }

    [Fact]
    public async Task A_handler_can_end_the_connection()
    {
        await using var server = TestServer.Start(static exchange =>
        {
            exchange.EndConnection();
            return Answers.PathAsync(exchange);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.True((await viewer.ReadAnswerAsync()).Has("Connection: close"));
        Assert.Equal("", await viewer.ReadToEndAsync());
    }

    [Fact]
    public async Task A_long_head_leaves_no_trace_while_a_handler_waits()
    {
        // The buffer of a long head is large, and idle connections give large buffers back; a receive may still be under way into it.
        using var gate = new SemaphoreSlim(0);
        await using var server = TestServer.Start(async exchange =>
        {
            await gate.WaitAsync();
            await Answers.PathAsync(exchange);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        for (var i = 0; i < 20; i++)
        {
            await viewer.GetAsync($"/{i}", $"Cookie: {new string('c', 10_000)}");
            await Eventually.IsTrueAsync(() => server.Handler.Requests == i + 1);
            gate.Release();
            Assert.Equal($"/{i}", (await viewer.ReadAnswerAsync()).Body);
        }
    }

    [Fact]
    public async Task One_empty_line_between_requests_is_passed_over_section_2_2()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("/1", (await viewer.ReadAnswerAsync()).Body);
        Assert.Equal("/2", (await viewer.ReadAnswerAsync()).Body);
    }
}
