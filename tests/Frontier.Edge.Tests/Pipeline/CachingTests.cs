// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Look-up, fetch and store from a viewer's side (§14, §15, §18, §19, §27).</summary>
public sealed class CachingTests
{
    [Fact]
    public async Task The_first_request_is_a_miss_and_the_second_a_hit_with_its_age_and_all_identification()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""), ("Content-Type", "text/plain"), ("Set-Cookie", "s=1"), ("X-Custom", "kept"));
        var miss = await edge.GetAsync("/a");
        Assert.Equal((200, "hello", "Miss from cloudfront"), (miss.Status, miss.Body, miss.Cache));
        Assert.Null(miss.Header("Age"));

        edge.Clock.Advance(TimeSpan.FromSeconds(10));
        var hit = await edge.GetAsync("/a");
        Assert.Equal((200, "hello", "Hit from cloudfront", "10"), (hit.Status, hit.Body, hit.Cache, hit.Header("Age")));
        Assert.Equal(("\"v1\"", "text/plain", "max-age=60", "kept", "5"), (hit.Header("ETag"), hit.Header("Content-Type"), hit.Header("Cache-Control"), hit.Header("X-Custom"), hit.Header("Content-Length")));
        Assert.Null(hit.Header("Set-Cookie")); // DP-14.9
        Assert.Equal("LCL50-C1", hit.Header("X-Amz-Cf-Pop"));
        Assert.Matches("^1\\.1 [0-9a-f]{32}\\.cloudfront\\.net \\(CloudFront\\)$", hit.Header("Via"));
        Assert.Matches("^[A-Za-z0-9_-]{54}==$", hit.Header("X-Amz-Cf-Id"));
        Assert.NotEqual(miss.Header("X-Amz-Cf-Id"), hit.Header("X-Amz-Cf-Id"));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task An_expired_object_is_revalidated_and_a_304_makes_it_a_refresh_hit_DP_15_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => request.Header("If-None-Match") == "\"v1\""
            ? ScriptedReply.Of(304, "", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"), ("X-Round", "2"))
            : ScriptedReply.Of(200, "v1", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"), ("X-Round", "1")));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var refreshed = await edge.GetAsync("/a");
        Assert.Equal((200, "v1", "RefreshHit from cloudfront", "2"), (refreshed.Status, refreshed.Body, refreshed.Cache, refreshed.Header("X-Round")));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal(2, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task An_expired_object_that_changed_is_replaced_and_counts_as_a_miss_DP_15_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60"), ("Last-Modified", "Fri, 07 Aug 2026 10:00:00 GMT"));
        await edge.GetAsync("/a");
        edge.Origin.On("/a").Reply(200, "v2", ("Cache-Control", "max-age=60"));
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var changed = await edge.GetAsync("/a");
        Assert.Equal(("v2", "Miss from cloudfront"), (changed.Body, changed.Cache));
        Assert.Equal("Fri, 07 Aug 2026 10:00:00 GMT", edge.Origin.Last("/a").Header("If-Modified-Since"));
    }

    [Fact]
    public async Task An_invalidated_object_is_fetched_anew_without_conditions_DP_27_8()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/dir/a").Reply(200, "v1", ("ETag", "\"v1\""));
        edge.Origin.On("/b").Reply(200, "other");
        await edge.GetAsync("/dir/a");
        await edge.GetAsync("/b");
        edge.Origin.On("/dir/a").Reply(200, "v2", ("ETag", "\"v2\""));
        Assert.Equal("v1", (await edge.GetAsync("/dir/a")).Body);

        await edge.Control.InvalidateAsync(TestEdge.Id, "/dir/*");
        var fresh = await edge.GetAsync("/dir/a");
        Assert.Equal(("v2", "Miss from cloudfront"), (fresh.Body, fresh.Cache));
        Assert.Null(edge.Origin.Last("/dir/a").Header("If-None-Match"));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task A_fill_that_began_before_an_invalidation_is_never_served_after_it_DP_27_9()
    {
        await using var edge = await TestEdge.StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("/a").Once(ScriptedReply.Of(200, "old") with { BeforeHead = gate }).Reply(200, "new");
        var early = edge.GetAsync("/a");
        await gate.Reached.WaitAsync(ScriptedOrigin.Patience);
        await edge.Control.InvalidateAsync(TestEdge.Id, "/a");
        gate.Release();
        Assert.Equal("old", (await early).Body); // it asked before the invalidation
        var late = await edge.GetAsync("/a");
        Assert.Equal(("new", "Miss from cloudfront"), (late.Body, late.Cache));
    }

    [Fact]
    public async Task A_viewer_that_comes_after_an_invalidation_does_not_join_a_fill_from_before_it_DP_27_9()
    {
        await using var edge = await TestEdge.StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("/a").Once(ScriptedReply.Of(200, "old") with { BeforeHead = gate }).Reply(200, "new");
        var early = edge.GetAsync("/a");
        await gate.Reached.WaitAsync(ScriptedOrigin.Patience);
        await edge.Control.InvalidateAsync(TestEdge.Id, "/a");
        Assert.Equal("new", (await edge.GetAsync("/a")).Body);
        gate.Release();
        Assert.Equal("old", (await early).Body);
    }

    [Fact]
    public async Task A_missing_page_is_remembered_for_ten_seconds_DP_19_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/none").Reply(404, "no such page");
        for (var i = 0; i < 3; i++)
        {
            var missing = await edge.GetAsync("/none");
            Assert.Equal((404, "no such page", "Error from cloudfront"), (missing.Status, missing.Body, missing.Cache));
        }

        Assert.Equal(1, edge.Origin.Requests("/none"));
        edge.Clock.Advance(TimeSpan.FromSeconds(11));
        await edge.GetAsync("/none");
        Assert.Equal(2, edge.Origin.Requests("/none"));
    }

    [Fact]
    public async Task The_configured_error_caching_time_counts_DP_19_1()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { ErrorResponses = [new ErrorResponseConfig(404, 100)] });
        edge.Origin.On("/none").Reply(404, "no such page");
        await edge.GetAsync("/none");
        edge.Clock.Advance(TimeSpan.FromSeconds(99));
        await edge.GetAsync("/none");
        Assert.Equal(1, edge.Origin.Requests("/none"));
    }

    [Fact]
    public async Task A_stale_object_is_served_while_one_request_revalidates_it_DP_18_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60, stale-while-revalidate=30"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(200, "v2", ("Cache-Control", "max-age=60")).Hold();
        for (var i = 0; i < 3; i++)
        {
            var stale = await edge.GetAsync("/a");
            Assert.Equal(("v1", "Hit from cloudfront"), (stale.Body, stale.Cache));
        }

        await edge.Origin.WaitForRequestsAsync("/a", 2);
        edge.Origin.On("/a").Release();
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 0);
        Assert.Equal(2, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_stale_object_is_served_when_the_origin_fails_and_the_origin_is_spared_for_a_while_DP_18_3()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(503, "down");
        for (var i = 0; i < 3; i++)
        {
            var stale = await edge.GetAsync("/a");
            Assert.Equal((200, "v1"), (stale.Status, stale.Body));
        }

        Assert.Equal(2, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("max-age=60, stale-if-error=0")]
    [InlineData("max-age=60, must-revalidate")]
    public async Task A_stale_object_is_not_served_where_the_origin_forbade_it_DP_18_2_DP_14_4(string cacheControl)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", cacheControl));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(503, "down");
        Assert.Equal(503, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task Private_answers_are_never_shared()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.UseOriginHeaders } });
        var count = 0;
        edge.Origin.On("/me").Handle(_ => ScriptedReply.Of(200, $"answer {Interlocked.Increment(ref count)}", ("Cache-Control", "private")));
        Assert.Equal("answer 1", (await edge.GetAsync("/me")).Body);
        Assert.Equal("answer 2", (await edge.GetAsync("/me")).Body);
        Assert.Equal("answer 3", (await edge.GetAsync("/me")).Body);
    }

    [Fact]
    public async Task A_restart_finds_the_cache_warm_and_its_invalidations_remembered_DP_21_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "kept");
        edge.Origin.On("/b").Reply(200, "purged");
        await edge.GetAsync("/a");
        await edge.GetAsync("/b");
        await edge.Control.InvalidateAsync(TestEdge.Id, "/b");
        await edge.RestartAsync();
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task Head_is_answered_from_a_cached_get_and_passed_on_when_nothing_is_cached_DP_4_7_DP_15_8()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        var miss = await edge.SendAsync(HttpMethod.Head, "/a");
        Assert.Equal(("", "5", "Miss from cloudfront"), (miss.Body, miss.Header("Content-Length"), miss.Cache));
        Assert.Equal("HEAD", edge.Origin.Last("/a").Method);
        await edge.GetAsync("/a");
        var hit = await edge.SendAsync(HttpMethod.Head, "/a");
        Assert.Equal(("", "5", "Hit from cloudfront"), (hit.Body, hit.Header("Content-Length"), hit.Cache));
    }

    [Fact]
    public async Task What_is_in_the_key_makes_an_object_of_its_own_and_what_is_not_does_not_DP_6_2()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            Behaviors = [TestEdge.Behavior("/keyed/*") with { CachePolicyId = TestPolicies.CookiesInKey }],
        });
        edge.Origin.On("*").Handle(request => ScriptedReply.Of(200, $"{request.Target} {request.Header("Cookie")}", ("Cache-Control", "max-age=60")));
        Assert.Equal("/keyed/a?x=1 c=1; d=2", (await edge.GetAsync("/keyed/a?x=1", ("Cookie", "d=2; c=1"))).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/keyed/a?x=1", ("Cookie", "c=1; d=2"))).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/keyed/a?x=2", ("Cookie", "c=1; d=2"))).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/keyed/a?x=1", ("Cookie", "c=2; d=2"))).Cache);
        Assert.Equal("/free ", (await edge.GetAsync("/free?x=1", ("Cookie", "c=1"))).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/free?x=2", ("Cookie", "c=2"))).Cache);
    }

    [Fact]
    public async Task One_viewers_refused_request_does_not_keep_everybodys_object_out_of_the_cache()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Once(ScriptedReply.Of(401, "who are you")).Reply(200, "hello");
        Assert.Equal(401, (await edge.GetAsync("/a")).Status);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task A_request_that_could_not_be_sent_on_is_refused_before_it_is_taken_for_the_origins_failure()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        var refused = await edge.SendRawAsync($"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nX-Forwarded-For: \u0001\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", refused, StringComparison.Ordinal);
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task Stale_if_error_ends_however_often_the_origin_fails_DP_18_2()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60, stale-if-error=25"));
        await edge.GetAsync("/a");
        edge.Origin.On("/a").Reply(503, "down");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
        edge.Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
        edge.Clock.Advance(TimeSpan.FromSeconds(13));
        Assert.Equal(503, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task A_cookie_reserved_for_one_viewer_passes_where_nothing_is_stored_DP_14_9()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled, OriginRequestPolicyId = TestPolicies.AllViewer },
        });
        edge.Origin.On("/login").Reply(200, "welcome", ("Cache-Control", "no-cache=\"Set-Cookie\""), ("Set-Cookie", "session=1"));
        Assert.Equal("session=1", (await edge.GetAsync("/login")).Header("Set-Cookie"));
    }
}
