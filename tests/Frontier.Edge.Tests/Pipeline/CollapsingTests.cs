// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>§17: one fetch per key, streamed to everybody who waits.</summary>
public sealed class CollapsingTests
{
    [Fact]
    public async Task A_thousand_viewers_of_one_object_cause_one_fetch_DP_17_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello").Hold();
        var viewers = Enumerable.Range(0, 1000).Select(_ => edge.GetAsync("/a")).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        edge.Origin.On("/a").Release();
        var answers = await Task.WhenAll(viewers);
        Assert.All(answers, answer => Assert.Equal("hello", answer.Body));
        Assert.Equal(1, edge.Origin.Requests("/a"));
        Assert.Equal(1, answers.Count(answer => answer.Cache == "Miss from cloudfront"));
    }

    [Fact]
    public async Task When_an_object_expires_one_viewer_s_request_asks_the_origin_and_the_others_wait_for_it()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("ETag", "\"1\""), ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(304, "", ("ETag", "\"1\""), ("Cache-Control", "max-age=60")).Hold();
        var viewers = Enumerable.Range(0, 200).Select(_ => edge.GetAsync("/a")).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 2);
        edge.Origin.On("/a").Release();
        var answers = await Task.WhenAll(viewers);
        Assert.All(answers, answer => Assert.Equal("hello", answer.Body));
        Assert.Equal(2, edge.Origin.Requests("/a"));
        Assert.Equal(1, answers.Count(answer => answer.Cache == "RefreshHit from cloudfront"));
    }

    [Fact]
    public async Task Where_legacy_settings_forward_cookies_each_miss_asks_for_itself_and_the_object_is_kept_all_the_same_DP_17_2()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.NotCollapsing } });
        edge.Origin.On("/a").Reply(200, "hello").Hold();
        var viewers = Enumerable.Range(0, 10).Select(_ => edge.GetAsync("/a")).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 10);
        edge.Origin.On("/a").Release();
        await Task.WhenAll(viewers);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task A_waiting_viewer_gets_the_first_bytes_before_the_origin_has_sent_the_last_DP_17_3()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 100_000)).StallAfter(50_000);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{edge.Server.Http}/a")) { Headers = { Host = TestEdge.Host } };
        using var response = await edge.Viewer.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[50_000];
        await body.ReadExactlyAsync(first);
        edge.Origin.On("/a").Release();
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest);
        Assert.Equal(50_000, rest.Length);
    }

    [Fact]
    public async Task The_viewer_that_leads_may_leave_without_taking_the_answer_from_the_others()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello").Hold();
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{edge.Server.Http}/a")) { Headers = { Host = TestEdge.Host } };
        var leader = edge.Viewer.SendAsync(request, leaving.Token);
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        var follower = edge.GetAsync("/a");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        edge.Origin.On("/a").Release();
        Assert.Equal("hello", (await follower).Body);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Viewers_of_an_uncacheable_answer_are_released_to_fetch_their_own_DP_17_2()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.UseOriginHeaders } });
        var count = 0;
        var gate = new ScriptedGate();
        edge.Origin.On("/me").Handle(_ => ScriptedReply.Of(200, $"{Interlocked.Increment(ref count)}", ("Cache-Control", "no-store")) with { BeforeHead = gate });
        var viewers = Enumerable.Range(0, 10).Select(_ => edge.GetAsync("/me")).ToArray();
        await gate.Reached.WaitAsync(ScriptedOrigin.Patience);
        gate.Release();
        var bodies = (await Task.WhenAll(viewers)).Select(answer => answer.Body).ToArray();
        Assert.Equal(10, bodies.Distinct().Count());
    }

    [Fact]
    public async Task When_the_leaders_fetch_fails_all_get_the_same_failure_and_it_is_remembered_DP_17_4_DP_19_4()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Raw("rubbish\r\n\r\n").Hold();
        var viewers = Enumerable.Range(0, 10).Select(_ => edge.GetAsync("/a")).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        edge.Origin.On("/a").Release();
        Assert.All(await Task.WhenAll(viewers), answer => Assert.Equal(502, answer.Status));
        Assert.Equal(502, (await edge.GetAsync("/a")).Status);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }
}
