// SPDX-License-Identifier: Apache-2.0

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
        edge.Origin.On("/a").Once(Testing.ScriptedReply.Of(204));
        await edge.SendAsync(new HttpMethod(method), "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_failure_does_not(int status)
    {
        await using var edge = await WithObjectsAsync("/a");
        edge.Origin.On("/a").Once(Testing.ScriptedReply.Of(status));
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
        edge.Origin.On("/a").Once(Testing.ScriptedReply.Of(201, "", (header, value)));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task What_it_points_to_on_another_host_does_not()
    {
        await using var edge = await WithObjectsAsync("/a", "/b");
        edge.Origin.On("/a").Once(Testing.ScriptedReply.Of(201, "", ("Location", "http://elsewhere.example/b")));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task Parts_go_with_the_whole()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => request.Method == "PUT"
            ? Testing.ScriptedReply.Of(204)
            : Testing.ScriptedReply.Of(206, "0123456789", ("Content-Range", "bytes 0-9/10"), ("ETag", "\"1\""), ("Cache-Control", "max-age=60")));
        await edge.GetAsync("/a", ("Range", "bytes=2-3"));
        await edge.SendAsync(HttpMethod.Put, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Range", "bytes=2-3"))).Cache);
    }

    [Fact]
    public async Task All_variants_go_together()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => Testing.ScriptedReply.Of(200, request.Header("Foo") ?? "", ("Cache-Control", "max-age=60"), ("Vary", "Foo")));
        await edge.GetAsync("/a", ("Foo", "1"));
        await edge.GetAsync("/a", ("Foo", "2"));
        await edge.SendAsync(HttpMethod.Post, "/a");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Foo", "1"))).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Foo", "2"))).Cache);
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
