// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Somebody sets the clock of an edge: a machine that came up in the wrong year and is put right, or an operator's slip.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task What_was_stored_before_the_clock_was_set_back_is_asked_about_instead_of_staying_fresh_for_as_long_again()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Handle(static request => request.Header("If-None-Match") is null
            ? ScriptedReply.Of(200, "one", ("Cache-Control", "max-age=60"), ("ETag", "\"1\""))
            : ScriptedReply.Of(304, "", ("Cache-Control", "max-age=60"), ("ETag", "\"1\"")));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);

        edge.Clock.Set(TimeSpan.FromDays(-365));

        Assert.Equal("RefreshHit from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache); // by the clock as it is now
        edge.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("RefreshHit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_by_less_than_a_second_changes_nothing()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        edge.Clock.Set(TimeSpan.FromMilliseconds(-900));

        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }
}
