// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>A response headers policy reaches every answer that leaves through its behavior (§21.3, step 17 of §1).</summary>
public sealed class ResponseHeadersPoliciesTests
{
    [Fact]
    public async Task Misses_hits_and_304s_carry_the_policys_headers_and_the_stored_object_does_not_DP_21_10()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("ETag", "\"v1\""), ("Server", "nginx"), ("X-Powered-By", "php"), ("X-Content-Type-Options", "other"), ("X-Frame-Options", "DENY"));
        var (miss, hit) = (await edge.GetAsync("/a"), await edge.GetAsync("/a"));
        var notModified = await edge.GetAsync("/a", ("If-None-Match", "\"v1\""));
        Assert.Equal((200, 200, 304), (miss.Status, hit.Status, notModified.Status));
        Assert.Equal(("Miss from cloudfront", "Hit from cloudfront", "Hit from cloudfront"), (miss.Cache, hit.Cache, notModified.Cache));
        Assert.All([miss, hit, notModified], static answer =>
        {
            Assert.Equal(("nosniff", "DENY", "CloudFront"), (answer.Header("X-Content-Type-Options"), answer.Header("X-Frame-Options"), answer.Header("Server")));
            Assert.Null(answer.Header("X-Powered-By"));
        });

        edge.Configure();
        await edge.DeployedAsync();
        var without = await edge.GetAsync("/a");
        Assert.Equal(("Hit from cloudfront", "nginx", "php", "other"), (without.Cache, without.Header("Server"), without.Header("X-Powered-By"), without.Header("X-Content-Type-Options"))); // DP-6.9
    }

    [Fact]
    public async Task A_removed_date_becomes_the_edges_own_DP_21_13()
    {
        const string LongAgo = "Fri, 07 Aug 1998 10:00:00 GMT";
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Date", LongAgo));
        var answer = await edge.GetAsync("/a");
        Assert.NotNull(answer.Header("Date"));
        Assert.NotEqual(LongAgo, answer.Header("Date"));
    }

    [Fact]
    public async Task Errors_redirects_passes_and_refusals_carry_them_too()
    {
        await using var edge = await StartAsync(static behavior => behavior with { AllowedMethods = ["GET", "HEAD", "OPTIONS"] });
        edge.Origin.On("/missing").Reply(404, "no");
        edge.Origin.On("/moved").Reply(302, "", ("Location", "/a"));
        edge.Origin.On("/private").Reply(200, "yours", ("Cache-Control", "private"));
        Assert.All(
            [
                (404, await edge.GetAsync("/missing")), (404, await edge.GetAsync("/missing")), (302, await edge.GetAsync("/moved")), (200, await edge.GetAsync("/private")),
                (403, await edge.SendAsync(HttpMethod.Post, "/a", new StringContent("x"))), (200, await edge.SendAsync(HttpMethod.Head, "/private")),
            ],
            static expected =>
            {
                Assert.Equal(expected.Item1, expected.Item2.Status);
                Assert.Equal(("nosniff", "SAMEORIGIN"), (expected.Item2.Header("X-Content-Type-Options"), expected.Item2.Header("X-Frame-Options")));
            });

        edge.Configure(static distribution => distribution with { DefaultBehavior = Behavior(static behavior => behavior with { ViewerProtocol = ViewerProtocol.RedirectToHttps }) });
        await edge.DeployedAsync();
        var redirect = await edge.GetAsync("/a");
        Assert.Equal((301, "nosniff"), (redirect.Status, redirect.Header("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Before_a_behavior_is_known_there_is_no_policy()
    {
        await using var edge = await StartAsync();
        var unknown = await edge.GetAsync("/a", ("Host", "nobody.example"));
        Assert.Equal((403, null), (unknown.Status, unknown.Header("X-Content-Type-Options")));
    }

    [Fact]
    public async Task The_identification_headers_stay_the_edges_own_DP_1_4()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        var answer = await edge.GetAsync("/a");
        Assert.Equal(("Miss from cloudfront", "LCL50-C1"), (answer.Cache, answer.Header("X-Amz-Cf-Pop")));
    }

    [Fact]
    public async Task Sharing_is_decided_for_each_viewer_of_one_object_DP_21_4_DP_21_6()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/font").Reply(200, "hello");
        var (none, allowed, other) = (await edge.GetAsync("/font"), await edge.GetAsync("/font", ("Origin", "https://www.example.org")), await edge.GetAsync("/font", ("Origin", "https://evil.example")));
        Assert.Equal((null, null), (none.Header("Access-Control-Allow-Origin"), none.Header("Vary")));
        Assert.Equal(("https://www.example.org", "true", "Origin"), (allowed.Header("Access-Control-Allow-Origin"), allowed.Header("Access-Control-Allow-Credentials"), allowed.Header("Vary")));
        Assert.Null(other.Header("Access-Control-Allow-Origin"));
        Assert.Equal(1, edge.Origin.Requests("/font"));
    }

    [Theory]
    [InlineData(true, 200, 1)]
    [InlineData(false, 403, 0)]
    public async Task A_preflight_goes_to_the_origin_or_is_refused_and_carries_the_headers_either_way_DP_21_7(bool optionsAllowed, int status, int requests)
    {
        await using var edge = await StartAsync(behavior => optionsAllowed ? behavior with { AllowedMethods = ["GET", "HEAD", "OPTIONS"] } : behavior);
        edge.Origin.On("/api").Reply(200, "");
        var answer = await edge.SendAsync(
            HttpMethod.Options, "/api", null, ("Origin", "https://www.example.org"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-amz-test, x-other"));
        Assert.Equal((status, requests), (answer.Status, edge.Origin.Requests("/api")));
        Assert.Equal(
            ("https://www.example.org", "GET, DELETE, HEAD, OPTIONS, PATCH, POST, PUT", "x-amz-test", "600"),
            (answer.Header("Access-Control-Allow-Origin"), answer.Header("Access-Control-Allow-Methods"), answer.Header("Access-Control-Allow-Headers"), answer.Header("Access-Control-Max-Age")));
    }

    [Fact]
    public async Task Server_timing_tells_misses_hits_and_refreshes_apart()
    {
        await using var edge = await StartAsync(static behavior => behavior with { ResponseHeadersPolicyId = TestPolicies.TimingAlways });
        edge.Origin.On("/a").Handle(static request => request.Header("If-None-Match") is null
            ? ScriptedReply.Of(200, "v1", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"), ("Server-Timing", "db;dur=5"))
            : ScriptedReply.Of(304, "", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60")));
        var miss = await edge.GetAsync("/a");
        Assert.Equal(
            $"cdn-upstream-layer;desc=\"EDGE\",cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=0,cdn-upstream-fbl;dur=0,cdn-cache-miss,cdn-pop;desc=\"LCL50-C1\",cdn-rid;desc=\"{miss.Header("X-Amz-Cf-Id")}\",cdn-downstream-fbl;dur=0,db;dur=5",
            miss.Header("Server-Timing"));
        var hit = await edge.GetAsync("/a");
        Assert.Equal(
            $"cdn-cache-hit,cdn-pop;desc=\"LCL50-C1\",cdn-rid;desc=\"{hit.Header("X-Amz-Cf-Id")}\",cdn-hit-layer;desc=\"EDGE\",cdn-downstream-fbl;dur=0", hit.Header("Server-Timing"));
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var refresh = await edge.GetAsync("/a");
        Assert.Equal("RefreshHit from cloudfront", refresh.Cache);
        Assert.StartsWith("cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=0,cdn-upstream-fbl;dur=0,cdn-cache-refresh,", refresh.Header("Server-Timing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_timing_of_a_miss_says_how_long_the_origin_took()
    {
        await using var edge = await StartAsync(static behavior => behavior with { ResponseHeadersPolicyId = TestPolicies.TimingAlways, CachePolicyId = TestEdge.CachingDisabled });
        edge.Origin.On("/slow").Reply(200, "hello").Hold();
        var asking = edge.GetAsync("/slow");
        await edge.Origin.WaitForRequestsAsync("/slow", 1);
        edge.Clock.Advance(TimeSpan.FromSeconds(3));
        edge.Origin.On("/slow").Release();
        var told = (await asking).Header("Server-Timing");
        Assert.Contains("cdn-upstream-fbl;dur=3000,cdn-cache-miss,", told, StringComparison.Ordinal);
        Assert.EndsWith("cdn-downstream-fbl;dur=3000", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_zero_percent_those_who_ask_are_told()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        Assert.Null((await edge.GetAsync("/a")).Header("Server-Timing"));
        Assert.StartsWith("cdn-cache-hit,", (await edge.GetAsync("/a", ("Pragma", "server-timing"))).Header("Server-Timing"), StringComparison.Ordinal);
    }

    private static Task<TestEdge> StartAsync(Func<BehaviorConfig, BehaviorConfig>? change = null) =>
        TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = Behavior(change) });

    private static BehaviorConfig Behavior(Func<BehaviorConfig, BehaviorConfig>? change)
    {
        var behavior = TestEdge.Behavior("*") with { ResponseHeadersPolicyId = TestPolicies.EveryHeader };
        return change is null ? behavior : change(behavior);
    }
}
