// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>An explanation says which side of a continuous deployment decided, and why (§28).</summary>
public sealed class DeploymentTests
{
    private const string StagingId = "ESTAGING000000";

    [Fact]
    public async Task It_is_told_when_the_staging_configuration_decides_DP_28_1()
    {
        await using var edge = await StartAsync(new ContinuousDeploymentConfig { PolicyId = "policy", StagingDistributionId = StagingId, HeaderName = "aws-cf-cd-try", HeaderValue = "yes" });

        var staged = (await edge.ExplainAsync("/a", "", ("aws-cf-cd-try", "yes")));
        Assert.Equal((StagingId, TestEdge.Host), (staged.Distribution!.Id, staged.Distribution.MatchedName));
        Assert.True(staged.Distribution.Deployment is { PolicyId: "policy", PrimaryId: TestEdge.Id, Staging: true, Rule: "DP-28.1" });
        Assert.Contains("aws-cf-cd-try has the policy's value", staged.Distribution.Deployment!.Why, StringComparison.Ordinal);
        Assert.Equal("/staging/a", staged.Origin!.Target);
        Assert.StartsWith(StagingId, staged.Key!.Text, StringComparison.Ordinal);

        var primary = await edge.ExplainAsync("/a");
        Assert.Equal(TestEdge.Id, primary.Distribution!.Id);
        Assert.True(primary.Distribution.Deployment is { Staging: false });
        Assert.Equal("/a", primary.Origin!.Target);
    }

    [Fact]
    public async Task Lots_and_sessions_are_told_and_a_live_request_goes_where_the_explanation_says_DP_28_2()
    {
        await using var edge = await StartAsync(new ContinuousDeploymentConfig { PolicyId = "policy", StagingDistributionId = StagingId, Weight = 0.5, Sessions = new SessionsConfig("E1", 300, 600) });
        edge.Origin.On("/a").Reply(200, "old", ("X-Side", "primary"));
        edge.Origin.On("/staging/a").Reply(200, "new", ("X-Side", "staging"));
        for (var i = 0; i < 12; i++)
        {
            var explained = await edge.ExplainAsync("/a", ";live");
            Assert.Contains("50% of all sessions", explained.Distribution!.Deployment!.Why, StringComparison.Ordinal);
            Assert.Contains($"X-Side: {(explained.Distribution.Deployment.Staging ? "staging" : "primary")}", explained.Answer!.Fields);
        }

        var now = edge.Clock.GetUtcNow().ToUnixTimeSeconds();
        var sticky = await edge.ExplainAsync("/a", "", ("Cookie", $"aws-cf-cd-session=E1.s.{now}.{now}"));
        Assert.True(sticky.Distribution!.Deployment is { Staging: true, Rule: "DP-28.2" });
    }

    [Fact]
    public async Task A_staging_distribution_called_by_its_own_name_is_told_to_be_refused_DP_2_8()
    {
        await using var edge = await StartAsync(null);
        var explained = await edge.ExplainAsync("/a", "", ("Host", "dstaging000000.frontier.localhost"));
        Assert.Equal((false, "Staging", "DP-2.8", 403), (explained.Access.Allowed, explained.Access.Verdict, explained.Access.Rule, explained.Access.Status));
    }

    private static async Task<TestEdge> StartAsync(ContinuousDeploymentConfig? policy)
    {
        var edge = await TestEdge.StartAsync();
        edge.Publish(
            edge.Distribution() with { ContinuousDeployment = policy },
            edge.Distribution() with { Id = StagingId, DomainName = "dstaging000000.frontier.localhost", Staging = true, Origins = [edge.OriginConfig() with { Path = "/staging" }] });
        await edge.DeployedAsync();
        return edge;
    }
}
