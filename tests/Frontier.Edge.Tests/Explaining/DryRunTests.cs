// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Explaining;
using Frontier.Edge.Explaining;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>What would become of a request, told by the edge that would serve it, which does nothing else.</summary>
public sealed class DryRunTests
{
    [Fact]
    public async Task Every_stage_is_explained_and_nothing_is_served_counted_or_asked()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""));

        var explained = await edge.ExplainAsync("/a?x=1", "", ("Accept-Encoding", "gzip"));

        Assert.Equal(("GET", "/a?x=1", "127.0.0.1", false), (explained.Request.Method, explained.Request.Target, explained.Request.Client, explained.Request.Live));
        Assert.Equal((TestEdge.Id, TestEdge.Host), (explained.Distribution!.Id, explained.Distribution.MatchedName));
        Assert.Equal((true, "CachingOptimized"), (explained.Behavior!.IsDefault, explained.Behavior.CachePolicy.Name));
        Assert.True(explained.Access.Allowed);
        Assert.Equal($"{TestEdge.Id}%00/a%00encoding:gzip%0A", explained.Key!.Text);
        Assert.Equal((CacheState.Absent, "Cold"), (explained.Cache!.State, explained.Cache.Reason));
        Assert.Equal(("origin", true, "GET", "/a", "Fill", $"http://127.0.0.1:{edge.Origin.Port}"),
            (explained.Origin!.Id, explained.Origin.IsAsked, explained.Origin.Method, explained.Origin.Target, explained.Origin.Purpose, explained.Origin.Address));
        Assert.Equal("CachePolicy", Assert.Single(explained.Origin.Fields, static field => field.Name == "Accept-Encoding").Source);
        Assert.Null(explained.Answer);
        Assert.Equal(0, edge.Origin.Requests("/a"));

        var miss = await edge.GetAsync("/a?x=1", ("Accept-Encoding", "gzip"));
        Assert.Equal("Miss from cloudfront", miss.Cache);
        Assert.Equal((1L, 0L), (edge.Server.CacheStatistics.Misses, edge.Server.CacheStatistics.Hits));
        Assert.Equal("/a", (await edge.Records.OfAsync("/a")).Path);
        Assert.Equal((await edge.Records.OfAsync("/a")).RequestId, miss.Header("X-Amz-Cf-Id")); // the first record of the path is the miss's
    }

    [Fact]
    public async Task A_fresh_object_is_told_with_its_arithmetic_and_a_stale_one_with_its_validators_DP_14_1_DP_15_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""), ("Age", "10"));
        await edge.GetAsync("/a");

        var fresh = await edge.ExplainAsync("/a");
        Assert.Equal((CacheState.Fresh, 10, 50L, 5L), (fresh.Cache!.State, fresh.Cache.AgeSeconds, fresh.Cache.FreshForSeconds, fresh.Cache.BodyBytes));
        Assert.Equal((50L, 60L, 10L, 1L, "DP-14.1"), (fresh.Lifetime!.FreshFor, fresh.Lifetime.MaxAge, fresh.Lifetime.Age, fresh.Lifetime.MinTtl, fresh.Lifetime.Rule));
        Assert.False(fresh.Origin!.IsAsked);

        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var stale = await edge.ExplainAsync("/a");
        Assert.Equal((CacheState.Stale, "DP-15.1", -11L), (stale.Cache!.State, stale.Cache.Rule, stale.Cache.FreshForSeconds));
        Assert.True(stale.Origin!.IsAsked);
        var validator = Assert.Single(stale.Origin.Fields, static field => field.Name == "If-None-Match");
        Assert.Equal(("\"v1\"", "Validator"), (validator.Value, validator.Source));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task An_invalidated_object_is_told_with_the_invalidation_s_id_and_paths_DP_27_8()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/dir/a").Reply(200, "hello");
        await edge.GetAsync("/dir/a");
        await edge.Control.InvalidateAsync(TestEdge.Id, "/dir/*");

        var cache = (await edge.ExplainAsync("/dir/a")).Cache!;

        Assert.Equal((CacheState.Absent, "Invalidated", 1L, "I1"), (cache.State, cache.Reason, cache.InvalidatedBySequence, cache.InvalidationId));
        Assert.Equal(["/dir/*"], cache.InvalidationPaths!.Value);
    }

    [Fact]
    public async Task A_key_whose_answers_are_private_says_so_DP_17_2()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.UseOriginHeaders } });
        edge.Origin.On("/a").Reply(200, "mine", ("Cache-Control", "private"));
        await edge.GetAsync("/a");

        var explained = await edge.ExplainAsync("/a");

        Assert.Equal((CacheState.Absent, "Private", "DP-17.2", "Pass"), (explained.Cache!.State, explained.Cache.Reason, explained.Cache.Rule, explained.Origin!.Purpose));
    }

    [Theory]
    [InlineData(";method=POST", TestEdge.CachingOptimized, "Method", "DP-4.6")]
    [InlineData("", TestEdge.CachingDisabled, "CachingDisabled", "DP-6.13")]
    public async Task What_goes_past_the_cache_says_why(string parameters, string policy, string reason, string rule)
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = policy, AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"] },
        });

        var explained = await edge.ExplainAsync("/a", parameters);

        Assert.Equal((CacheState.Bypassed, reason, rule), (explained.Cache!.State, explained.Cache.Reason, explained.Cache.Rule));
        Assert.Null(explained.Key);
        Assert.Equal((true, "Pass"), (explained.Origin!.IsAsked, explained.Origin.Purpose));
    }

    [Theory]
    [InlineData(";method=DELETE", TestEdge.Host, 403, "MethodNotAllowed", "DP-4.3")]
    [InlineData("", "nobody.example", 403, "NoDistribution", "DP-2.5")]
    public async Task A_refusal_is_explained_and_ends_there(string parameters, string host, int status, string verdict, string rule)
    {
        await using var edge = await TestEdge.StartAsync();

        var explained = await edge.ExplainAsync("/a", parameters, ("Host", host));

        Assert.Equal((false, status, verdict, rule), (explained.Access.Allowed, explained.Access.Status, explained.Access.Verdict, explained.Access.Rule));
        Assert.True(explained is { Key: null, Cache: null, Origin: null });
    }

    [Fact]
    public async Task A_redirect_tells_where_it_leads_DP_4_1()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { ViewerProtocol = ViewerProtocol.RedirectToHttps } });

        var access = (await edge.ExplainAsync("/a")).Access;

        Assert.Equal((false, 301, $"https://{TestEdge.Host}:{edge.Server.Https.Port}/a"), (access.Allowed, access.Status, access.Location));
    }

    [Fact]
    public async Task The_request_is_taken_from_the_address_that_is_named()
    {
        await using var edge = await TestEdge.StartAsync();

        var explained = await edge.ExplainAsync("/a", "", (ExplainQuestion.ClientField, "203.0.113.7"));

        Assert.Equal("203.0.113.7", explained.Request.Client);
        Assert.Equal("203.0.113.7", Assert.Single(explained.Origin!.Fields, static field => field.Name == "X-Forwarded-For").Value);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    [InlineData(";live")]
    public async Task With_a_wrong_token_the_fields_are_nothing_and_go_nowhere(string token)
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { OriginRequestPolicyId = TestPolicies.AllViewer } });
        edge.Origin.On("/a").Reply(200, "hello");

        var answer = await edge.SendAsync(HttpMethod.Get, "/a", null, [(ExplainQuestion.Field, token), (ExplainQuestion.ClientField, "203.0.113.7"), ("X-Other", "kept")]);

        Assert.Equal((200, "hello", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        var seen = edge.Origin.Last("/a");
        Assert.Equal((null, null, "kept", "127.0.0.1"), (seen.Header(ExplainQuestion.Field), seen.Header(ExplainQuestion.ClientField), seen.Header("X-Other"), seen.Header("X-Forwarded-For")));
    }
}
