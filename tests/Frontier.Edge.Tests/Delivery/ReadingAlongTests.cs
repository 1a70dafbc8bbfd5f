// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>Ranges asked for while the whole object is on its way: near ones read along, far ones do not wait (§16, §17).</summary>
public sealed class ReadingAlongTests
{
    private const int Block = 1 << 20;
    private const int Total = 4 * Block;
    private const int Arrived = Block + Block / 2;

    [Fact]
    public async Task A_range_of_what_has_arrived_is_served_from_the_fetch_of_the_whole_DP_17_1()
    {
        await using var edge = await TestEdge.StartAsync();
        var (body, gate, whole) = await BeginWholeAsync(edge);
        var answer = await PartAsync(edge, "bytes=1000000-1000099"); // while the origin says nothing
        AssertPart(body, 1_000_000, 1_000_099, "Hit from cloudfront", answer);
        Assert.Equal(1, edge.Origin.Requests("/a"));
        gate.Release();
        Assert.Equal(body, (await whole).Bytes);
    }

    [Fact]
    public async Task A_range_that_reaches_beyond_reads_along_as_it_comes_DP_17_3()
    {
        await using var edge = await TestEdge.StartAsync();
        var (body, gate, whole) = await BeginWholeAsync(edge);
        var answer = PartAsync(edge, $"bytes=1000000-{Total - 1}");
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 1);
        Assert.False(answer.IsCompleted);
        gate.Release();
        AssertPart(body, 1_000_000, Total - 1, "Hit from cloudfront", await answer);
        Assert.Equal(body, (await whole).Bytes);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData(Arrived + 1)]
    [InlineData(Arrived + Block - 70_000)] // what counts is what the edge has read, a little less than what was sent
    public async Task A_range_less_than_a_block_ahead_waits_for_the_whole_DP_17_1(int first)
    {
        await using var edge = await TestEdge.StartAsync();
        var (body, gate, whole) = await BeginWholeAsync(edge);
        var answer = PartAsync(edge, $"bytes={first}-{first + 9}");
        gate.Release();
        AssertPart(body, first, first + 9, "Hit from cloudfront", await answer);
        await whole;
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("bytes=3500000-3500009", 3_500_000, 3_500_009)]
    [InlineData("bytes=-10", Total - 10, Total - 1)]
    public async Task A_range_far_ahead_fetches_a_block_of_its_own_and_waits_for_nobody_DP_16_2(string range, int first, int last)
    {
        await using var edge = await TestEdge.StartAsync();
        var (body, gate, whole) = await BeginWholeAsync(edge);
        AssertPart(body, first, last, "Miss from cloudfront", await PartAsync(edge, range)); // while the whole stands still
        Assert.NotNull(edge.Origin.Last("/a").Header("Range"));
        Assert.False(whole.IsCompleted);
        gate.Release();
        Assert.Equal(body, (await whole).Bytes);
    }

    [Fact]
    public async Task A_block_that_is_there_is_not_waited_for()
    {
        await using var edge = await TestEdge.StartAsync();
        var (body, gate, whole) = await BeginWholeAsync(edge, first: "bytes=2000000-2000009");
        AssertPart(body, 2_000_100, 2_000_109, "Hit from cloudfront", await PartAsync(edge, "bytes=2000100-2000109"));
        Assert.False(whole.IsCompleted);
        gate.Release();
        await whole;
    }

    [Fact]
    public async Task Where_misses_do_not_collapse_a_range_asks_for_itself_DP_17_2()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.NotCollapsing } });
        var (body, gate, whole) = await BeginWholeAsync(edge);
        AssertPart(body, 0, 9, "Miss from cloudfront", await PartAsync(edge, "bytes=0-9"));
        Assert.Single(edge.Origin.Log, static request => request.Header("Range") is not null);
        gate.Release();
        await whole;
    }

    [Fact]
    public async Task A_range_behind_the_end_is_refused_though_the_whole_stands_still_DP_16_5()
    {
        await using var edge = await TestEdge.StartAsync();
        var (_, gate, whole) = await BeginWholeAsync(edge);
        var answer = await PartAsync(edge, $"bytes={Total}-");
        Assert.Equal(416, answer.Status);
        gate.Release();
        await whole;
    }

    /// <summary>A viewer asks for the whole, of which the edge gets a block and a half until the gate is released.</summary>
    /// <param name="first">A range that another viewer has had before.</param>
    private static async Task<(byte[] Body, ScriptedGate Gate, Task<ViewerAnswer> Whole)> BeginWholeAsync(TestEdge edge, string? first = null)
    {
        var body = Bodies.Random(Total);
        var gate = new ScriptedGate();
        (string, string)[] headers = [("ETag", "\"v1\""), ("Cache-Control", "max-age=3600")];
        edge.Origin.On("/a").Handle(request =>
        {
            if (request.Header("Range") is not { } range)
            {
                return new ScriptedReply { Body = body, Headers = headers, StallAfter = Arrived, StallAt = gate };
            }

            var ends = range["bytes=".Length..].Split('-').Select(static end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var last = Math.Min(Total - 1, ends[1]);
            return ends[0] >= Total
                ? ScriptedReply.Of(416, "", ("Content-Range", $"bytes */{Total}"))
                : new ScriptedReply { Status = 206, Body = body.AsMemory(ends[0], last - ends[0] + 1), Headers = [.. headers, ("Content-Range", $"bytes {ends[0]}-{last}/{Total}")] };
        });
        if (first is not null)
        {
            await PartAsync(edge, first);
        }

        var whole = edge.GetAsync("/a");
        await gate.Reached.WaitAsync(ScriptedOrigin.Patience);
        using var along = await edge.ConnectAsync(); // reads as far as the origin has sent, so the edge has it
        await along.GetAsync("/a");
        await along.ReadHeadAsync();
        Assert.Equal(Arrived, (await along.ReadExactlyAsync(Arrived)).Length);
        return (body, gate, whole);
    }

    private static Task<ViewerAnswer> PartAsync(TestEdge edge, string range) => edge.GetAsync("/a", ("Range", range));

    private static void AssertPart(byte[] body, int first, int last, string cache, ViewerAnswer answer)
    {
        Assert.Equal((206, $"bytes {first}-{last}/{body.Length}", cache), (answer.Status, answer.Header("Content-Range"), answer.Cache));
        Assert.True(body.AsSpan(first, last - first + 1).SequenceEqual(answer.Bytes));
    }
}
