// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>§26, DP-17.5: however many edges ask at once, the origin is asked once.</summary>
public sealed class CrowdsTests
{
    [Fact]
    public async Task A_hundred_viewers_at_twenty_edges_in_two_places_cause_one_fetch_DP_17_5_DP_26_1()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (fleet, distribution) => distribution with { Origins = [fleet.OriginConfig() with { ShieldRegion = "us-east-1" }] }, null, ("fra1", 10, 1), ("dub1", 10, 1), ("iad1", 0, 1));
        fleet.Origin.On("/a").Reply(200, new string('x', 300_000), ("Cache-Control", "max-age=60")).Hold();
        var edges = fleet.Edges.ToList();
        var viewers = Enumerable.Range(0, 100).Select(i => edges[i % edges.Count].GetAsync("/a")).ToArray();
        await fleet.Origin.WaitForRequestsAsync("/a", 1);
        fleet.Origin.On("/a").Release();
        var answers = await Task.WhenAll(viewers);
        Assert.All(answers, answer => Assert.Equal((200, 300_000), (answer.Status, answer.Bytes.Length)));
        Assert.Equal(1, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task When_an_object_expires_everywhere_the_origin_is_asked_about_it_once_and_a_304_renews_it_in_all_tiers()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 3, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("ETag", "\"1\""), ("Cache-Control", "max-age=60"));
        await Task.WhenAll(fleet.Edges.Select(edge => edge.GetAsync("/a")));
        fleet.Clock.Advance(TimeSpan.FromSeconds(61));
        fleet.Origin.On("/a").Reply(304, "", ("ETag", "\"1\""), ("Cache-Control", "max-age=60"));

        var answers = await Task.WhenAll(fleet.Edges.Select(edge => edge.GetAsync("/a")));

        Assert.All(answers, answer => Assert.Equal((200, "hello"), (answer.Status, answer.Body)));
        Assert.Equal(2, fleet.Origin.Requests("/a"));
        Assert.Equal("\"1\"", fleet.Origin.Last("/a").Header("If-None-Match"));
        Assert.All(await Task.WhenAll(fleet.Edges.Select(edge => edge.GetAsync("/a"))), answer => Assert.Equal("Hit from cloudfront", answer.Cache));
    }

    [Fact]
    public async Task A_range_is_filled_by_blocks_through_all_tiers_and_each_block_is_fetched_once_DP_16_2()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 2, 1), ("dub1", 1, 0));
        var body = Enumerable.Range(0, 3_500_000).Select(static i => (byte)(i * 31)).ToArray();
        fleet.Origin.On("/big").Handle(request => Ranges.Of(body, request));
        foreach (var edge in fleet.Edges)
        {
            var part = await edge.GetAsync("/big", ("Range", "bytes=1500000-2599999"));
            Assert.Equal((206, "bytes 1500000-2599999/3500000"), (part.Status, part.Header("Content-Range")));
            Assert.True(body.AsSpan(1_500_000, 1_100_000).SequenceEqual(part.Bytes));
        }

        Assert.Equal(["bytes=1048576-2097151", "bytes=2097152-3145727"], fleet.Origin.Log.Select(static request => request.Header("Range")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_edge_keeps_a_large_object_beside_its_owner_once_it_is_asked_for_again()
    {
        await using var fleet = await TestFleet.StartAsync(null, static options => options with { CacheMemoryBytes = 16 << 20 }, ("fra1", 2, 0));
        fleet.Origin.On("/big").Reply(200, new byte[9_000_000], ("Cache-Control", "max-age=60"), ("Accept-Ranges", "none"));
        var (owner, other) = fleet.OwnerOf("/big");
        Assert.Equal(9_000_000, (await other.GetAsync("/big")).Bytes.Length);
        Assert.Equal(0, other.Server.CacheStatistics.DiskRecords);
        Assert.NotEqual(0, owner.Server.CacheStatistics.DiskRecords);
        Assert.Equal("owner " + owner.Id, (await other.Records.OfAsync(await other.GetAsync("/big"))).Parent);
        Assert.NotEqual(0, other.Server.CacheStatistics.DiskRecords);
        Assert.Null((await other.Records.OfAsync(await other.GetAsync("/big"))).Parent);
        Assert.Equal(1, fleet.Origin.Requests("/big"));
    }

    [Fact]
    public async Task What_may_not_be_shared_is_passed_to_each_viewer_alone_through_all_tiers_and_stored_nowhere_DP_17_2()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (_, distribution) => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.UseOriginHeaders } }, null, ("fra1", 2, 1));
        var count = 0;
        fleet.Origin.On("/me").Handle(_ => ScriptedReply.Of(200, $"{Interlocked.Increment(ref count)}", ("Cache-Control", "private, no-store"), ("Set-Cookie", "a=b")));
        var bodies = new List<string>();
        foreach (var edge in fleet.Edges.Concat(fleet.Edges))
        {
            var answer = await edge.GetAsync("/me");
            Assert.Equal("Miss from cloudfront", answer.Cache);
            bodies.Add(answer.Body);
        }

        Assert.Equal(4, bodies.Distinct().Count());
        Assert.All(fleet.Nodes, node => Assert.Equal(0, node.Server.CacheStatistics.MemoryObjects));
    }
}
