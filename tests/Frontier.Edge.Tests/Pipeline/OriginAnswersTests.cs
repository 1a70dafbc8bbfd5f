// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Answers of origins that are shared, passed on, or not followed (§10.4, §11, §15).</summary>
public sealed class OriginAnswersTests
{
    [Fact]
    public async Task An_answer_to_Authorization_is_shared_where_that_is_not_in_the_key_DP_10_3()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { OriginRequestPolicyId = TestPolicies.AllViewer },
        });
        edge.Origin.On("/a").Handle(static request => ScriptedReply.Of(200, $"for {request.Header("Authorization")}", ("Cache-Control", "max-age=60")));
        Assert.Equal("for Bearer one", (await edge.GetAsync("/a", ("Authorization", "Bearer one"))).Body);
        foreach (var headers in new (string, string)[][] { [("Authorization", "Bearer two")], [] })
        {
            var answer = await edge.GetAsync("/a", headers);
            Assert.Equal(("for Bearer one", "Hit from cloudfront"), (answer.Body, answer.Cache));
        }
    }

    [Fact]
    public async Task An_origin_is_asked_by_the_viewers_protocol_and_the_object_serves_both_DP_11_6_DP_6_9()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        await using var secure = ScriptedOrigin.Start(certificate);
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            Origins = [distribution.Origins[0] with { DomainName = "localhost", Protocol = OriginProtocol.MatchViewer, HttpsPort = secure.Port }],
        });
        var clients = new OriginClientOptions();
        clients.AdditionalRoots.Add(authority.Root);
        await edge.RestartAsync(options => options with { Origins = clients });
        edge.Origin.On("*").Reply(200, "in clear");
        secure.On("*").Reply(200, "in TLS");

        Assert.Equal(("in clear", "in TLS"), ((await edge.GetAsync("/a")).Body, await GetOverTlsAsync(edge, "/b")));
        Assert.Equal(("in clear", "in TLS"), (await GetOverTlsAsync(edge, "/a"), (await edge.GetAsync("/b")).Body));
        Assert.Equal((1, 0, 0, 1), (edge.Origin.Requests("/a"), edge.Origin.Requests("/b"), secure.Requests("/a"), secure.Requests("/b")));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_the_viewers_to_follow_and_is_kept_like_any_answer_DP_11_10(int status)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/old").Reply(status, "moved", ("Location", "/new"), ("Cache-Control", "max-age=60"));
        edge.Origin.On("/new").Reply(200, "here");
        foreach (var cache in new[] { "Miss from cloudfront", "Hit from cloudfront" })
        {
            var answer = await edge.GetAsync("/old");
            Assert.Equal((status, "/new", "moved", cache), (answer.Status, answer.Header("Location"), answer.Body, answer.Cache));
        }

        Assert.Equal((1, 0), (edge.Origin.Requests("/old"), edge.Origin.Requests("/new")));
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        await edge.GetAsync("/old");
        Assert.Equal(2, edge.Origin.Requests("/old"));
    }

    [Fact]
    public async Task Where_nothing_is_cached_the_viewers_condition_is_the_origins_to_judge_DP_15_3()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled } });
        edge.Origin.On("/a").Handle(static request => request.Header("If-None-Match") == "\"v1\""
            ? ScriptedReply.Of(304, "", ("ETag", "\"v1\""))
            : ScriptedReply.Of(200, "v1", ("ETag", "\"v1\"")));
        var same = await edge.GetAsync("/a", ("If-None-Match", "\"v1\""));
        Assert.Equal((304, "", "\"v1\"", "Miss from cloudfront"), (same.Status, same.Body, same.Header("ETag"), same.Cache));
        Assert.Equal((200, "v1"), (await edge.GetAsync("/a", ("If-None-Match", "\"v0\""))) is var other ? (other.Status, other.Body) : default);
    }

    private static async Task<string> GetOverTlsAsync(TestEdge edge, string path)
    {
        using var viewer = TlsViewer.Of(edge);
        return await viewer.GetStringAsync(TlsViewer.Address(edge, path));
    }
}
