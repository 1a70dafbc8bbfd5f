// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Decisions.Explaining;
using Frontier.Edge.Explaining;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>What an operator learns of tiers.</summary>
public sealed class TellingTests
{
    [Fact]
    public async Task An_explanation_tells_whom_a_request_asks_first_and_why()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (fleet, distribution) => distribution with { Origins = [fleet.OriginConfig() with { ShieldRegion = "us-east-1" }] }, null, ("fra1", 2, 1), ("iad1", 0, 1));
        var (owner, other) = fleet.OwnerOf("/a");
        var token = EdgeContact.Find(other.Directory)!.Token;
        var answer = await other.GetAsync("/a", (ExplainQuestion.Field, token));
        var explained = JsonSerializer.Deserialize(answer.Body, ExplanationJson.Default.Explanation)!.Origin!;
        Assert.Equal(
            [("owner", owner.Id, owner.Tier, "it owns the key in fra1"), ("regional", "regional-fra1-0", fleet.Regionals.First().Tier, "the regional edge cache of eu-central-1"),
                ("shield", "regional-iad1-0", fleet.Regionals.Last().Tier, "Origin Shield in us-east-1"),
                ("shield", "regional-fra1-0", fleet.Regionals.First().Tier, "it stands in for Origin Shield in us-east-1 while nobody answers there")],
            explained.Parents.Select(static parent => (parent.Tier, parent.Node, (string?)parent.Address, parent.Why)));
        Assert.Equal(0, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Without_a_fleet_nobody_is_asked_before_the_origin()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        var token = EdgeContact.Find(edge.Directory)!.Token;
        var explained = JsonSerializer.Deserialize((await edge.GetAsync("/a", (ExplainQuestion.Field, token))).Body, ExplanationJson.Default.Explanation)!;
        Assert.Empty(explained.Origin!.Parents);
    }

    [Fact]
    public async Task Requests_of_other_machines_stand_in_no_access_log()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var edge = fleet.Edges.Single();
        await edge.Records.OfAsync(await edge.GetAsync("/a"));
        Assert.Equal(1, edge.Server.RequestTotals.All.Requests);
        Assert.Equal(0, fleet.Regionals.Single().Server.RequestTotals.All.Requests);
    }
}
