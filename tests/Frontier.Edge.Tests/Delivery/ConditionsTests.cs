// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Delivery;

/// <summary>A viewer's conditions against a fresh object (DP-15.4 to DP-15.6).</summary>
public sealed class ConditionsTests
{
    private const string Modified = "Fri, 07 Aug 2026 10:00:00 GMT";
    private const string Earlier = "Fri, 07 Aug 2026 09:59:59 GMT";

    [Theory]
    [InlineData("If-None-Match", "\"v1\"")]
    [InlineData("If-None-Match", "W/\"v1\"")]
    [InlineData("If-None-Match", "\"v0\", W/\"x,y\", \"v1\"")]
    [InlineData("If-None-Match", "*")]
    [InlineData("If-None-Match", "v1")] // as older clients send it
    [InlineData("If-Modified-Since", Modified)]
    [InlineData("If-Modified-Since", "Fri, 07 Aug 2026 11:00:00 GMT")]
    public async Task A_viewer_that_has_the_object_gets_304_without_a_body_DP_15_4(string name, string value)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", (name, value));
        Assert.Equal((304, 0, "Hit from cloudfront"), (answer.Status, answer.Bytes.Length, answer.Cache)); // DP-21.3
        Assert.Equal(("\"v1\"", "max-age=60", "0"), (answer.Header("ETag"), answer.Header("Cache-Control"), answer.Header("Age")));
        Assert.Null(answer.Header("Content-Length"));
        Assert.Null(answer.Header("Content-Type"));
        Assert.Equal(1, edge.Origin.Requests("/a"));
        Assert.Equal(304, (await edge.Records.OfAsync(answer)).Status);
    }

    [Theory]
    [InlineData("If-None-Match", "\"v2\"")]
    [InlineData("If-None-Match", "\"V1\"")]
    [InlineData("If-Modified-Since", Earlier)]
    [InlineData("If-Modified-Since", "yesterday")]
    [InlineData("If-Match", "\"v1\"")]
    [InlineData("If-Match", "*")]
    [InlineData("If-Unmodified-Since", Modified)]
    public async Task A_condition_that_holds_changes_nothing(string name, string value)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", (name, value));
        Assert.Equal((200, "0123456789", "text/plain"), (answer.Status, answer.Body, answer.Header("Content-Type")));
    }

    [Theory]
    [InlineData("If-Match", "\"v2\"")]
    [InlineData("If-Match", "W/\"v1\"")]
    [InlineData("If-Unmodified-Since", Earlier)]
    public async Task A_precondition_that_fails_is_412_and_nothing_is_forgotten_DP_15_5(string name, string value)
    {
        await using var edge = await WithObjectAsync();
        var answer = await edge.GetAsync("/a", (name, value));
        Assert.Equal((412, "Error from cloudfront"), (answer.Status, answer.Cache));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task The_tag_decides_where_tag_and_date_disagree_DP_15_4()
    {
        await using var edge = await WithObjectAsync();
        Assert.Equal(200, (await edge.GetAsync("/a", ("If-None-Match", "\"v2\""), ("If-Modified-Since", Modified))).Status);
        Assert.Equal(304, (await edge.GetAsync("/a", ("If-None-Match", "\"v1\""), ("If-Modified-Since", Earlier))).Status);
        Assert.Equal(412, (await edge.GetAsync("/a", ("If-Match", "\"v2\""), ("If-None-Match", "\"v1\""))).Status);
    }

    [Fact]
    public async Task A_head_is_conditional_too()
    {
        await using var edge = await WithObjectAsync();
        Assert.Equal(304, (await edge.SendAsync(HttpMethod.Head, "/a", null, ("If-None-Match", "\"v1\""))).Status);
        Assert.Equal(412, (await edge.SendAsync(HttpMethod.Head, "/a", null, ("If-Match", "\"v2\""))).Status);
    }

    [Fact]
    public async Task Where_cookies_are_in_the_key_conditions_are_not_supported_DP_15_6()
    {
        await using var edge = await WithObjectAsync(TestPolicies.CookiesInKey);
        Assert.Equal(200, (await edge.GetAsync("/a", ("If-None-Match", "\"v1\""))).Status);
        Assert.Equal(200, (await edge.GetAsync("/a", ("If-Match", "\"v2\""))).Status);
    }

    [Fact]
    public async Task Conditions_on_a_miss_do_not_keep_the_object_out_of_the_cache()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => request.Header("If-None-Match") is null
            ? Testing.ScriptedReply.Of(200, "0123456789", ("ETag", "\"v1\""))
            : Testing.ScriptedReply.Of(304, "", ("ETag", "\"v1\"")));
        Assert.Equal(304, (await edge.GetAsync("/a", ("If-None-Match", "\"v1\""))).Status);
        Assert.Equal((200, "0123456789"), Told(await edge.GetAsync("/a")));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    private static (int, string) Told(ViewerAnswer answer) => (answer.Status, answer.Body);

    private static async Task<TestEdge> WithObjectAsync(string policy = TestEdge.CachingOptimized)
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = policy } });
        edge.Origin.On("/a").Reply(200, "0123456789", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""), ("Last-Modified", Modified), ("Content-Type", "text/plain"));
        await edge.GetAsync("/a");
        return edge;
    }
}
