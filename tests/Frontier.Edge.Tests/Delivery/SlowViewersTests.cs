// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>Who reads slowly costs little, and who does not read at all is let go.</summary>
public sealed class SlowViewersTests
{
    private const int BodyBytes = 200 << 20;

    /// <summary>What the kernel's buffers of the two connections may take, and the edge's own.</summary>
    private const int OnTheWayBytes = 32 << 20;

    [Fact]
    public async Task A_viewer_that_stops_reading_holds_the_origin_back_and_is_cut_after_a_minute()
    {
        await using var edge = await UncacheableAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/unread");
        Assert.StartsWith("HTTP/1.1 200", await viewer.ReadHeadAsync(), StringComparison.Ordinal);

        // While one body lies unread another of the same size passes: time enough for both, were anyone to take them.
        using (var other = await edge.ConnectAsync())
        {
            await other.GetAsync("/read", "Connection: close");
            await other.ReadHeadAsync();
            Assert.Equal(BodyBytes, await CountAsync(other));
        }

        Assert.InRange(edge.Origin.BytesSent - BodyBytes, 1, OnTheWayBytes);

        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var record = await edge.Records.OfAsync("/unread");
        Assert.Equal((200, ResultType.Error, ResultType.Miss, ErrorDetail.ClientCommError), (record.Status, record.Result, record.ResponseResult, record.Detail));
        Assert.InRange(record.BytesSent, 1, OnTheWayBytes);
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 0); // and the origin is let go
    }

    [Fact]
    public async Task A_viewer_that_reads_a_little_now_and_then_is_not_cut()
    {
        await using var edge = await UncacheableAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/unread", "Connection: close");
        await viewer.ReadHeadAsync();
        var read = 0;
        for (var i = 0; i < 5; i++)
        {
            // More than all buffers on the way hold, so that the edge has written in between.
            read += (await viewer.ReadExactlyAsync(OnTheWayBytes)).Length;
            edge.Clock.Advance(TimeSpan.FromSeconds(25)); // less than the origin's read timeout, which runs whenever the edge waits for more
        }

        Assert.Equal(BodyBytes, read + await CountAsync(viewer));
    }

    [Fact]
    public async Task A_viewer_that_stops_reading_a_fill_does_not_keep_it_from_the_others()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/shared").Reply(200, new byte[24_000_000]).Hold();
        using var stopped = await edge.ConnectAsync();
        await stopped.GetAsync("/shared");
        await edge.Origin.WaitForRequestsAsync("/shared", 1);
        var other = edge.GetAsync("/shared");
        edge.Origin.On("/shared").Release();
        Assert.Equal(24_000_000, (await other).Bytes.Length);
        Assert.Equal(("Hit from cloudfront", 1), ((await edge.GetAsync("/shared")).Cache, edge.Origin.Requests("/shared")));
    }

    [Fact]
    public async Task A_viewer_that_leaves_an_uncacheable_download_lets_the_origin_go()
    {
        await using var edge = await UncacheableAsync();
        using (var viewer = await edge.ConnectAsync())
        {
            await viewer.GetAsync("/unread");
            await viewer.ReadHeadAsync();
            await viewer.ReadExactlyAsync(1_000_000);
        }

        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 0);
        var record = await edge.Records.OfAsync("/unread");
        Assert.Equal((200, ResultType.Error, ErrorDetail.ClientCommError), (record.Status, record.Result, record.Detail));
        Assert.InRange(edge.Origin.BytesSent, 1_000_000, OnTheWayBytes);
    }

    private static async Task<TestEdge> UncacheableAsync()
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled } });
        var reply = new ScriptedReply { Body = new byte[BodyBytes], PieceBytes = 65_536 };
        edge.Origin.On("/read").Reply(reply);
        edge.Origin.On("/unread").Reply(reply);
        return edge;
    }

    private static async Task<int> CountAsync(RawViewer viewer)
    {
        var total = 0;
        while ((await viewer.ReadExactlyAsync(1 << 20)).Length is > 0 and var read)
        {
            total += read;
        }

        return total;
    }
}
