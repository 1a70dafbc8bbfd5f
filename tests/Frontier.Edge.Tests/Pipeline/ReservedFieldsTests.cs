// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>What an answer reserves for one viewer reaches the one it was made for, and is stored for nobody (DP-14.9; RFC 9111, sections 5.2.2.4 and 5.2.2.7).</summary>
public sealed class ReservedFieldsTests
{
    [Theory]
    [InlineData("max-age=60, no-cache=\"X-Mine\"")]
    [InlineData("max-age=60, private=\"X-Mine\"")]
    public async Task The_viewer_that_brought_a_stored_answer_has_its_reserved_fields_and_nobody_else_DP_14_9(string control)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", control), ("X-Mine", "1"), ("X-All", "2"));
        var first = await edge.GetAsync("/a");
        Assert.Equal(("Miss from cloudfront", "1", "2"), (first.Cache, first.Header("X-Mine"), first.Header("X-All")));
        var second = await edge.GetAsync("/a");
        Assert.Equal(("Hit from cloudfront", null, "2"), (second.Cache, second.Header("X-Mine"), second.Header("X-All")));
    }

    [Fact]
    public async Task Whoever_reads_along_does_not_get_the_leaders_fields_DP_14_9()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60, private=\"X-Mine\""), ("X-Mine", "1")).Hold();
        Task<ViewerAnswer>[] viewers = [edge.GetAsync("/a"), edge.GetAsync("/a"), edge.GetAsync("/a")];
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        edge.Origin.On("/a").Release();
        var answers = await Task.WhenAll(viewers);
        Assert.Single(answers, static answer => answer.Header("X-Mine") is not null);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task What_a_304_reserves_goes_to_the_viewer_that_asked_DP_14_9()
    {
        await using var edge = await TestEdge.StartAsync();
        (string, string)[] fields = [("Cache-Control", "max-age=60, no-cache=\"X-Mine\""), ("ETag", "\"1\"")];
        edge.Origin.On("/a").Reply(200, "hello", fields);
        await edge.GetAsync("/a");
        edge.Origin.On("/a").Reply(304, "", [.. fields, ("X-Mine", "2")]);
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var renewed = await edge.GetAsync("/a");
        Assert.Equal((200, "RefreshHit from cloudfront", "2"), (renewed.Status, renewed.Cache, renewed.Header("X-Mine")));
        Assert.Null((await edge.GetAsync("/a")).Header("X-Mine"));
    }

    [Fact]
    public async Task A_block_brings_its_viewer_what_is_reserved_for_it_DP_14_9()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(
            206, "0123456789", ("Content-Range", "bytes 0-9/10"), ("ETag", "\"1\""), ("Cache-Control", "max-age=60, private=\"X-Mine\""), ("X-Mine", "1"));
        var first = await edge.GetAsync("/a", ("Range", "bytes=1-3"));
        Assert.Equal((206, "123", "1"), (first.Status, first.Body, first.Header("X-Mine")));
        var second = await edge.GetAsync("/a", ("Range", "bytes=1-3"));
        Assert.Equal((206, "Hit from cloudfront", null), (second.Status, second.Cache, second.Header("X-Mine")));
    }
}
