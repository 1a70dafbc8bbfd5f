// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Attacks;

/// <summary>
/// Answers that an origin, or one who writes into its answers, could mislead the edge with: none is stored, none is kept for the
/// next viewer, and the connection that brought one is not used again (RFC 9112, section 11).
/// </summary>
public sealed class OriginDesyncTests
{
    private const string Second = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nCache-Control: max-age=60\r\n\r\nforged";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public async Task A_doubtful_head_is_a_bad_gateway_and_the_answer_behind_it_is_nobody_s(string raw)
    {
        await using var edge = await UncachedErrorsAsync();
        edge.Origin.On("/a").Raw(raw + Second);
        var refused = await edge.GetAsync("/a");
        Assert.Equal((502, "Error from cloudfront"), (refused.Status, refused.Cache));
        await AssertNothingStoredAndNotReusedAsync(edge);
    }

    [Theory]
    [InlineData("3\nabc\n0\n\n")]
    [InlineData("3;\nabc\r\n0\r\n\r\n")]
    [InlineData("3\r\nabcd\r\n0\r\n\r\n")]
    [InlineData("3\r\nabc\r\nfffffffffffffffff\r\n")]
    [InlineData("3\r\nabc\r\n0\r\nBad trailer\r\n\r\n")]
    public async Task A_doubtful_chunk_breaks_the_answer_off_and_nothing_is_stored(string chunks)
    {
        await using var edge = await UncachedErrorsAsync();
        edge.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + Second);
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", "Connection: close");
        Assert.DoesNotContain("forged", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        await AssertNothingStoredAndNotReusedAsync(edge);
    }

