// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>Every body arrives as it was sent, with exact framing, wherever it comes from.</summary>
public sealed class BodiesTests
{
    [Theory]
    [InlineData(2_000_000, ScriptedFraming.ContentLength)] // memory
    [InlineData(2_000_000, ScriptedFraming.Chunked)]
    [InlineData(40_000_003, ScriptedFraming.ContentLength)] // disk
    [InlineData(24_000_001, ScriptedFraming.Chunked)]
    [InlineData(5_000_000, ScriptedFraming.UntilClose)]
    public async Task A_large_body_is_the_same_on_a_miss_a_hit_and_after_a_restart(int length, ScriptedFraming framing)
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Bodies.Random(length);
        var ending = framing is ScriptedFraming.UntilClose ? ScriptedEnding.CloseSilently : ScriptedEnding.KeepAlive;
        edge.Origin.On("/large").Reply(new ScriptedReply { Body = body, Framing = framing, PieceBytes = 100_000, Ending = ending });
        var hash = SHA256.HashData(body);
        var miss = await edge.GetAsync("/large");
        Assert.Equal("Miss from cloudfront", miss.Cache);
        if (framing is ScriptedFraming.ContentLength)
        {
            Assert.Equal($"{length}", miss.Header("Content-Length")); // else it depends on who is faster, the origin's end or this viewer's head
        }

        Assert.Equal(hash, SHA256.HashData(miss.Bytes));

        for (var round = 0; round < 2; round++)
        {
            var hit = await edge.GetAsync("/large");
            Assert.Equal(("Hit from cloudfront", $"{length}"), (hit.Cache, hit.Header("Content-Length")));
            Assert.Equal(hash, SHA256.HashData(hit.Bytes));
            await edge.RestartAsync();
        }

        Assert.Equal(1, edge.Origin.Requests("/large"));
    }

    [Fact]
    public async Task Many_viewers_read_one_large_fill_along_and_all_get_every_byte()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Bodies.Random(12_000_000);
        edge.Origin.On("/large").Reply(200, body).StallAfter(6_000_000);
        var viewers = Enumerable.Range(0, 8).Select(_ => edge.GetAsync("/large")).ToArray();
        await edge.Origin.WaitUntilAsync(() => edge.Origin.BytesSent >= 6_000_000);
        edge.Origin.On("/large").Release();
        Assert.All(await Task.WhenAll(viewers), answer => Assert.True(body.AsSpan().SequenceEqual(answer.Bytes)));
        Assert.Equal(1, edge.Origin.Requests("/large"));
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_chunked_for_http_1_1_and_ends_with_the_connection_for_http_1_0()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled } });
        edge.Origin.On("/a").Reply(200, "hello").Chunked();
        var chunked = await edge.SendRawAsync($"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: close\r\n\r\n");
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", chunked, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n5\r\nhello\r\n0\r\n\r\n", chunked, StringComparison.Ordinal);
        var plain = await edge.SendRawAsync($"GET /a HTTP/1.0\r\nHost: {TestEdge.Host}\r\n\r\n");
        Assert.DoesNotContain("Transfer-Encoding", plain, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScriptedFraming.ContentLength)]
    [InlineData(ScriptedFraming.Chunked)]
    public async Task An_empty_body_is_cached_and_has_length_zero(ScriptedFraming framing)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/empty").Reply(new ScriptedReply { Framing = framing });
        Assert.Equal((200, 0), Told(await edge.GetAsync("/empty")));
        var hit = await edge.GetAsync("/empty");
        Assert.Equal((200, "0", "Hit from cloudfront"), (hit.Status, hit.Header("Content-Length"), hit.Cache));
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(205, "")]
    [InlineData(205, "not allowed here")]
    [InlineData(304, "")]
    public async Task A_status_without_content_has_none_RFC_9110_15(int status, string body)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/none").Reply(status, body);
        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.SendRawAsync($"GET /none HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: close\r\n\r\n");
            Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("chunked", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(226)]
    [InlineData(299)]
    [InlineData(418)]
    [InlineData(599)]
    public async Task A_status_that_nobody_knows_passes_with_its_body(int status)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/odd").Reply(status, "odd");
        var answer = await edge.GetAsync("/odd");
        Assert.Equal((status, "odd"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Bytes_of_a_header_pass_as_they_are()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Latin: caf\u00e9 \u0080\u00ff\r\nX-Tab: a\tb\r\nX-Empty:\r\n\r\nok");
        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.SendRawAsync($"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: close\r\n\r\n");
            Assert.Contains("X-Latin: caf\u00e9 \u0080\u00ff\r\n", answer, StringComparison.Ordinal);
            Assert.Contains("X-Tab: a\tb\r\n", answer, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nok", answer, StringComparison.Ordinal);
        }
    }

    private static (int, int) Told(ViewerAnswer answer) => (answer.Status, answer.Bytes.Length);
}
