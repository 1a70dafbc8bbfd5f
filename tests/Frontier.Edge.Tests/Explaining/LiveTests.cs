// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Explaining;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>A request that is really served, and explained instead of answered.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task A_live_miss_is_fetched_stored_and_logged_and_the_answer_s_arithmetic_is_told_DP_14_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60, s-maxage=30"), ("X-Own", "1"));

        var explained = await edge.ExplainAsync("/a", ";live");

        Assert.Equal((CacheState.Absent, "Cold"), (explained.Cache!.State, explained.Cache.Reason)); // as it was before
        Assert.Equal((30L, 30L, 60L, "s-maxage counts."), (explained.Lifetime!.FreshFor, explained.Lifetime.SharedMaxAge, explained.Lifetime.MaxAge, explained.Lifetime.Why));
        var answer = explained.Answer!;
        Assert.Equal((200, "Miss from cloudfront", 5L, 200), (answer.Status, answer.Result, answer.BodyBytes, answer.OriginStatus));
        Assert.Contains("X-Own: 1", answer.OriginFields!.Value);
        Assert.Contains("X-Own: 1", answer.Fields);
        Assert.Equal($"Frontier; fwd=uri-miss; fwd-status=200; ttl=30; stored; key=\"{TestEdge.Id}%00/a%00\"", answer.CacheStatus);
        Assert.Equal(ResultType.Miss, (await edge.Records.OfAsync("/a")).Result);

        var hit = await edge.GetAsync("/a");
        Assert.Equal(("hello", "Hit from cloudfront", 1), (hit.Body, hit.Cache, edge.Origin.Requests("/a")));
    }

    [Fact]
    public async Task A_live_hit_asks_no_origin()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");

        var explained = await edge.ExplainAsync("/a", ";live", ("Range", "bytes=1-2"));

        Assert.Equal((206, "Hit from cloudfront", 2L, (int?)null), (explained.Answer!.Status, explained.Answer.Result, explained.Answer.BodyBytes, explained.Answer.OriginStatus));
        Assert.Equal((CacheState.Fresh, 60L), (explained.Cache!.State, explained.Lifetime!.FreshFor));
    }

    [Fact]
    public async Task An_answer_that_is_not_stored_says_why_DP_14_2()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.UseOriginHeaders } });
        edge.Origin.On("/a").Reply(200, "mine", ("Cache-Control", "no-store"));

        var explained = await edge.ExplainAsync("/a", ";live");

        Assert.Equal((null, "NoStore", "DP-14.2"), (explained.Lifetime!.FreshFor, explained.Lifetime.NotStored, explained.Lifetime.Rule));
        Assert.Equal(4, explained.Answer!.BodyBytes);
    }

    [Fact]
    public async Task A_revalidation_is_told_with_the_304()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => request.Header("If-None-Match") == "\"v1\""
            ? ScriptedReply.Of(304, "", ("ETag", "\"v1\""), ("Cache-Control", "max-age=90"))
            : ScriptedReply.Of(200, "v1", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60")));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));

        var explained = await edge.ExplainAsync("/a", ";live");

        Assert.Equal((200, "RefreshHit from cloudfront", 304), (explained.Answer!.Status, explained.Answer.Result, explained.Answer.OriginStatus));
        Assert.Equal((90L, 90L), (explained.Lifetime!.FreshFor, explained.Lifetime.MaxAge));
        Assert.StartsWith("Frontier; fwd=stale; fwd-status=304; ttl=90; key=", explained.Answer.CacheStatus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_origin_that_fails_is_named_by_its_failure()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Raw("rubbish\r\n\r\n");

        var answer = (await edge.ExplainAsync("/a", ";live")).Answer!;

        Assert.Equal((502, "InvalidResponse", (int?)null, (string?)null), (answer.Status, answer.OriginFailure, answer.OriginStatus, answer.CacheStatus));
    }

    [Fact]
    public async Task A_live_HEAD_is_served_as_HEAD_though_the_question_is_none()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");

        var explained = await edge.ExplainAsync("/a", ";live;method=HEAD");

        Assert.Equal(("HEAD", "Pass", 0L), (explained.Request.Method, explained.Origin!.Purpose, explained.Answer!.BodyBytes));
        Assert.Equal("HEAD", edge.Origin.Last("/a").Method);
    }
}