    [Fact]
    public async Task More_interim_answers_than_eight_are_a_flood()
    {
        await using var edge = await UncachedErrorsAsync();
        edge.Origin.On("/a").Raw(string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 50)) + Second);
        Assert.Equal(502, (await edge.GetAsync("/a")).Status);
        await AssertNothingStoredAndNotReusedAsync(edge);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nCache-Control: max-age=60\r\n\r\ngood")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=60\r\n\r\n4\r\ngood\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nCache-Control: max-age=60\r\n\r\n")]
    public async Task What_follows_an_answer_on_its_connection_answers_no_other_request(string good)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Raw(good + Second);
        edge.Origin.On("/b").Reply(200, "b");
        Assert.Equal(good.EndsWith("\r\n\r\n", StringComparison.Ordinal) && !good.Contains("chunked", StringComparison.Ordinal) ? "" : "good", (await edge.GetAsync("/a")).Body);
        Assert.Equal("b", (await edge.GetAsync("/b")).Body);
        Assert.NotEqual(edge.Origin.Last("/a").Connection, edge.Origin.Last("/b").Connection);
    }

    [Fact]
    public async Task Trailers_of_a_stored_answer_are_no_fields_of_it()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(new ScriptedReply
        {
            Body = "hello"u8.ToArray(),
            Framing = ScriptedFraming.Chunked,
            Trailers = [("Content-Length", "1"), ("Transfer-Encoding", "gzip"), ("Set-Cookie", "a=b"), ("X-Edge-Total", "9"), ("X-Edge-Failure", "ConnectError"), ("Cache-Control", "no-store"), ("ETag", "\"t\"")],
        });
        await edge.GetAsync("/a");
        var hit = await edge.GetAsync("/a");
        Assert.Equal((200, "hello", "Hit from cloudfront"), (hit.Status, hit.Body, hit.Cache));
        Assert.All(["Set-Cookie", "X-Edge-Total", "X-Edge-Failure", "Cache-Control", "ETag"], name => Assert.Null(hit.Header(name)));
    }

    [Theory]
    [InlineData("x-edge-total", "1")]
    [InlineData("X-Edge-Signpost", "0011223344556677")]
    [InlineData("X-EDGE-FAILURE", "ConnectError")]
    public async Task The_fields_the_edge_keeps_for_itself_cannot_come_from_an_origin(string name, string value)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", (name, value), ("ETag", "\"1\""), ("Cache-Control", "max-age=10"));
        edge.Origin.On("/failing").Reply(503, "down", (name, value));
        foreach (var cache in (string[])["Miss from cloudfront", "Hit from cloudfront"])
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((200, "hello", cache), (answer.Status, answer.Body, answer.Cache));
            Assert.Null(answer.Header(name));
            Assert.Equal("down", (await edge.GetAsync("/failing")).Body);
        }

        edge.Clock.Advance(TimeSpan.FromSeconds(11));
        edge.Origin.On("/a").Reply(304, "", (name, value), ("ETag", "\"1\""), ("Cache-Control", "max-age=10"));
        foreach (var cache in (string[])["RefreshHit from cloudfront", "Hit from cloudfront"])
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((200, "hello", cache), (answer.Status, answer.Body, answer.Cache));
            Assert.Null(answer.Header(name));
            Assert.Equal("ell", (await edge.GetAsync("/a", ("Range", "bytes=1-3"))).Body);
        }
    }

    [Theory]
    [InlineData("bytes 0-4/5", "hello world")]
    [InlineData("bytes 0-10/11", "hello")]
    [InlineData("bytes 1-5/11", "hello")]
    [InlineData("bytes 0-4/*", "hello")]
    [InlineData("bytes 0-4/3", "hello")]
    [InlineData("bytes 0-4/99999999999999999999", "hello")]
    [InlineData("bytes 0-4/5, bytes 0-4/5", "hello")]
    [InlineData("items 0-4/5", "hello")]
    public async Task A_part_that_lies_about_itself_is_not_kept(string contentRange, string body)
    {
        foreach (var framing in (ScriptedFraming[])[ScriptedFraming.ContentLength, ScriptedFraming.Chunked])
        {
            await using var edge = await UncachedErrorsAsync();
            edge.Origin.On("/a").Reply(new ScriptedReply
            {
                Status = 206,
                Body = System.Text.Encoding.ASCII.GetBytes(body),
                Framing = framing,
                Headers = [("Content-Range", contentRange), ("ETag", "\"1\""), ("Cache-Control", "max-age=60")],
            });
            using (var viewer = await edge.ConnectAsync())
            {
                await viewer.GetAsync("/a", "Range: bytes=0-4", "Connection: close");
                await viewer.ReadToEndAsync();
            }

            edge.Origin.On("/a").Reply(200, "right", ("Cache-Control", "max-age=60"));
            var whole = await edge.GetAsync("/a");
            Assert.Equal((200, "right", "Miss from cloudfront"), (whole.Status, whole.Body, whole.Cache));
        }
    }

    [Fact]
    public async Task Blocks_whose_totals_differ_are_never_put_together_DP_16_8()
    {
        await using var edge = await TestEdge.StartAsync();
        const int Block = 1 << 20;
        edge.Origin.On("/a").Handle(static request =>
        {
            var first = long.Parse(request.Header("Range")!["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture);
            var total = first == 0 ? 2 * Block : (2 * Block) + 5;
            return new ScriptedReply
            {
                Status = 206,
                Body = new byte[Block],
                Headers = [("Content-Range", $"bytes {first}-{first + Block - 1}/{total}"), ("ETag", "\"1\""), ("Cache-Control", "max-age=60")],
            };
        });
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", $"Range: bytes={Block - 2}-{Block + 1}", "Connection: close");
        var answer = await viewer.ReadToEndAsync();
        Assert.Contains("\r\nContent-Length: 4\r\n", answer, StringComparison.Ordinal);
        Assert.InRange(answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4, 0, 2);
    }

    [Fact]
    public async Task A_validator_that_does_not_outlive_the_connection_tells_no_blocks_apart()
    {
        await using var edge = await TestEdge.StartAsync();
        const int Block = 1 << 20;
        edge.Origin.On("/a").Handle(static request =>
        {
            var first = long.Parse(request.Header("Range")!["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture);
            return new ScriptedReply
            {
                Status = 206,
                Body = System.Text.Encoding.ASCII.GetBytes(new string(first == 0 ? 'a' : 'b', Block)),
                Headers = [("Content-Range", $"bytes {first}-{first + Block - 1}/{2 * Block}"), ("ETag", $"\"{first}\""), ("Connection", "ETag"), ("Cache-Control", "max-age=60")],
            };
        });
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", $"Range: bytes={Block - 2}-{Block + 1}", "Connection: close");
        Assert.DoesNotContain("ab", (await viewer.ReadToEndAsync()).Split("\r\n\r\n")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_would_unpack_to_much_more_is_passed_on_as_it_is()
    {
        await using var edge = await TestEdge.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[64 << 20]);
        }

        edge.Origin.On("/a").Reply(200, packed.ToArray(), ("Content-Encoding", "gzip"), ("Content-Type", "text/html"));
        var answer = await edge.GetAsync("/a", ("Accept-Encoding", "gzip, br"));
        Assert.Equal(packed.ToArray(), answer.Bytes);
        Assert.Equal("gzip", answer.Header("Content-Encoding"));
    }

    private static async Task AssertNothingStoredAndNotReusedAsync(TestEdge edge)
    {
        var doubtful = edge.Origin.Last("/a").Connection;
        edge.Origin.On("/a").Reply(200, "right");
        var answer = await edge.GetAsync("/a");
        Assert.Equal((200, "right", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        Assert.NotEqual(doubtful, edge.Origin.Last("/a").Connection);
    }

    private static Task<TestEdge> UncachedErrorsAsync() => TestEdge.StartAsync(static distribution => distribution with
    {
        ErrorResponses = [new ErrorResponseConfig(502, 0)],
    });
}
