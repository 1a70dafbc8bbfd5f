// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>§14, §19 through tiers: an object is as old, and good for as long, wherever it has passed (RFC 9111, section 4.2.3).</summary>
public sealed class FreshnessTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_object_expires_everywhere_when_it_does_at_the_origin_DP_14_6()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0));
        fleet.Origin.On("/a").Reply(200, "hello", ("ETag", "\"1\""), ("Cache-Control", "max-age=60"), ("Age", "10"));
        var (first, second) = (fleet.Edges.First(), fleet.Edges.Last());
        await first.GetAsync("/a");
        fleet.Clock.Advance(30 * Second);
        Assert.Equal("40", (await second.GetAsync("/a")).Header("Age"));
        fleet.Clock.Advance(9 * Second);
        Assert.Equal(("Hit from cloudfront", "49"), ((await second.GetAsync("/a")).Cache, (await second.GetAsync("/a")).Header("Age")));
        fleet.Clock.Advance(12 * Second); // 61 seconds old
        await second.GetAsync("/a");
        Assert.Equal(2, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_minimum_begins_at_the_origin_and_not_again_in_each_tier_DP_14_2()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0)); // CachingOptimized has MinTTL 1
        fleet.Origin.On("/a").Reply(200, "hello", ("ETag", "\"1\""), ("Cache-Control", "no-store"));
        var (first, second) = (fleet.Edges.First(), fleet.Edges.Last());
        await first.GetAsync("/a");
        fleet.Clock.Advance(TimeSpan.FromMilliseconds(700));
        Assert.Equal("Hit from cloudfront", (await second.GetAsync("/a")).Cache);
        fleet.Clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal("Hit from cloudfront", (await second.GetAsync("/a")).Cache);
        fleet.Clock.Advance(TimeSpan.FromMilliseconds(200)); // 1.1 s after the fetch, 0.4 s after it came here
        await second.GetAsync("/a");
        Assert.Equal(2, fleet.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task An_error_is_kept_for_what_is_left_of_its_time_DP_19_1(int status)
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0));
        fleet.Origin.On("/a").Reply(status, "no");
        var (first, second) = (fleet.Edges.First(), fleet.Edges.Last());
        Assert.Equal(status, (await first.GetAsync("/a")).Status);
        fleet.Clock.Advance(7 * Second);
        Assert.Equal((status, "Error from cloudfront"), ((await second.GetAsync("/a")).Status, (await second.GetAsync("/a")).Cache));
        Assert.Equal(1, fleet.Origin.Requests("/a"));
        fleet.Clock.Advance(4 * Second);
        await second.GetAsync("/a");
        Assert.Equal(2, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task That_the_origin_gives_no_answer_is_told_and_kept_for_what_is_left_of_its_time_DP_19_4()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0));
        fleet.Origin.On("/a").Raw("rubbish\r\n\r\n");
        var (first, second) = (fleet.Edges.First(), fleet.Edges.Last());
        Assert.Equal(502, (await first.GetAsync("/a")).Status);
        fleet.Clock.Advance(7 * Second);
        var told = await second.GetAsync("/a");
        Assert.Equal(502, told.Status);
        Assert.Equal(Frontier.Usage.ErrorDetail.OriginInvalidResponseError, (await second.Records.OfAsync(told)).Detail);
        Assert.Equal(1, fleet.Origin.Requests("/a"));
        fleet.Clock.Advance(4 * Second);
        fleet.Origin.On("/a").Reply(200, "hello");
        Assert.Equal("hello", (await second.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task Custom_error_pages_are_the_edge_s_own_business()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (_, distribution) => distribution with { ErrorResponses = [new ErrorResponseConfig(404, 10) { PagePath = "/sorry", PageStatus = 200 }] }, null, ("fra1", 1, 1));
        fleet.Origin.On("/a").Reply(404, "no");
        fleet.Origin.On("/sorry").Reply(200, "sorry", ("Cache-Control", "max-age=60"));
        var edge = fleet.Edges.Single();
        Assert.Equal((200, "sorry"), ((await edge.GetAsync("/a")).Status, (await edge.GetAsync("/a")).Body));
        Assert.Equal((1, 1), (fleet.Origin.Requests("/a"), fleet.Origin.Requests("/sorry")));
    }
}
