// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Http.Tests.Transport;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http1;

/// <summary>Whole answers from prepared heads: the way of a hit.</summary>
public sealed class PreparedAnswersTests
{
    private static readonly PreparedHead Unknown = new(Answers.Head(), null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(16_384, false)]
    [InlineData(32_768, false)]
    [InlineData(32_769, false)]
    [InlineData(71_680, false)]
    [InlineData(1_048_576, false)]
    [InlineData(0, true)]
    [InlineData(16_384, true)]
    [InlineData(71_680, true)]
    [InlineData(1_048_576, true)]
    public async Task Bodies_of_all_sizes_arrive_whole_alone_and_pipelined(int length, bool isSecure)
    {
        var body = Answers.Pattern(length);
        var text = Encoding.Latin1.GetString(body);
        var prepared = new PreparedHead(Answers.Head(200, ("ETag", "\"1\"")), length);
        await using var server = TestServer.Start(async exchange =>
        {
            var varying = new HeaderList();
            varying.Add("Age", exchange.Request.PathText[1..]);
            var before = exchange.BytesSent;
            var responding = exchange.RespondAsync(prepared, varying, Segments(body));
            varying.Clear(); // may be reused as soon as the call returns
            await responding;
            Assert.InRange(exchange.BytesSent - before, length + 60, length + 200);
        });
        using var viewer = await RawViewer.ConnectAsync(server, isSecure);
        for (var i = 0; i < 3; i++)
        {
            await viewer.GetAsync($"/{i}");
            Assert.Equal(text, (await viewer.ReadAnswerAsync()).Body);
        }

        await viewer.SendAsync(string.Concat(Enumerable.Range(0, 20).Select(static i => $"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n")));
        for (var i = 0; i < 20; i++)
        {
            var answer = await viewer.ReadAnswerAsync();
            Assert.Equal($"HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: {length}\r\nAge: {i}\r\nDate: Fri, 07 Aug 2026 12:00:00 GMT\r\n\r\n", answer.Head);
            Assert.Equal(text, answer.Body);
        }
    }

    [Fact]
    public async Task A_prepared_answer_of_unknown_length_is_chunked()
    {
        await using var server = TestServer.Start(static exchange =>
            exchange.RespondAsync(Unknown, new HeaderList(), exchange.Request.PathText == "/empty" ? default : new ReadOnlySequence<byte>("hello"u8.ToArray())));
        using var viewer = await RawViewer.ConnectAsync(server);
        foreach (var (path, body) in new[] { ("/empty", ""), ("/", "hello"), ("/empty", "") })
        {
            await viewer.GetAsync(path);
            var answer = await viewer.ReadAnswerAsync();
            Assert.Equal((body, true), (answer.Body, answer.Has("Transfer-Encoding: chunked")));
        }
    }

    [Fact]
    public async Task Many_heads_of_thousands_of_bytes_fit_one_behind_the_other()
    {
        var prepared = new PreparedHead(Answers.Head(200, ("X-Long", new string('x', 20_000))), 3);
        await using var server = TestServer.Start(exchange => exchange.RespondAsync(prepared, new HeaderList(), new("abc"u8.ToArray())));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 10)));
        for (var i = 0; i < 10; i++)
        {
            var answer = await viewer.ReadAnswerAsync();
            Assert.Equal(("abc", true), (answer.Body, answer.Has($"X-Long: {new string('x', 20_000)}")));
        }
    }

    [Fact]
    public async Task A_prepared_answer_ends_a_connection_of_HTTP_1_0()
    {
        var prepared = new PreparedHead(Answers.Head(), 3);
        await using var server = TestServer.Start(exchange => exchange.RespondAsync(prepared, new HeaderList(), new("abc"u8.ToArray())));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.SendAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n");
        Assert.True((await viewer.ReadAnswerAsync()).Has("Connection: keep-alive"));
        Assert.True((await viewer.ReadAnswerAsync()).Has("Connection: close"));
        Assert.Equal("", await viewer.ReadToEndAsync());
    }

    /// <summary>The bytes in pieces of growing length, as blocks of the cache are.</summary>
    private static ReadOnlySequence<byte> Segments(byte[] bytes)
    {
        Segment? first = null;
        Segment? last = null;
        var length = 1;
        for (var at = 0; at < bytes.Length; at += length, length = (length * 3) + 1)
        {
            length = Math.Min(length, bytes.Length - at);
            var next = new Segment(bytes.AsMemory(at, length), last);
            first ??= next;
            last = next;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
