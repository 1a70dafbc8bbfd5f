// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Invalidation by the tags an origin gives its objects (DP-27.12).</summary>
public class CacheTagsTests
{
    [Fact]
    public async Task One_tag_takes_every_object_that_carries_it_and_no_other()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { CacheTagHeader = "Edge-Cache-Tag" });
        edge.Origin.On("/shoe").Reply(200, "shoe", ("Edge-Cache-Tag", "Product:1, sale"));
        edge.Origin.On("/sock").Reply(200, "sock", ("Edge-Cache-Tag", "product:2,SALE"));
        edge.Origin.On("/hat").Reply(200, "hat", ("Edge-Cache-Tag", "product:3"));
        edge.Origin.On("/sale").Reply(200, "page");
        string[] paths = ["/shoe", "/sock", "/hat", "/sale"];
        foreach (var path in paths)
        {
            await edge.GetAsync(path);
        }

        await edge.Control.InvalidateAsync(TestEdge.Id, "#Sale");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/shoe")).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/sock")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/hat")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/sale")).Cache);

        await edge.Control.InvalidateAsync(TestEdge.Id, "#product:3", "/sale");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/hat")).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/sale")).Cache);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/sock")).Cache);
    }

    [Fact]
    public async Task Without_a_header_name_no_object_has_tags()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "a", ("Edge-Cache-Tag", "sale"));
        await edge.GetAsync("/a");
        await edge.Control.InvalidateAsync(TestEdge.Id, "#sale");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task A_validated_object_keeps_its_tags()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { CacheTagHeader = "Edge-Cache-Tag" });
        edge.Origin.On("/a").Reply(200, "a", ("Edge-Cache-Tag", "sale"), ("ETag", "\"1\""), ("Cache-Control", "max-age=10"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(11));
        edge.Origin.On("/a").Reply(304, "", ("ETag", "\"1\""), ("Cache-Control", "max-age=10"));
        Assert.Equal("RefreshHit from cloudfront", (await edge.GetAsync("/a")).Cache);
        edge.Origin.On("/a").Reply(200, "new");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        await edge.Control.InvalidateAsync(TestEdge.Id, "#sale");
        var fresh = await edge.GetAsync("/a");
        Assert.Equal(("new", "Miss from cloudfront"), (fresh.Body, fresh.Cache));
    }
}
