// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Strict;

/// <summary>Vary as a secondary key (RFC 9111, section 4.1).</summary>
public sealed class VaryTests
{
    [Fact]
    public async Task Each_variant_is_fetched_once_and_only_matching_requests_get_it()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => ScriptedReply.Of(200, $"in {request.Header("Language")}", ("Cache-Control", "max-age=60"), ("Vary", "Language")));
        for (var round = 0; round < 3; round++)
        {
            foreach (var language in new[] { "de", "fr", "it" })
            {
                var answer = await edge.GetAsync("/a", ("Language", language));
                Assert.Equal(($"in {language}", round == 0 ? "Miss from cloudfront" : "Hit from cloudfront"), (answer.Body, answer.Cache));
            }
        }

        Assert.Equal("in ", (await edge.GetAsync("/a")).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        Assert.Equal(4, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Variants_survive_a_restart()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Handle(request => ScriptedReply.Of(200, $"in {request.Header("Language")}", ("Cache-Control", "max-age=60"), ("Vary", "Language")));
        await edge.GetAsync("/a", ("Language", "de"));
        await edge.GetAsync("/a", ("Language", "fr"));
        await edge.RestartAsync(options => options with { StrictHttpCaching = true });
        Assert.Equal(("in de", "Hit from cloudfront"), Tell(await edge.GetAsync("/a", ("Language", "de"))));
        Assert.Equal(("in fr", "Hit from cloudfront"), Tell(await edge.GetAsync("/a", ("Language", "fr"))));
    }

    [Fact]
    public async Task Requests_that_wait_for_one_fetch_get_their_own_variant_when_it_turns_out_to_vary()
    {
        await using var edge = await StrictEdge.StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("/a").Handle(request => ScriptedReply.Of(200, $"in {request.Header("Language")}", ("Cache-Control", "max-age=60"), ("Vary", "Language")) with { BeforeHead = gate });
        var viewers = Enumerable.Range(0, 12).Select(i => edge.GetAsync("/a", ("Language", $"{i % 3}"))).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        gate.Release();
        var answers = await Task.WhenAll(viewers);
        Assert.All(answers.Select((answer, i) => (answer, i)), pair => Assert.Equal($"in {pair.i % 3}", pair.answer.Body));
        Assert.InRange(edge.Origin.Requests("/a"), 3, 6); // one for each variant; who led the first is not known beforehand
    }

    [Fact]
    public async Task An_object_that_begins_to_vary_by_more_is_kept_apart_by_more()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=5"), ("Vary", "Foo"));
        await edge.GetAsync("/a", ("Foo", "1"), ("Bar", "1"));
        edge.Clock.Advance(TimeSpan.FromSeconds(6));
        edge.Origin.On("/a").Reply(200, "two", ("Cache-Control", "max-age=60"), ("Vary", "Foo, Bar"));
        Assert.Equal("two", (await edge.GetAsync("/a", ("Foo", "1"), ("Bar", "1"))).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("Foo", "1"), ("Bar", "1"))).Cache);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("Foo", "1"), ("Bar", "2"))).Cache);
    }

    [Fact]
    public async Task By_CloudFront_s_rules_Vary_does_not_change_the_key_DP_14_8()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "x", ("Cache-Control", "max-age=60"), ("Vary", "Language"));
        await edge.GetAsync("/a", ("Language", "de"));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("Language", "fr"))).Cache);
    }

    private static (string, string?) Tell(ViewerAnswer answer) => (answer.Body, answer.Cache);
}
