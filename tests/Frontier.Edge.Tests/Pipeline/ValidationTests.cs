// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Objects whose every use needs the origin's word are kept for the asking (DP-14.3, §15).</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("no-cache")]
    [InlineData("max-age=0")]
    [InlineData("max-age=0, must-revalidate")]
    public async Task They_are_asked_about_each_time_and_their_bodies_come_from_the_cache_DP_14_3(string control)
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, control);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        for (var i = 0; i < 3; i++)
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((200, "body", "RefreshHit from cloudfront"), (answer.Status, answer.Body, answer.Cache));
            edge.Clock.Advance(TimeSpan.FromSeconds(i * 15)); // while the key is remembered as one that does not collapse, and afterwards
        }

        Assert.Equal(4, edge.Origin.Requests("/a"));
        Assert.Equal(3, edge.Origin.Log.Count(request => request.Header("If-None-Match") == "\"1\""));
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("private")]
    public async Task What_is_not_to_be_kept_is_not_kept_for_that_either_DP_14_3(string control)
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, control);
        await edge.GetAsync("/a");
        await edge.GetAsync("/a");
        Assert.All(edge.Origin.Log, request => Assert.Null(request.Header("If-None-Match")));
    }

    [Fact]
    public async Task Many_at_once_each_get_the_origin_s_own_word_DP_17_2()
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, "no-cache");
        await edge.GetAsync("/a");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => edge.GetAsync("/a")));
        Assert.All(answers, answer => Assert.Equal((200, "body"), (answer.Status, answer.Body)));
        Assert.Equal(21, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_changed_object_is_never_served_from_the_old_body()
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, "no-cache");
        await edge.GetAsync("/a");
        await edge.GetAsync("/a");
        edge.Origin.On("/a").Reply(200, "new", ("ETag", "\"2\""), ("Cache-Control", "no-cache"));
        Assert.Equal("new", (await edge.GetAsync("/a")).Body);
        Assert.Equal("new", (await edge.GetAsync("/a")).Body);
        edge.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("new", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task Without_a_word_of_the_origin_it_is_not_served_DP_14_4()
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, "no-cache");
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(30));
        edge.Origin.On("/a").Reply(503);
        Assert.Equal(503, (await edge.GetAsync("/a")).Status);
    }

    [Theory]
    [InlineData("max-age=0", 200)]
    [InlineData("max-age=0, stale-if-error=60", 200)]
    [InlineData("max-age=0, stale-if-error=0", 503)]
    [InlineData("max-age=0, must-revalidate", 503)]
    [InlineData("no-cache", 503)]
    public async Task When_the_origin_fails_the_kept_copy_answers_where_the_origin_has_not_forbidden_it_DP_18_2_DP_18_3(string control, int status)
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, control);
        await edge.GetAsync("/a");
        await StoredAsync(edge);
        edge.Origin.On("/a").Reply(503);
        Assert.Equal(status, (await edge.GetAsync("/a")).Status); // the key is remembered as one that does not collapse
        edge.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(status, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task With_nothing_but_a_window_for_stale_answers_it_answers_at_once_and_is_refreshed_DP_18_1()
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, "max-age=0, stale-while-revalidate=60");
        await edge.GetAsync("/a");
        await StoredAsync(edge);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        await edge.Origin.WaitForRequestsAsync("/a", 2);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    public async Task One_viewer_s_refusal_does_not_take_the_copy_from_the_others_DP_18_3(int status)
    {
        await using var edge = await FollowingTheOriginAsync();
        Serve(edge, "no-cache");
        await edge.GetAsync("/a");
        await StoredAsync(edge);
        edge.Origin.On("/a").Reply(status);
        Assert.Equal(status, (await edge.GetAsync("/a")).Status);
        Serve(edge, "no-cache");
        Assert.Equal("RefreshHit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task A_304_that_forbids_keeping_serves_this_once_and_the_object_is_gone()
    {
        await using var edge = await FollowingTheOriginAsync();
        edge.Origin.On("/a").Reply(200, "body", ("ETag", "\"1\""), ("Cache-Control", "max-age=5"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(6));
        edge.Origin.On("/a").Once(ScriptedReply.Of(304, "", ("ETag", "\"1\""), ("Cache-Control", "no-store")));
        var answer = await edge.GetAsync("/a");
        Assert.Equal((200, "body", "no-store"), (answer.Status, answer.Body, answer.Header("Cache-Control")));
        await edge.GetAsync("/a");
        Assert.Null(edge.Origin.Last("/a").Header("If-None-Match"));
    }

    [Fact]
    public async Task The_answer_to_a_HEAD_renews_the_object_it_speaks_of_RFC_9111_section_4_3_5()
    {
        await using var edge = await FollowingTheOriginAsync();
        edge.Origin.On("/a").Reply(200, "body", ("ETag", "\"1\""), ("Cache-Control", "max-age=5"), ("X-Round", "1"));
        await edge.GetAsync("/a");
        await StoredAsync(edge);
        edge.Clock.Advance(TimeSpan.FromSeconds(6));
        edge.Origin.On("/a").Reply(200, "body", ("ETag", "\"1\""), ("Cache-Control", "max-age=50"), ("X-Round", "2"));
        await edge.SendAsync(HttpMethod.Head, "/a");
        var answer = await edge.GetAsync("/a");
        Assert.Equal(("Hit from cloudfront", "2", "body"), (answer.Cache, answer.Header("X-Round"), answer.Body));
    }

    [Theory]
    [InlineData("\"2\"", "body")]
    [InlineData("\"1\"", "longer body")]
    public async Task The_answer_to_a_HEAD_that_speaks_of_another_puts_an_end_to_it(string tag, string body)
    {
        await using var edge = await FollowingTheOriginAsync();
        edge.Origin.On("/a").Reply(200, "body", ("ETag", "\"1\""), ("Cache-Control", "max-age=5"));
        await edge.GetAsync("/a");
        await StoredAsync(edge);
        edge.Clock.Advance(TimeSpan.FromSeconds(6));
        edge.Origin.On("/a").Reply(200, body, ("ETag", tag), ("Cache-Control", "max-age=50"));
        await edge.SendAsync(HttpMethod.Head, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Null(edge.Origin.Last("/a").Header("If-None-Match"));
    }

    /// <summary>The viewer has its last byte a moment before the object is in the cache.</summary>
    private static Task StoredAsync(TestEdge edge) => Eventually.IsTrueAsync(() => Task.FromResult(edge.Server.CacheStatistics.MemoryObjects == 1));

    private static Task<TestEdge> FollowingTheOriginAsync() => TestEdge.StartAsync(distribution => distribution with
    {
        DefaultBehavior = distribution.DefaultBehavior with { CachePolicyId = TestPolicies.UseOriginHeaders },
    });

    private static void Serve(TestEdge edge, string control) => edge.Origin.On("/a").Handle(request => request.Header("If-None-Match") == "\"1\""
        ? ScriptedReply.Of(304, "", ("ETag", "\"1\""), ("Cache-Control", control))
        : ScriptedReply.Of(200, "body", ("ETag", "\"1\""), ("Cache-Control", control)));
}
