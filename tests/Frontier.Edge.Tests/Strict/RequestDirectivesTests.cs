// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Strict;

/// <summary>What a viewer's Cache-Control does where the RFCs are followed (RFC 9111, section 5.2.1).</summary>
public sealed class RequestDirectivesTests
{
    [Theory]
    [InlineData("no-cache")]
    [InlineData("max-age=0")]
    [InlineData("min-fresh=100")]
    public async Task A_fresh_object_is_asked_about_when_the_viewer_wants_it_so(string control)
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        edge.Origin.On("/a").Reply(304, "", ("ETag", "\"1\""), ("Cache-Control", "max-age=60"));
        var answer = await edge.GetAsync("/a", ("Cache-Control", control));
        Assert.Equal((200, "x", "RefreshHit from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        Assert.Equal("\"1\"", edge.Origin.Last("/a").Header("If-None-Match"));
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("max-age=0")]
    [InlineData("min-fresh=1")]
    public async Task So_is_a_stale_one_within_its_window_for_stale_answers(string control)
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=5, stale-while-revalidate=60"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Cache-Control", control))).Cache);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_fresh_object_that_one_viewer_wanted_asked_about_stays_good_for_the_others_when_the_origin_fails(int status)
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "s-maxage=600"), ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        if (status == 0)
        {
            edge.Origin.On("/a").Raw("rubbish\r\n\r\n");
        }
        else
        {
            edge.Origin.On("/a").Reply(status);
        }

        Assert.InRange((await edge.GetAsync("/a", ("Cache-Control", "no-cache"))).Status, 500, 504);
        edge.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((200, "Hit from cloudfront"), await edge.GetAsync("/a") is var answer ? (answer.Status, answer.Cache) : default);
    }

    [Fact]
    public async Task A_stale_object_does_where_the_viewer_says_so_and_the_origin_does_not_forbid_it()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=5"));
        edge.Origin.On("/b").Reply(200, "x", ("Cache-Control", "max-age=5, must-revalidate"));
        await edge.GetAsync("/a");
        await edge.GetAsync("/b");
        edge.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("Cache-Control", "max-stale=5"))).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/b", ("Cache-Control", "max-stale=5"))).Cache);
    }

    [Fact]
    public async Task Only_if_cached_gets_504_when_it_is_not()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"));
        Assert.Equal(504, (await edge.GetAsync("/a", ("Cache-Control", "only-if-cached"))).Status);
        Assert.Equal(0, edge.Origin.Requests("/a"));
        await edge.GetAsync("/a");
        Assert.Equal("x", (await edge.GetAsync("/a", ("Cache-Control", "only-if-cached"))).Body);
    }

    [Fact]
    public async Task No_store_keeps_this_answer_out_and_nobody_else_s()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a", ("Cache-Control", "no-store"));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task An_answer_to_Authorization_is_not_shared_unless_it_says_so_RFC_9111_section_3_5()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/b").Reply(200, "x", ("Cache-Control", "max-age=60, public"));
        await edge.GetAsync("/a", ("Authorization", "Basic eA=="));
        await edge.GetAsync("/b", ("Authorization", "Basic eA=="));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task A_miss_tells_the_age_it_came_with_RFC_9111_section_5_1()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"), ("Age", "20"));
        edge.Origin.On("/b").Reply(200, "x", ("Cache-Control", "no-store"), ("Age", "30"));
        Assert.Equal("20", (await edge.GetAsync("/a")).Header("Age"));
        Assert.Equal("30", (await edge.GetAsync("/b")).Header("Age"));
        edge.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("25", (await edge.GetAsync("/a")).Header("Age"));
        edge.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task The_header_for_CDNs_goes_before_the_one_for_everybody_RFC_9213()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "no-store"), ("CDN-Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        var answer = await edge.GetAsync("/a");
        Assert.Equal(("Hit from cloudfront", "no-store"), (answer.Cache, answer.Header("Cache-Control")));
    }
}
