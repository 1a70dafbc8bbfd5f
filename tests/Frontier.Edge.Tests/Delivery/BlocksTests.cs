// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>Parts of objects that are not cached whole: fetched in blocks, kept, checked against each other, completed (§16).</summary>
public sealed class BlocksTests
{
    private const int Block = 1 << 20;

    [Fact]
    public async Task A_range_of_what_is_not_cached_fetches_its_block_and_later_ranges_come_from_the_cache_DP_16_2()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 3 * Block + 17);
        AssertPart(body, 1_500_000, 1_500_099, "Miss from cloudfront", await PartAsync(edge, "bytes=1500000-1500099"));
        Assert.Equal("bytes=1048576-2097151", edge.Origin.Last("/a").Header("Range"));
        AssertPart(body, 1_048_576, 2_097_151, "Hit from cloudfront", await PartAsync(edge, "bytes=1048576-2097151"));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_range_over_several_blocks_fetches_each_once_DP_16_1()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 3 * Block + 17);
        AssertPart(body, 1_000_000, 3 * Block + 16, "Miss from cloudfront", await PartAsync(edge, "bytes=1000000-"));
        Assert.Equal(4, edge.Origin.Requests("/a"));
        AssertPart(body, 0, 3 * Block, "Hit from cloudfront", await PartAsync(edge, $"bytes=0-{3 * Block}"));
        Assert.Equal(4, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_viewer_of_the_whole_completes_the_object_from_the_blocks_that_are_there()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 3 * Block);
        await PartAsync(edge, "bytes=0-9");
        await Eventually.IsTrueAsync(() => Task.FromResult(edge.Server.CacheStatistics.MemoryObjects == 1));
        var whole = await edge.GetAsync("/a");
        Assert.Equal((200, "Hit from cloudfront"), (whole.Status, whole.Cache));
        Assert.Equal(body, whole.Bytes);
        Assert.Equal(3, edge.Origin.Requests("/a"));
        Assert.All(edge.Origin.Log, request => Assert.NotNull(request.Header("Range")));
    }

    [Fact]
    public async Task Several_ranges_are_put_together_from_blocks_DP_16_4()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 2 * Block);
        var answer = await PartAsync(edge, $"bytes=1-3,{Block - 1}-{Block},-2");
        Assert.Equal(206, answer.Status);
        var text = System.Text.Encoding.Latin1.GetString(answer.Bytes);
        Assert.Contains($"Content-Range: bytes 1-3/{2 * Block}\r\n\r\n{System.Text.Encoding.Latin1.GetString(body, 1, 3)}", text, StringComparison.Ordinal);
        Assert.Contains($"/{2 * Block}\r\n\r\n{System.Text.Encoding.Latin1.GetString(body, Block - 1, 2)}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_small_ranges_far_apart_do_not_make_the_edge_fetch_a_block_for_each()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(206, "parts", ("Content-Type", "multipart/byteranges; boundary=x"));
        var range = "bytes=" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"{i * Block}-{i * Block}"));
        Assert.Equal((206, "parts"), await PartAsync(edge, range) is var answer ? (answer.Status, answer.Body) : default);
        Assert.Equal(range, Assert.Single(edge.Origin.Log).Header("Range"));
    }

    [Theory]
    [InlineData("bytes=-5")]
    [InlineData("bytes=-2097152")]
    public async Task The_last_bytes_are_found_by_the_first_block_s_length(string range)
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 2 * Block);
        var wanted = int.Parse(range[7..], CultureInfo.InvariantCulture);
        AssertPart(body, body.Length - wanted, body.Length - 1, "Miss from cloudfront", await PartAsync(edge, range));
    }

    [Fact]
    public async Task An_origin_that_sends_the_whole_object_instead_has_it_sent_on_and_kept_DP_16_2()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "0123456789");
        var answer = await PartAsync(edge, "bytes=4-5");
        Assert.Equal((200, "0123456789", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        var again = await PartAsync(edge, "bytes=4-5");
        Assert.Equal((206, "45", "Hit from cloudfront"), (again.Status, again.Body, again.Cache));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Viewers_of_one_block_share_one_fetch_and_read_along_DP_17_1()
    {
        await using var edge = await TestEdge.StartAsync();
        var gate = new ScriptedGate();
        var body = Serve(edge, Block, gate);
        var viewers = Enumerable.Range(0, 20).Select(i => PartAsync(edge, $"bytes={i + 10}-{i + 19}")).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        gate.Release();
        foreach (var (answer, i) in (await Task.WhenAll(viewers)).Select((answer, i) => (answer, i)))
        {
            Assert.Equal((206, $"bytes {i + 10}-{i + 19}/{Block}"), (answer.Status, answer.Header("Content-Range")));
            Assert.True(body.AsSpan(i + 10, 10).SequenceEqual(answer.Bytes));
        }

        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Blocks_of_two_versions_are_never_put_together_and_the_next_viewer_gets_the_new_one_DP_16_8()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 2 * Block, tag: "\"v1\"");
        await PartAsync(edge, "bytes=0-9");
        var changed = Serve(edge, 2 * Block, tag: "\"v2\"");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PartAsync(edge, "bytes=0-2097151"));
        AssertPart(changed, 0, 2 * Block - 1, "Miss from cloudfront", await PartAsync(edge, "bytes=0-2097151"));
        AssertPart(changed, 5, 9, "Hit from cloudfront", await PartAsync(edge, "bytes=5-9"));
    }

    [Fact]
    public async Task An_old_block_among_new_ones_is_fetched_again_without_the_viewer_noticing_DP_16_8()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 2 * Block, tag: "\"v1\"");
        await PartAsync(edge, $"bytes={Block}-{Block + 9}");
        var changed = Serve(edge, 2 * Block, tag: "\"v2\"");
        AssertPart(changed, 0, 2 * Block - 1, "Miss from cloudfront", await PartAsync(edge, "bytes=0-2097151"));
    }

    [Fact]
    public async Task A_block_whose_time_is_over_is_asked_about_DP_15_1()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 2 * Block);
        await PartAsync(edge, "bytes=0-9");
        await Eventually.IsTrueAsync(() => Task.FromResult(edge.Server.CacheStatistics.MemoryObjects == 1)); // the rest of the block has come too
        edge.Clock.Advance(TimeSpan.FromDays(2));
        AssertPart(body, 3, 7, "RefreshHit from cloudfront", await PartAsync(edge, "bytes=3-7"));
        Assert.Equal("\"v1\"", edge.Origin.Last("/a").Header("If-None-Match"));
        Assert.Equal("bytes=0-1048575", edge.Origin.Last("/a").Header("Range"));
    }

    [Fact]
    public async Task A_part_without_a_strong_validator_is_not_kept_and_the_viewer_gets_its_own_part()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 2 * Block, tag: "W/\"v1\"");
        for (var i = 0; i < 2; i++)
        {
            AssertPart(body, 3, 7, "Miss from cloudfront", await PartAsync(edge, "bytes=3-7"));
            Assert.Equal("bytes=3-7", edge.Origin.Last("/a").Header("Range"));
        }
    }

    [Fact]
    public async Task A_part_that_cannot_be_put_beside_others_is_not_asked_for_twice_while_that_is_remembered()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 2 * Block, tag: "W/\"v1\"");
        for (var i = 0; i < 4; i++)
        {
            await PartAsync(edge, "bytes=3-7");
        }

        Assert.Equal(5, edge.Origin.Requests("/a")); // once for the block, then for each viewer
    }

    [Fact]
    public async Task Where_misses_do_not_collapse_blocks_are_still_put_together_DP_17_2()
    {
        await using var edge = await TestEdge.StartAsync(d => d with { DefaultBehavior = d.DefaultBehavior with { CachePolicyId = TestPolicies.NotCollapsing } });
        var body = Serve(edge, 5 * Block);
        AssertPart(body, 1000, 5 * Block - 1, "Miss from cloudfront", await PartAsync(edge, "bytes=1000-"));
        Assert.Equal(5, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_range_behind_the_end_of_a_known_object_needs_nobody_s_word_DP_16_5()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 2 * Block);
        await PartAsync(edge, "bytes=0-1048575");
        await Eventually.IsTrueAsync(() => Task.FromResult(edge.Server.CacheStatistics.MemoryObjects == 1));
        Assert.Equal((416, "bytes */2097152"), await PartAsync(edge, "bytes=99999999-") is var answer ? (answer.Status, answer.Header("Content-Range")) : default);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task When_the_object_turns_out_to_have_changed_no_old_block_is_left_DP_16_8()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 4 * Block, tag: "\"v1\"");
        await PartAsync(edge, $"bytes=0-{2 * Block - 1}");
        var changed = Serve(edge, 4 * Block, tag: "\"v2\"");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PartAsync(edge, "bytes=1048576-"));
        AssertPart(changed, 0, 9, "Miss from cloudfront", await PartAsync(edge, "bytes=0-9"));
        Assert.Equal(changed, (await edge.GetAsync("/a")).Bytes);
    }

    [Fact]
    public async Task A_stale_block_within_its_window_answers_at_once_and_is_refreshed_DP_18_1()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 100, control: "max-age=10, stale-while-revalidate=60");
        await PartAsync(edge, "bytes=0-9");
        edge.Clock.Advance(TimeSpan.FromSeconds(20));
        AssertPart(body, 3, 7, "Hit from cloudfront", await PartAsync(edge, "bytes=3-7"));
        await edge.Origin.WaitForRequestsAsync("/a", 2);
        Assert.Equal("\"v1\"", edge.Origin.Last("/a").Header("If-None-Match"));
    }

    [Fact]
    public async Task Viewers_of_one_range_share_the_whole_object_that_the_origin_sends_instead_DP_17_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 200_000)).Hold();
        var viewers = Enumerable.Range(0, 20).Select(_ => PartAsync(edge, "bytes=4-5")).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        edge.Origin.On("/a").Release();
        Assert.All(await Task.WhenAll(viewers), answer => Assert.Contains(answer.Status, new[] { 200, 206 }));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_part_that_may_not_be_kept_is_passed_and_not_asked_for_twice_DP_17_2()
    {
        await using var edge = await TestEdge.StartAsync(d => d with { DefaultBehavior = d.DefaultBehavior with { CachePolicyId = TestPolicies.UseOriginHeaders } });
        var body = Serve(edge, 2 * Block, control: "no-store");
        AssertPart(body, 3, 7, "Miss from cloudfront", await PartAsync(edge, "bytes=3-7"));
        Assert.Equal(2, edge.Origin.Requests("/a"));
        AssertPart(body, 3, 7, "Miss from cloudfront", await PartAsync(edge, "bytes=3-7"));
        Assert.Equal(3, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_range_behind_the_end_is_the_origin_s_416_and_is_not_kept_DP_16_5()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 100);
        var answer = await PartAsync(edge, "bytes=5000000-");
        Assert.Equal((416, "bytes */100"), (answer.Status, answer.Header("Content-Range")));
        Assert.Equal(206, (await PartAsync(edge, "bytes=5-7")).Status);
    }

    [Fact]
    public async Task If_range_of_another_version_gets_the_whole_object_DP_16_6()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 2 * Block);
        var answer = await edge.GetAsync("/a", ("Range", "bytes=5-7"), ("If-Range", "\"other\""));
        Assert.Equal(200, answer.Status);
        Assert.Equal(body, answer.Bytes);
    }

    [Fact]
    public async Task Blocks_are_purged_with_their_object_DP_27_3()
    {
        await using var edge = await TestEdge.StartAsync();
        Serve(edge, 2 * Block, tag: "\"v1\"");
        await PartAsync(edge, $"bytes={Block}-{Block + 5}");
        var changed = Serve(edge, 2 * Block, tag: "\"v2\"");
        await edge.Control.InvalidateAsync(TestEdge.Id, "/a");
        AssertPart(changed, Block, Block + 5, "Miss from cloudfront", await PartAsync(edge, $"bytes={Block}-{Block + 5}"));
    }

    [Fact]
    public async Task The_end_of_an_object_of_fifty_gigabytes_is_served_without_its_beginning_DP_16_9()
    {
        await using var edge = await TestEdge.StartAsync();
        const long Total = 50_000_000_000;
        edge.Origin.On("/a").Handle(request =>
        {
            var first = long.Parse(request.Header("Range")!["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture);
            var length = (int)Math.Min(Block, Total - first);
            return new ScriptedReply { Status = 206, Body = new byte[length], Headers = [("ETag", "\"v1\""), ("Content-Range", $"bytes {first}-{first + length - 1}/{Total}")] };
        });
        foreach (var cache in new[] { "Miss from cloudfront", "Hit from cloudfront" })
        {
            var answer = await PartAsync(edge, "bytes=49999999000-");
            Assert.Equal((206, 1000, "bytes 49999999000-49999999999/50000000000", cache), (answer.Status, answer.Bytes.Length, answer.Header("Content-Range"), answer.Cache));
        }
    }

    [Fact]
    public async Task A_longer_object_is_refused_where_caching_is_on_and_passed_where_it_is_off_DP_16_9()
    {
        await using var edge = await TestEdge.StartAsync(d => d with { Behaviors = [TestEdge.Behavior("/off*") with { CachePolicyId = TestEdge.CachingDisabled }] });
        edge.Origin.On("/on").Reply(200, "x").DeclareLength(50_000_000_001).StallAfter(1);
        edge.Origin.On("/off").Reply(200, "x").DeclareLength(50_000_000_001).StallAfter(1);
        Assert.Equal(502, (await edge.GetAsync("/on")).Status);
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/off");
        Assert.Contains("Content-Length: 50000000001", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_ranges_of_a_partly_cached_object_are_exact_to_the_byte()
    {
        await using var edge = await TestEdge.StartAsync();
        var body = Serve(edge, 4 * Block + 4321);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var first = random.Next(body.Length);
            var last = Math.Min(body.Length - 1, first + random.Next(1, 3 * Block));
            var answer = await PartAsync(edge, $"bytes={first}-{last}");
            Assert.Equal((206, $"bytes {first}-{last}/{body.Length}"), (answer.Status, answer.Header("Content-Range")));
            Assert.True(body.AsSpan(first, last - first + 1).SequenceEqual(answer.Bytes), $"{first}-{last}");
        }

        Assert.Equal(5, edge.Origin.Requests("/a"));
    }

    private static Task<ViewerAnswer> PartAsync(TestEdge edge, string range) => edge.GetAsync("/a", ("Range", range));

    private static void AssertPart(byte[] body, int first, int last, string cache, ViewerAnswer answer)
    {
        Assert.Equal((206, $"bytes {first}-{last}/{body.Length}", cache), (answer.Status, answer.Header("Content-Range"), answer.Cache));
        Assert.True(body.AsSpan(first, last - first + 1).SequenceEqual(answer.Bytes));
    }

    /// <summary>An origin that serves parts and answers conditions, as any file server does.</summary>
    private static byte[] Serve(TestEdge edge, int bytes, ScriptedGate? gate = null, string tag = "\"v1\"", string control = "max-age=3600")
    {
        var body = Bodies.Random(bytes);
        body.AsSpan(0, Math.Min(8, bytes)).Fill((byte)tag[3]); // each version has bytes of its own
        edge.Origin.On("/a").Handle(request =>
        {
            if (request.Header("If-None-Match") == tag)
            {
                return ScriptedReply.Of(304, "", ("ETag", tag), ("Cache-Control", control));
            }

            if (request.Header("Range") is not { } range)
            {
                return new ScriptedReply { Status = 200, Body = body, Headers = [("ETag", tag), ("Cache-Control", control)], BeforeHead = gate };
            }

            var ends = range["bytes=".Length..].Split('-');
            var first = ends[0].Length == 0 ? body.Length - int.Parse(ends[1], CultureInfo.InvariantCulture) : int.Parse(ends[0], CultureInfo.InvariantCulture);
            if (first >= body.Length)
            {
                return ScriptedReply.Of(416, "", ("Content-Range", $"bytes */{body.Length}"));
            }

            var last = ends[0].Length == 0 || ends[1].Length == 0 ? body.Length - 1 : Math.Min(body.Length - 1, int.Parse(ends[1], CultureInfo.InvariantCulture));
            return new ScriptedReply
            {
                Status = 206,
                Body = body.AsMemory(first, last - first + 1),
                Headers = [("ETag", tag), ("Cache-Control", control), ("Content-Range", $"bytes {first}-{last}/{body.Length}")],
                BeforeHead = gate,
            };
        });
        return body;
    }
}
