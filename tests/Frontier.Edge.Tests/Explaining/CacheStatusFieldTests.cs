// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>RFC 9211, where the operator wants it.</summary>
public sealed class CacheStatusFieldTests
{
    [Fact]
    public async Task Without_the_setting_there_is_no_such_field()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");

        Assert.Null((await edge.GetAsync("/a")).Header("Cache-Status"));
    }

    [Fact]
    public async Task A_miss_a_hit_and_a_revalidation_say_what_they_are()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Handle(request => request.Header("If-None-Match") is null
            ? ScriptedReply.Of(200, "v1", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"))
            : ScriptedReply.Of(304, "", ("Cache-Control", "max-age=60")));

        Assert.Equal("Frontier; fwd=uri-miss; fwd-status=200; ttl=60; stored", (await edge.GetAsync("/a")).Header("Cache-Status"));
        edge.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("Frontier; hit; ttl=40", (await edge.GetAsync("/a")).Header("Cache-Status"));
        edge.Clock.Advance(TimeSpan.FromSeconds(41));
        Assert.Equal("Frontier; fwd=stale; fwd-status=304; ttl=60", (await edge.GetAsync("/a")).Header("Cache-Status"));
    }

    [Fact]
    public async Task A_miss_of_one_variant_is_no_miss_of_the_URI()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");

        Assert.StartsWith("Frontier; fwd=miss; ", (await edge.GetAsync("/a", ("Accept-Encoding", "gzip"))).Header("Cache-Status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_member_comes_after_the_origin_s_own()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Status", "OriginCache; hit; ttl=1100"), ("Cache-Control", "max-age=60"));

        Assert.Equal("OriginCache; hit; ttl=1100, Frontier; fwd=uri-miss; fwd-status=200; ttl=60; stored", (await edge.GetAsync("/a")).Header("Cache-Status"));
        Assert.Equal("OriginCache; hit; ttl=1100, Frontier; hit; ttl=60", (await edge.GetAsync("/a")).Header("Cache-Status"));
    }

    [Theory]
    [InlineData(TestEdge.CachingDisabled, "GET", "Frontier; fwd=bypass; fwd-status=200")]
    [InlineData(TestEdge.CachingOptimized, "POST", "Frontier; fwd=method; fwd-status=200")]
    public async Task What_goes_past_the_cache_says_so(string policy, string method, string member)
    {
        await using var edge = await StartAsync();
        edge.Configure(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = policy, AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"] } });
        await edge.DeployedAsync();
        edge.Origin.On("/a").Reply(200, "hello");

        Assert.Equal(member, (await edge.SendAsync(new HttpMethod(method), "/a", null, [])).Header("Cache-Status"));
    }

    [Fact]
    public async Task Who_joins_another_s_fetch_is_told_DP_17_1()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 100_000), ("Cache-Control", "max-age=60")).StallAfter(50_000);
        using var leader = await HeadAsync(edge);
        using var follower = await HeadAsync(edge);

        Assert.Equal("Frontier; fwd=uri-miss; fwd-status=200; ttl=60; stored", Assert.Single(leader.Headers.GetValues("Cache-Status")));
        Assert.Equal("Frontier; fwd=uri-miss; ttl=60; collapsed", Assert.Single(follower.Headers.GetValues("Cache-Status")));
        edge.Origin.On("/a").Release();
        Assert.Equal(100_000, (await follower.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_page_of_the_edge_s_own_making_has_none_RFC_9211_section_2()
    {
        await using var edge = await StartAsync();

        Assert.Null((await edge.SendAsync(HttpMethod.Delete, "/a", null, [])).Header("Cache-Status"));
    }

    /// <summary>As much of an answer as its fields.</summary>
    private static async Task<HttpResponseMessage> HeadAsync(TestEdge edge)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{edge.Server.Http}/a")) { Headers = { Host = TestEdge.Host } };
        return await edge.Viewer.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<TestEdge> StartAsync()
    {
        var edge = await TestEdge.StartAsync();
        await edge.RestartAsync(static options => options with { CacheStatus = true });
        await edge.DeployedAsync();
        return edge;
    }

    [Fact]
    public async Task An_answer_partly_from_stored_blocks_is_partial_RFC_9211_section_2_2()
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.RestartAsync(static options => options with { CacheStatus = true });
        const int Block = 1 << 20;
        edge.Origin.On("/a").Handle(static request =>
        {
            var ends = request.Header("Range")!["bytes=".Length..].Split('-').Select(static end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var last = Math.Min(3 * Block - 1, ends[1]);
            return new ScriptedReply
            {
                Status = 206,
                Body = new byte[last - ends[0] + 1],
                Headers = [("ETag", "\"v1\""), ("Cache-Control", "max-age=60"), ("Content-Range", $"bytes {ends[0]}-{last}/{3 * Block}")],
            };
        });
        Assert.Equal("Frontier; fwd=uri-miss; fwd-status=206; ttl=60; stored", await PartAsync($"bytes={Block}-{Block + 9}", 1));
        Assert.Equal("Frontier; hit; ttl=60", await PartAsync($"bytes={Block + 5}-{2 * Block - 1}", 1));
        Assert.Equal("Frontier; fwd=partial; ttl=60", await PartAsync($"bytes={2 * Block - 1}-{2 * Block}", 2));
        Assert.Equal("Frontier; hit; ttl=60", await PartAsync($"bytes={2 * Block - 1}-{2 * Block}", 2));
        Assert.Equal("Frontier; fwd=partial; fwd-status=206; ttl=60; stored", await PartAsync($"bytes={Block - 1}-{Block}", 3));
        Assert.Equal("Frontier; hit; ttl=60", await PartAsync("bytes=0-", 3));

        async Task<string?> PartAsync(string range, int blocksThen)
        {
            var answer = await edge.GetAsync("/a", ("Range", range));
            await Eventually.IsTrueAsync(() => Task.FromResult(edge.Server.CacheStatistics.MemoryObjects == blocksThen));
            return answer.Header("Cache-Status");
        }
    }
}
