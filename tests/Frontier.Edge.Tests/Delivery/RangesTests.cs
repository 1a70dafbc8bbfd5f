// SPDX-License-Identifier: Apache-2.0

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
    [InlineData("bytes=4-5,0-1")]
    [InlineData("bytes=0-4,4-5")]
    [InlineData("bytes=0-1,20-30")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=x-2")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=")]
    public async Task Ranges_out_of_order_and_nonsense_get_the_whole_object_DP_16_4(string range)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", ("Range", range));
        Assert.Equal((200, "0123456789"), (answer.Status, answer.Body));
        Assert.Null(answer.Header("Content-Range"));
    }

    [Fact]
    public async Task Several_ranges_in_order_are_sent_as_parts_DP_16_4()
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", ("Range", "bytes=0-1, 4-5,-2"));
        Assert.Equal(206, answer.Status);
        Assert.StartsWith("multipart/byteranges; boundary=", answer.Header("Content-Type"), StringComparison.Ordinal);
        var boundary = answer.Header("Content-Type")!.Split('=')[1];
        var part = (string range, string bytes) => $"\r\n--{boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes {range}/10\r\n\r\n{bytes}";
        Assert.Equal($"{part("0-1", "01")}{part("4-5", "45")}{part("8-9", "89")}\r\n--{boundary}--\r\n", answer.Body);
        Assert.Equal($"{answer.Body.Length}", answer.Header("Content-Length"));
    }

    [Fact]
    public async Task More_ranges_than_anybody_needs_get_the_whole_object()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 1000));
        await edge.GetAsync("/a");
        var answer = await edge.GetAsync("/a", ("Range", "bytes=" + string.Join(',', Enumerable.Range(0, 65).Select(i => $"{i * 2}-{i * 2}"))));
        Assert.Equal((200, 1000), (answer.Status, answer.Bytes.Length));
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
        edge.Origin.On("/a").Reply(200, "0123456789", ("ETag", "\"v1\""), ("Last-Modified", Modified), ("Content-Type", "text/plain"));
        await edge.GetAsync("/a");
        return edge;
    }
}
