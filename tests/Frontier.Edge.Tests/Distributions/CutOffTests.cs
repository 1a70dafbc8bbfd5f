// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Edge.Distributions;
using Frontier.Edge.Tests.Explaining;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Distributions;

/// <summary>An edge that the control plane does not answer serves each distribution as its owner chose.</summary>
public sealed class CutOffTests
{
    /// <summary>The control plane waits fifteen seconds for an edge; the edge knows a second sooner.</summary>
    private static readonly TimeSpan Knows = TimeSpan.FromSeconds(14);

    [Fact]
    public async Task By_default_what_is_stored_is_served_on()
    {
        await using var edge = await StartAsync(CutOffChoice.Serve);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=3600"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        await CutOffAsync(edge);

        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task With_revalidate_the_origin_is_asked_each_time_from_the_moment_on_that_the_control_plane_may_have_given_the_edge_up()
    {
        await using var edge = await StartAsync(CutOffChoice.Revalidate);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=3600"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        await edge.StopControlAsync();
        edge.Clock.Advance(Knows - TimeSpan.FromSeconds(1));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);

        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        edge.Origin.On("/a").Reply(304);
        Assert.Equal(("one", "RefreshHit from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Equal(("one", "RefreshHit from cloudfront"), Told(await edge.GetAsync("/a"))); // it may have been invalidated since
        Assert.Equal("\"1\"", edge.Origin.Log[^1].Header("If-None-Match"));

        edge.Origin.On("/a").Reply(200, "two", ("Cache-Control", "max-age=3600"), ("ETag", "\"2\""));
        Assert.Equal("two", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task With_revalidate_and_the_origin_down_the_rules_for_stale_answers_decide()
    {
        await using var edge = await StartAsync(CutOffChoice.Revalidate);
        edge.Origin.On("/may").Reply(200, "may", ("Cache-Control", "max-age=3600"));
        edge.Origin.On("/must-not").Reply(200, "must not", ("Cache-Control", "max-age=3600, stale-if-error=0"));
        await edge.GetAsync("/may");
        await edge.GetAsync("/must-not");
        await CutOffAsync(edge);
        edge.Origin.On("/may").Reply(503, "down");
        edge.Origin.On("/must-not").Reply(503, "down");

        Assert.Equal("may", (await edge.GetAsync("/may")).Body);
        Assert.Equal(503, (await edge.GetAsync("/must-not")).Status);
    }

    [Fact]
    public async Task With_revalidate_stale_while_revalidate_does_not_answer_before_the_origin_has()
    {
        await using var edge = await StartAsync(CutOffChoice.Revalidate);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=5, stale-while-revalidate=3600"));
        await edge.GetAsync("/a");
        await CutOffAsync(edge);
        edge.Origin.On("/a").Reply(200, "two", ("Cache-Control", "max-age=5, stale-while-revalidate=3600"));

        Assert.Equal("two", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task With_bypass_nothing_is_read_from_the_cache_nor_stored()
    {
        await using var edge = await StartAsync(CutOffChoice.Bypass);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=3600"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        await CutOffAsync(edge);
        edge.Origin.On("/a").Reply(200, "two", ("Cache-Control", "max-age=3600"), ("ETag", "\"1\""));

        Assert.Equal(("two", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Equal(("two", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Null(edge.Origin.Log[^1].Header("If-None-Match"));
    }

    [Fact]
    public async Task A_range_of_a_large_object_is_asked_about_too()
    {
        await using var edge = await StartAsync(CutOffChoice.Revalidate);
        var body = new string('x', 3 << 20);
        edge.Origin.On("/large").Reply(200, body, ("Cache-Control", "max-age=3600"), ("ETag", "\"1\""));
        await edge.GetAsync("/large", ("Range", "bytes=0-9"));
        await CutOffAsync(edge);
        var before = edge.Origin.Log.Count;

        Assert.Equal(206, (await edge.GetAsync("/large", ("Range", "bytes=0-9"))).Status);

        Assert.True(edge.Origin.Log.Count > before);
    }

    [Fact]
    public async Task An_edge_that_starts_alone_is_cut_off_from_the_first_request_on()
    {
        await using var edge = await StartAsync(CutOffChoice.Revalidate);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=3600"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        await edge.StopControlAsync();
        await edge.RestartAsync();
        edge.Origin.On("/a").Reply(304);

        Assert.Equal("RefreshHit from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Contains("frontier:when-cut-off", (await edge.ExplainAsync("/a")).Cache!.Why, StringComparison.Ordinal);
    }

    /// <summary>Only who has applied all of the log is in touch: an answer with a first page of it is none to rely on.</summary>
    [Fact]
    public void It_is_over_when_an_answer_says_so_and_begins_again_by_the_control_planes_patience()
    {
        var clock = new ManualTimeProvider();
        var fence = new Fence(clock);
        Assert.True(fence.IsCutOff);

        foreach (var (silence, good) in new[] { (15, 14.0), (0, 14.0), (1, 0.5) }) // an older control plane does not say how long
        {
            fence.Answered(fence.Now, TimeSpan.FromSeconds(silence));
            clock.Advance(TimeSpan.FromSeconds(good) - TimeSpan.FromMilliseconds(100));
            Assert.False(fence.IsCutOff);
            clock.Advance(TimeSpan.FromMilliseconds(100));
            Assert.True(fence.IsCutOff);
        }
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_put_it_off()
    {
        await using var edge = await StartAsync(CutOffChoice.Bypass);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=3600"));
        await edge.GetAsync("/a");
        await edge.StopControlAsync();
        edge.Clock.Set(TimeSpan.FromHours(-1));
        edge.Clock.Advance(Knows);
        edge.Origin.On("/a").Reply(200, "two", ("Cache-Control", "max-age=3600"));

        Assert.Equal(("two", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Equal(("two", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
    }

    /// <summary>A virtual machine that was suspended: its elapsed time knows nothing of it.</summary>
    [Fact]
    public void A_clock_that_is_set_forward_brings_it_on_until_the_next_answer()
    {
        var clock = new ManualTimeProvider();
        var fence = new Fence(clock);
        fence.Answered(fence.Now, TimeSpan.FromSeconds(15));
        clock.Set(TimeSpan.FromMinutes(7));
        Assert.True(fence.IsCutOff);

        fence.Answered(fence.Now, TimeSpan.FromSeconds(15));
        Assert.False(fence.IsCutOff);
    }

    [Fact]
    public async Task Back_in_touch_the_cache_is_used_again()
    {
        await using var edge = await StartAsync(CutOffChoice.Bypass);
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=3600"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(Knows); // the last report hangs unanswered
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);

        await edge.Control.InvalidateAsync(TestEdge.Id, "/other"); // answers it, and the one after it
        edge.Configure(static distribution => distribution with { WhenCutOff = CutOffChoice.Bypass });
        await edge.DeployedAsync();

        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/a")).Cache == "Hit from cloudfront");
    }

    private static async Task<TestEdge> StartAsync(CutOffChoice choice)
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with { WhenCutOff = choice });
        await edge.Server.Connected;
        return edge;
    }

    private static async Task CutOffAsync(TestEdge edge)
    {
        await edge.StopControlAsync();
        edge.Clock.Advance(Knows);
    }

    private static (string, string?) Told(ViewerAnswer answer) => (answer.Body, answer.Cache);
}
