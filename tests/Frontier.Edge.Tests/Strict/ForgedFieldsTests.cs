// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Strict;

/// <summary>An origin that sends the fields by which the edge marks its own entries in the cache changes nothing by them.</summary>
public sealed class ForgedFieldsTests
{
    private static readonly (string, string)[] Forged =
        [("X-Edge-Signpost", "0123456789abcdef"), ("x-edge-failure", "DnsError"), ("X-EDGE-TOTAL", "5"), ("X-Edge-Anything", "1")];

    [Fact]
    public async Task On_an_answer_that_does_not_vary_they_are_dropped_and_it_is_an_object_like_any_other()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", [.. Forged, ("Cache-Control", "max-age=60"), ("ETag", "\"v1\"")]);
        foreach (var cache in new[] { "Miss from cloudfront", "Hit from cloudfront" })
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((200, "hello", cache), (answer.Status, answer.Body, answer.Cache));
            AssertUnmarked(answer);
        }

        var part = await edge.GetAsync("/a", ("Range", "bytes=1-2"));
        Assert.Equal((206, "el", "bytes 1-2/5"), (part.Status, part.Body, part.Header("Content-Range")));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task On_an_answer_that_varies_the_edge_s_own_signpost_leads_and_no_viewer_gets_anothers()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(static request => ScriptedReply.Of(200, $"in {request.Header("Language")}", [.. Forged, ("Cache-Control", "max-age=60"), ("Vary", "Language, X-Edge-Signpost")]));
        for (var round = 0; round < 2; round++)
        {
            foreach (var language in new[] { "de", "fr" })
            {
                var answer = await edge.GetAsync("/a", ("Language", language), ("X-Edge-Signpost", "0123456789abcdef"));
                Assert.Equal(($"in {language}", round == 0 ? "Miss from cloudfront" : "Hit from cloudfront"), (answer.Body, answer.Cache));
                AssertUnmarked(answer);
            }
        }

        Assert.Equal(2, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task On_a_304_they_do_not_turn_the_stored_object_into_something_else()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(304, "", [.. Forged, ("Cache-Control", "max-age=60"), ("ETag", "\"v1\"")]);
        foreach (var cache in new[] { "RefreshHit from cloudfront", "Hit from cloudfront" })
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((200, "hello", cache), (answer.Status, answer.Body, answer.Cache));
            AssertUnmarked(answer);
        }
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task On_an_error_that_is_kept_they_make_no_failure_of_the_edge_s(int status)
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(status, "the origin's own page", [.. Forged, ("Cache-Control", "max-age=60")]);
        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((status, "the origin's own page"), (answer.Status, answer.Body));
            AssertUnmarked(answer);
        }

        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("000")]
    [InlineData("0")]
    [InlineData("099")]
    public async Task The_status_by_which_a_signpost_is_known_is_none_that_an_origin_can_send(string status)
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Raw($"HTTP/1.1 {status} Odd\r\nX-Edge-Signpost: 0123456789abcdef\r\nVary: Language\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(502, (await edge.GetAsync("/a")).Status);
        edge.Origin.On("/a").Reply(200, "hello");
        edge.Clock.Advance(TimeSpan.FromSeconds(11)); // the failure's own time
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
    }

    private static void AssertUnmarked(ViewerAnswer answer) =>
        Assert.DoesNotContain(answer.Headers.Keys, static name => name.StartsWith("X-Edge-", StringComparison.OrdinalIgnoreCase));
}
