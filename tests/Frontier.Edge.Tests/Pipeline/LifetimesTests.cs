// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>What becomes of an object when its time is over, or its policy changes (§14, §15, §18).</summary>
public sealed class LifetimesTests
{
    [Fact]
    public async Task An_object_long_expired_is_still_asked_about_DP_14_11()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromDays(90));
        edge.Origin.On("/a").Reply(304, "", ("ETag", "\"v1\""));
        var answer = await edge.GetAsync("/a");
        Assert.Equal((200, "v1", "RefreshHit from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        Assert.Equal("\"v1\"", edge.Origin.Last("/a").Header("If-None-Match"));
    }

    [Fact]
    public async Task Another_policy_counts_from_the_next_fetch_on_DP_14_13()
    {
        // The origin says nothing: first a day is the default, then a minute.
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        await edge.GetAsync("/a");
        edge.Configure(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.NotCollapsing } });
        await edge.DeployedAsync();
        edge.Clock.Advance(TimeSpan.FromSeconds(86_399));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);

        edge.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        edge.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        edge.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task What_has_no_validator_is_fetched_whole_and_unasked_DP_15_2()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "same", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var answer = await edge.GetAsync("/a", ("If-None-Match", "\"theirs\""), ("If-Modified-Since", "Fri, 07 Aug 2026 10:00:00 GMT"));
        Assert.Equal((200, "same", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        var asked = edge.Origin.Last("/a");
        Assert.Equal(("GET", null, null), (asked.Method, asked.Header("If-None-Match"), asked.Header("If-Modified-Since")));
    }

    [Fact]
    public async Task Within_its_window_a_stale_answer_goes_out_at_once_and_behind_it_only_where_the_origin_fails_DP_18_4()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60, stale-while-revalidate=10, stale-if-error=100"));
        await edge.GetAsync("/a");
        edge.Origin.On("/a").Reply(503, "down").Hold();
        edge.Clock.Advance(TimeSpan.FromSeconds(65));
        var atOnce = await edge.GetAsync("/a"); // the origin has not answered yet
        Assert.Equal((200, "v1", "Hit from cloudfront"), (atOnce.Status, atOnce.Body, atOnce.Cache));
        await edge.Origin.WaitForRequestsAsync("/a", 2);
        edge.Origin.On("/a").Release();
        await Eventually.IsTrueAsync(() => edge.Server.FillsUnderWay == 0);

        edge.Clock.Advance(TimeSpan.FromSeconds(90)); // 155 s old: 95 after its time
        Assert.Equal((200, "v1"), (await edge.GetAsync("/a")) is var stale ? (stale.Status, stale.Body) : default);
        Assert.Equal(3, edge.Origin.Requests("/a"));
        edge.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(503, (await edge.GetAsync("/a")).Status);
    }

    [Theory]
    [InlineData("no-store", 200)]
    [InlineData("private, no-cache", 200)]
    [InlineData("no-store, stale-if-error=0", 503)]
    public async Task What_only_MinTTL_keeps_is_served_on_when_the_origin_fails_unless_it_forbade_that_DP_18_5(string control, int status)
    {
        await using var edge = await TestEdge.StartAsync(); // MinTTL is a second
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", control));
        await edge.GetAsync("/a");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        edge.Clock.Advance(TimeSpan.FromSeconds(2));
        edge.Origin.On("/a").Reply(503, "down");
        Assert.Equal(status, (await edge.GetAsync("/a")).Status);
        Assert.Equal(2, edge.Origin.Requests("/a"));
    }
}
