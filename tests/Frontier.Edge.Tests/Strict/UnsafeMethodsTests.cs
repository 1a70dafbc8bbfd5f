// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Decisions.Explaining;
using Frontier.Edge.Tests.Explaining;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Strict;

/// <summary>Requests that change something put an end to what is stored (RFC 9111, section 4.4).</summary>
public sealed class UnsafeMethodsTests
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_success_makes_the_next_request_a_miss(string method)
    {
        await using var edge = await WithObjectsAsync("/a");
        edge.Origin.On("/a").Once(ScriptedReply.Of(204));
        await edge.SendAsync(new HttpMethod(method), "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_failure_does_not(int status)
    {
        await using var edge = await WithObjectsAsync("/a");
        edge.Origin.On("/a").Once(ScriptedReply.Of(status));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Theory]
    [InlineData("Location", "/b")]
    [InlineData("Content-Location", "b")]
    [InlineData("Location", "http://d111111abcdef8.frontier.localhost/b")]
    public async Task What_the_answer_points_to_on_the_same_host_goes_with_it(string header, string value)
    {
        await using var edge = await WithObjectsAsync("/a", "/b");
        edge.Origin.On("/a").Once(ScriptedReply.Of(201, "", (header, value)));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task What_it_points_to_on_another_host_does_not()
    {
        await using var edge = await WithObjectsAsync("/a", "/b");
        edge.Origin.On("/a").Once(ScriptedReply.Of(201, "", ("Location", "http://elsewhere.example/b")));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task What_it_points_to_is_what_the_default_root_object_makes_of_it()
    {
        await using var edge = await StrictEdge.StartAsync(defaultRootObject: "index.html");
        edge.Origin.On("/index.html").Reply(200, "x", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/")).Cache);
        edge.Origin.On("/a").Once(ScriptedReply.Of(201, "", ("Location", "/")));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/")).Cache);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/b")]
    public async Task Copies_that_the_cache_policy_keeps_apart_by_a_header_go_together(string changed)
    {
        await using var edge = await StrictEdge.StartAsync(TestPolicies.AuthorizationInKey);
        await AssertAllGoAsync(edge, changed, [("Authorization", "one")], [("Authorization", "two")], []);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/b")]
    public async Task Copies_that_it_keeps_apart_by_cookies_go_together(string changed)
    {
        await using var edge = await StrictEdge.StartAsync(TestPolicies.CookiesInKey);
        await AssertAllGoAsync(edge, changed, [("Cookie", "who=one")], [("Cookie", "who=two; what=else")], []);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/b")]
    public async Task Copies_in_every_encoding_go_together(string changed)
    {
        await using var edge = await StrictEdge.StartAsync(TestEdge.CachingOptimized);
        await AssertAllGoAsync(edge, changed, [("Accept-Encoding", "gzip")], [("Accept-Encoding", "br")], [("Accept-Encoding", "gzip, br")], []);
    }

    [Fact]
    public async Task Another_query_is_another_URL_where_the_policy_takes_it_and_the_same_one_where_not()
    {
        await using var apart = await StrictEdge.StartAsync(TestPolicies.CookiesInKey);
        Assert.Equal("Hit from cloudfront", await ChangeAnotherQueryAsync(apart));
        await using var together = await StrictEdge.StartAsync();
        Assert.Equal("Miss from cloudfront", await ChangeAnotherQueryAsync(together));

        static async Task<string?> ChangeAnotherQueryAsync(TestEdge edge)
        {
            edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"));
            await edge.GetAsync("/a?x=1");
            await edge.SendAsync(HttpMethod.Post, "/a?x=2");
            return (await edge.GetAsync("/a?x=1")).Cache;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(700)]
    public async Task Parts_go_with_the_whole_however_far_behind_they_lie(long block)
    {
        const long Total = 1L << 30;
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => request.Method == "PUT" ? ScriptedReply.Of(204) : Part(request.Header("Range")!));
        var range = string.Create(CultureInfo.InvariantCulture, $"bytes={(block << 20) + 2}-{(block << 20) + 3}");
        Assert.Equal(206, (await edge.GetAsync("/a", ("Range", range))).Status);
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/a", ("Range", range))).Cache == "Hit from cloudfront");
        await edge.SendAsync(HttpMethod.Put, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Range", range))).Cache);

        static ScriptedReply Part(string asked)
        {
            var ends = asked["bytes=".Length..].Split('-').Select(static end => long.Parse(end, CultureInfo.InvariantCulture)).ToArray();
            var contentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {ends[0]}-{ends[1]}/{Total}");
            return ScriptedReply.Of(206, new string('x', (int)(ends[1] - ends[0] + 1)), ("Content-Range", contentRange), ("ETag", "\"1\""), ("Cache-Control", "max-age=600"));
        }
    }

    [Fact]
    public async Task A_fetch_that_was_under_way_answers_its_viewer_and_nobody_after_the_change()
    {
        await using var edge = await StrictEdge.StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("/a").Once(ScriptedReply.Of(200, "old", ("Cache-Control", "max-age=60")) with { BeforeHead = gate });
        var before = edge.GetAsync("/a");
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        edge.Origin.On("/a").Handle(request => request.Method == "POST" ? ScriptedReply.Of(204) : ScriptedReply.Of(200, "new", ("Cache-Control", "max-age=60")));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("new", (await edge.GetAsync("/a")).Body);
        gate.Release();
        Assert.Equal("old", (await before).Body);
        Assert.Equal(("new", "Hit from cloudfront"), ((await edge.GetAsync("/a")).Body, (await edge.GetAsync("/a")).Cache));
    }

    [Fact]
    public async Task What_was_ended_does_not_come_back_with_a_restart()
    {
        await using var edge = await WithObjectsAsync("/a");
        await edge.GetAsync("/a"); // a second time: on disk from here on
        await edge.SendAsync(HttpMethod.Delete, "/a");
        await edge.RestartAsync(options => options with { StrictHttpCaching = true });
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task An_explanation_names_the_change_and_no_invalidation()
    {
        await using var edge = await WithObjectsAsync("/a", "/b");
        await edge.SendAsync(HttpMethod.Post, "/a");
        await edge.Control.InvalidateAsync(TestEdge.Id, "/b");
        var cache = (await edge.ExplainAsync("/a")).Cache!;
        Assert.Equal((CacheState.Absent, "Changed", "RFC 9111, section 4.4"), (cache.State, cache.Reason, cache.Rule));
        Assert.Equal((null, null), (cache.InvalidatedBySequence, cache.InvalidationId));
        Assert.Equal((1L, "I1"), ((await edge.ExplainAsync("/b")).Cache!.InvalidatedBySequence, (await edge.ExplainAsync("/b")).Cache!.InvalidationId));

        var missed = await edge.Records.OfAsync(await edge.GetAsync("/a"));
        Assert.Equal((Usage.MissReason.Invalidated, 0L), (missed.MissReason, missed.InvalidatedBy));
    }

    [Fact]
    public async Task The_control_plane_hears_of_its_own_log_alone()
    {
        await using var edge = await WithObjectsAsync("/a");
        for (var i = 0; i < 10; i++)
        {
            await edge.SendAsync(HttpMethod.Post, "/a");
        }

        await edge.Control.InvalidateAsync(TestEdge.Id, "/b");
        Assert.Equal(1, edge.Control.LastReport!.InvalidationPosition);
        await edge.SendAsync(HttpMethod.Post, "/a");
        await edge.Control.InvalidateAsync(TestEdge.Id, "/b");
        Assert.Equal(2, edge.Control.LastReport!.InvalidationPosition);
    }

    [Fact]
    public async Task All_variants_go_together()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => ScriptedReply.Of(200, request.Header("Foo") ?? "", ("Cache-Control", "max-age=60"), ("Vary", "Foo")));
        await edge.GetAsync("/a", ("Foo", "1"));
        await edge.GetAsync("/a", ("Foo", "2"));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Foo", "1"))).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Foo", "2"))).Cache);
    }

    /// <summary>Stores a copy of /b for each kind of request, changes that URL or one whose answer points to it, and finds none of them.</summary>
    private static async Task AssertAllGoAsync(TestEdge edge, string changed, params (string Name, string Value)[][] kinds)
    {
        edge.Origin.On("/a").Handle(_ => ScriptedReply.Of(201, "", ("Content-Location", "/b")));
        edge.Origin.On("/b").Reply(200, "x", ("Cache-Control", "public, max-age=60"));
        var before = edge.Origin.Requests("/b");
        foreach (var kind in kinds)
        {
            Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/b", kind)).Cache);
        }

        foreach (var kind in kinds)
        {
            Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/b", kind)).Cache);
        }

        Assert.Equal(before + kinds.Length, edge.Origin.Requests("/b"));
        await edge.SendAsync(HttpMethod.Post, changed, null, kinds[0]);
        foreach (var kind in kinds)
        {
            Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/b", kind)).Cache);
        }
    }

    private static async Task<TestEdge> WithObjectsAsync(params string[] paths)
    {
        var edge = await StrictEdge.StartAsync();
        foreach (var path in paths)
        {
            edge.Origin.On(path).Reply(200, "x", ("Cache-Control", "max-age=60"));
            await edge.GetAsync(path);
        }

        return edge;
    }
}
