// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>Ranges of objects in memory, on disk and on their way (§16).</summary>
public sealed class RangesTests
{
    private const string Modified = "Fri, 07 Aug 2026 10:00:00 GMT";

    /// <summary>Beyond the largest object that memory takes.</summary>
    private const int DiskBytes = 6_000_001;

    [Theory]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=7-99", "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=-99", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=0-", "0123456789", "bytes 0-9/10")]
    public async Task One_range_of_a_cached_object_is_206_DP_16_1(string range, string body, string contentRange)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", ("Range", range));
        Assert.Equal((206, body, contentRange, "Hit from cloudfront"), (answer.Status, answer.Body, answer.Header("Content-Range"), answer.Cache));
        Assert.Equal($"{body.Length}", answer.Header("Content-Length"));
        Assert.Equal("bytes", answer.Header("Accept-Ranges")); // DP-16.11
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal($"bytes {record.RangeFirst}-{record.RangeLast}/10", contentRange);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("bytes=4-5,0-1")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=x-2")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=")]
    public async Task Several_ranges_and_nonsense_get_the_whole_object_DP_16_4(string range)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", ("Range", range));
        Assert.Equal((200, "0123456789"), (answer.Status, answer.Body));
        Assert.Null(answer.Header("Content-Range"));
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task A_range_behind_the_end_is_416_and_is_not_kept_DP_16_5(string range)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", ("Range", range));
        Assert.Equal((416, "bytes */10", "Error from cloudfront"), (answer.Status, answer.Header("Content-Range"), answer.Cache));
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
    }

    [Theory]
    [InlineData("\"v1\"", 206)]
    [InlineData("\"v2\"", 200)]
    [InlineData("W/\"v1\"", 200)]
    [InlineData(Modified, 206)]
    [InlineData("Fri, 07 Aug 2026 10:00:01 GMT", 200)]
    [InlineData("rubbish", 200)]
    public async Task If_range_is_honoured_DP_16_6(string condition, int status)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", ("Range", "bytes=0-1"), ("If-Range", condition));
        Assert.Equal((status, status == 206 ? "01" : "0123456789"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_head_ignores_the_range()
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.SendAsync(HttpMethod.Head, "/a", null, ("Range", "bytes=0-1"));
        Assert.Equal((200, "10", 0), (answer.Status, answer.Header("Content-Length"), answer.Bytes.Length));
    }

    [Fact]
    public async Task Every_range_of_an_object_on_disk_is_exact_before_and_after_a_restart()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Bodies.Random(DiskBytes);
        edge.Origin.On("/large").Reply(200, body, ("ETag", "\"v1\""));
        Assert.Equal(body, (await edge.GetAsync("/large")).Bytes);
        for (var round = 0; round < 2; round++)
        {
            foreach (var (first, last) in new[] { (0, 0), (65_535, 65_536), (1_048_575, 1_048_577), (3_000_000, 5_500_000), (DiskBytes - 1, DiskBytes - 1) })
            {
                var answer = await edge.GetAsync("/large", ("Range", $"bytes={first}-{last}"));
                Assert.Equal((206, $"bytes {first}-{last}/{DiskBytes}", "Hit from cloudfront"), (answer.Status, answer.Header("Content-Range"), answer.Cache));
                Assert.True(body.AsSpan(first, last - first + 1).SequenceEqual(answer.Bytes), $"{first}-{last}");
            }

            await edge.RestartAsync();
        }

        Assert.Equal(1, edge.Origin.Requests("/large"));
    }

    [Fact]
    public async Task A_range_from_the_start_is_answered_before_the_rest_has_come_and_the_whole_is_kept_DP_16_2()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 1_000_000)).StallAfter(500_000);
        var part = await edge.GetAsync("/a", ("Range", "bytes=0-99999"));
        Assert.Equal((206, 100_000, "Miss from cloudfront"), (part.Status, part.Bytes.Length, part.Cache));
        Assert.Null(edge.Origin.Last("/a").Header("Range"));
        edge.Origin.On("/a").Release();
        Assert.Equal(1_000_000, (await edge.GetAsync("/a")).Bytes.Length);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_range_from_the_middle_of_what_is_not_cached_is_asked_of_the_origin_DP_16_2()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => request.Header("Range") == "bytes=4-5"
            ? ScriptedReply.Of(206, "45", ("Content-Range", "bytes 4-5/10"))
            : ScriptedReply.Of(200, "0123456789"));
        var part = await edge.GetAsync("/a", ("Range", "bytes=4-5"));
        Assert.Equal((206, "45", "bytes 4-5/10", "Miss from cloudfront"), (part.Status, part.Body, part.Header("Content-Range"), part.Cache));
        var whole = await edge.GetAsync("/a");
        Assert.Equal((200, "0123456789", "Miss from cloudfront"), (whole.Status, whole.Body, whole.Cache));
        Assert.Equal((206, "45", "Hit from cloudfront"), await PartAsync(edge, "bytes=4-5"));
    }

    [Fact]
    public async Task While_the_length_is_not_known_the_whole_object_is_sent_and_later_ranges_come_from_the_cache_DP_16_3()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "0123456789").Chunked().StallAfter(5);
        using var early = await edge.ConnectAsync();
        await early.GetAsync("/a", "Range: bytes=0-1", "Connection: close");
        Assert.StartsWith("HTTP/1.1 200", await early.ReadHeadAsync(), StringComparison.Ordinal);
        edge.Origin.On("/a").Release();
        Assert.EndsWith("\r\n0\r\n\r\n", await early.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal((206, "01", "Hit from cloudfront"), await PartAsync(edge, "bytes=0-1"));
    }

    [Fact]
    public async Task An_empty_object_has_no_range()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/empty").Reply(200, "");
        Assert.Equal(200, (await edge.GetAsync("/empty")).Status);
        Assert.Equal("bytes */0", (await edge.GetAsync("/empty", ("Range", "bytes=0-"))).Header("Content-Range"));
    }

    private static async Task<(int, string, string?)> PartAsync(TestEdge edge, string range)
    {
        var answer = await edge.GetAsync("/a", ("Range", range));
        return (answer.Status, answer.Body, answer.Cache);
    }

    private static async Task<TestEdge> WithObjectAsync()
    {
        var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "0123456789", ("ETag", "\"v1\""), ("Last-Modified", Modified));
        await edge.GetAsync("/a");
        return edge;
    }
}
