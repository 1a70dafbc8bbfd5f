// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Attacks;

/// <summary>What one viewer sends outside of the key changes nothing of what the next one gets (§6): cache poisoning, denial by cached errors, deception.</summary>
public sealed class PoisoningTests
{
    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-URL", "/admin")]
    [InlineData("X-Rewrite-URL", "/admin")]
    [InlineData("X-HTTP-Method-Override", "POST")]
    [InlineData("Forwarded", "host=evil.example")]
    [InlineData("Cookie", "admin=1")]
    [InlineData("If-None-Match", "\"1\"")]
    [InlineData("If-Match", "\"2\"")]
    [InlineData("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("If-Range", "\"2\"")]
    [InlineData("Frontier-Explain", "guess;live;method=DELETE")]
    [InlineData("Frontier-Explain-Client", "10.0.0.1")]
    [InlineData("X-Edge-Total", "98765")]
    [InlineData("X-Edge-Signpost", "fedcba9876543210")]
    [InlineData("CloudFront-Viewer-Country", "XX")]
    public async Task A_field_outside_of_the_key_does_not_reach_the_fetch_that_all_share(string name, string value)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "good", ("ETag", "\"1\""), ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a", (name, value));
        Assert.DoesNotContain(value, edge.Origin.Last("/a").RawText, StringComparison.Ordinal);
        var next = await edge.GetAsync("/a");
        Assert.Equal((200, "good", "Hit from cloudfront"), (next.Status, next.Body, next.Cache));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task An_error_that_only_a_range_provokes_is_not_served_to_viewers_of_the_whole(int status)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(status, "no ranges", ("Cache-Control", "max-age=60"));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(status, (await edge.GetAsync("/a", ("Range", "bytes=0-1"))).Status);
        }

        Assert.Equal(1, edge.Origin.Requests("/a")); // kept, but for those who ask for that part
        edge.Origin.On("/a").Reply(200, "good");
        var whole = await edge.GetAsync("/a");
        Assert.Equal((200, "good", "Miss from cloudfront"), (whole.Status, whole.Body, whole.Cache));
    }

    [Theory]
    [InlineData("//a")]
    [InlineData("/./a")]
    [InlineData("/b/../a")]
    [InlineData("/%61")]
    [InlineData("/a;x")]
    [InlineData("/a%2f")]
    [InlineData("/a/")]
    [InlineData("/a%0ablock:0%0a")]
    [InlineData("/a%3fq")]
    [InlineData("/a%23.css")]
    [InlineData("/ablock:0")]
    [InlineData("/A")]
    public async Task A_path_that_an_origin_might_take_for_another_has_a_key_of_its_own_DP_6_1(string path)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("*").Handle(static request => Frontier.Testing.ScriptedReply.Of(200, request.Target));
        Assert.Equal(path, (await edge.GetAsync(path)).Body);
        var other = await edge.GetAsync("/a");
        Assert.Equal(("/a", "Miss from cloudfront"), (other.Body, other.Cache));
    }

    [Theory]
    [InlineData("a=1;b=2")]
    [InlineData("a=1&amp;b=2")]
    [InlineData("a=1&a=2")]
    [InlineData("a=1%26b=2")]
    [InlineData("A=1")]
    public async Task A_cloaked_parameter_is_part_of_the_key_as_it_stands_DP_6_4(string query)
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.CookiesInKey } });
        edge.Origin.On("*").Handle(static request => Frontier.Testing.ScriptedReply.Of(200, request.Target));
        Assert.Equal($"/a?{query}", (await edge.GetAsync($"/a?{query}")).Body);
        Assert.Equal("/a?a=1", (await edge.GetAsync("/a?a=1")).Body);
    }

    [Fact]
    public async Task A_flood_of_ranges_asks_the_origin_nothing_and_more_than_64_are_none_DP_16_4()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new byte[100_000], ("ETag", "\"1\""));
        await edge.GetAsync("/a");
        for (var i = 0; i < 5; i++)
        {
            var most = await edge.GetAsync("/a", ("Range", "bytes=" + string.Join(',', Enumerable.Range(0, 64).Select(static n => $"{2 * n}-{2 * n}"))));
            Assert.Equal(206, most.Status);
            var more = await edge.GetAsync("/a", ("Range", "bytes=" + string.Join(',', Enumerable.Range(0, 65).Select(static n => $"{2 * n}-{2 * n}"))));
            Assert.Equal((200, 100_000), (more.Status, more.Bytes.Length));
        }

        Assert.Equal(1, edge.Origin.Requests("/a"));
    }
}
