// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>§26: which caches a miss passes on its way to the origin, and what they keep.</summary>
public sealed class WayTests
{
    [Fact]
    public async Task A_miss_goes_to_its_owner_to_the_regional_cache_and_then_to_the_origin_and_all_keep_it_DP_26_1()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 2, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var (owner, other) = fleet.OwnerOf("/a");

        var first = await other.GetAsync("/a");

        Assert.Equal((200, "hello", "Miss from cloudfront"), (first.Status, first.Body, first.Cache));
        Assert.Equal($"owner {owner.Id}", (await other.Records.OfAsync(first)).Parent);
        Assert.Equal("Hit from cloudfront", (await other.GetAsync("/a")).Cache);
        Assert.Equal("Hit from cloudfront", (await owner.GetAsync("/a")).Cache);
        await owner.StopAsync();
        await other.StopAsync();
        Assert.Equal(1, fleet.Origin.Requests("/a"));
        Assert.Equal(1, fleet.Regionals.Single().Server.CacheStatistics.MemoryObjects);
    }

    [Fact]
    public async Task What_a_cache_above_has_is_a_hit_with_the_age_it_has_there_DP_21_1_DP_26_1()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await fleet.Edges.First(node => node.Pop == "fra1").GetAsync("/a");
        fleet.Clock.Advance(TimeSpan.FromSeconds(7));

        var edge = fleet.Edges.First(node => node.Pop == "dub1");
        var answer = await edge.GetAsync("/a");

        Assert.Equal(("Hit from cloudfront", "7"), (answer.Cache, answer.Header("Age")));
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((ResultType.Hit, ErrorDetail.None, (string?)null), (record.Result, record.Detail, record.OriginHost));
        Assert.Equal("regional regional-fra1-0", record.Parent);
    }

    [Fact]
    public async Task A_hit_in_Origin_Shield_is_called_that_in_the_log_DP_26_4()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (fleet, distribution) => distribution with { Origins = [fleet.OriginConfig() with { ShieldRegion = "us-east-1" }] }, null, ("fra1", 1, 1), ("dub1", 1, 1), ("iad1", 0, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await fleet.Edges.First(node => node.Pop == "fra1").GetAsync("/a"); // by the regional cache of eu-central-1 and the shield

        var edge = fleet.Edges.First(node => node.Pop == "dub1");
        var record = await edge.Records.OfAsync(await edge.GetAsync("/a")); // by that of eu-west-1, which asks the shield

        Assert.Equal((ResultType.Hit, ErrorDetail.OriginShieldHit), (record.Result, record.Detail));
        Assert.Equal(1, fleet.Origin.Requests("/a"));
        Assert.Equal(1, fleet.Nodes.Single(node => node.Id == "regional-iad1-0").Server.CacheStatistics.MemoryObjects);
    }

    [Fact]
    public async Task While_nobody_answers_in_the_region_of_Origin_Shield_a_cache_of_the_next_one_stands_in_DP_26_4()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (fleet, distribution) => distribution with { Origins = [fleet.OriginConfig() with { ShieldRegion = "us-east-1" }] }, null, ("fra1", 1, 0), ("dub1", 0, 1), ("iad1", 0, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await fleet.Nodes.Single(node => node.Pop == "iad1").StopAsync();

        var edge = fleet.Edges.Single();
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        Assert.Equal(1, fleet.Nodes.Single(node => node.Pop == "dub1").Server.CacheStatistics.MemoryObjects);
    }

    [Theory]
    [InlineData("GET", TestEdge.CachingDisabled)]
    [InlineData("DELETE", TestEdge.CachingOptimized)]
    [InlineData("OPTIONS", TestEdge.CachingOptimized)]
    public async Task What_no_cache_has_a_part_in_skips_owners_and_regional_caches_and_passes_through_the_shield_DP_26_2(string method, string policy)
    {
        await using var fleet = await TestFleet.StartAsync(
            (fleet, distribution) => distribution with
            {
                Origins = [fleet.OriginConfig() with { ShieldRegion = "us-east-1" }],
                DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = policy, AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] },
            },
            null, ("fra1", 2, 1), ("iad1", 0, 1));
        fleet.Origin.On("*").Handle(static request => Frontier.Testing.ScriptedReply.Of(200, request.Method));
        foreach (var edge in fleet.Edges)
        {
            var answer = await edge.SendAsync(new HttpMethod(method), "/a");
            Assert.Equal((method, "Miss from cloudfront"), (answer.Body, answer.Cache));
            Assert.Equal("shield regional-iad1-0", (await edge.Records.OfAsync(answer)).Parent);
        }

        Assert.Equal(2, fleet.Origin.Requests("/a"));
        Assert.All(fleet.Nodes, node => Assert.Equal(0, node.Server.CacheStatistics.MemoryObjects));
    }

    [Fact]
    public async Task An_upload_goes_from_the_edge_to_the_origin_DP_26_2()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (fleet, distribution) => distribution with
            {
                Origins = [fleet.OriginConfig() with { ShieldRegion = "us-east-1" }],
                DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] },
            },
            null, ("fra1", 2, 1), ("iad1", 0, 1));
        fleet.Origin.On("/a").Reply(200, "stored");
        using var body = new StringContent("a form");
        var edge = fleet.Edges.First();
        var answer = await edge.SendAsync(HttpMethod.Post, "/a", body);
        Assert.Equal("stored", answer.Body);
        Assert.Null((await edge.Records.OfAsync(answer)).Parent);
    }

    [Fact]
    public async Task A_HEAD_is_answered_by_the_first_cache_that_has_the_object()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await fleet.Edges.First(node => node.Pop == "fra1").GetAsync("/a");
        var answer = await fleet.Edges.First(node => node.Pop == "dub1").SendAsync(HttpMethod.Head, "/a");
        Assert.Equal((200, "Hit from cloudfront", "5"), (answer.Status, answer.Cache, answer.Header("Content-Length")));
        Assert.Equal(1, fleet.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData(NodeState.Draining)]
    [InlineData(NodeState.Silent)]
    public async Task A_machine_out_of_service_is_no_parent(NodeState state)
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 2, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var (owner, other) = fleet.OwnerOf("/a");
        owner.State = state;
        fleet.Regionals.Single().State = state;
        await fleet.TellDirectoryAsync();
        var answer = await other.GetAsync("/a");
        Assert.Equal("hello", answer.Body);
        Assert.Null((await other.Records.OfAsync(answer)).Parent);
    }

    [Fact]
    public async Task A_parent_without_the_distribution_or_with_an_older_one_says_so_and_is_passed_over()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        var edge = fleet.Edges.Single();
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await fleet.ConfigureAsync(static (fleet, distribution) => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.AuthorizationInKey } }, edge);

        var answer = await edge.GetAsync("/a", ("Authorization", "me")); // in the edge's key, and not in its parent's

        Assert.Equal("hello", answer.Body);
        Assert.Null((await edge.Records.OfAsync(answer)).Parent);
        Assert.Equal(0, fleet.Regionals.Single().Server.CacheStatistics.MemoryObjects);
        await fleet.ConfigureAsync(static (_, distribution) => distribution with { Id = "E00000000000AA", DomainName = "other.frontier.localhost" }, fleet.Regionals.Single());
        Assert.Equal("hello", (await edge.GetAsync("/a", ("Authorization", "you"))).Body);
    }

    [Fact]
    public async Task Each_origin_of_a_group_is_asked_by_its_own_shield_and_what_the_first_said_is_not_taken_for_the_second_s_DP_26_4()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (fleet, distribution) => distribution with
            {
                Origins =
                [
                    fleet.OriginConfig() with { ShieldRegion = "us-east-1" },
                    fleet.OriginConfig() with { Id = "second", HttpPort = fleet.Second.Port, ShieldRegion = "us-east-1" },
                ],
                OriginGroups = [new OriginGroupConfig { Id = "group", PrimaryOriginId = "origin", SecondaryOriginId = "second", FailoverStatuses = [404] }],
                DefaultBehavior = TestEdge.Behavior("*") with { TargetOriginId = "group" },
            },
            null, ("fra1", 1, 0), ("dub1", 1, 0), ("iad1", 0, 1));
        fleet.Origin.On("/a").Reply(404, "not here");
        fleet.Second.On("/a").Reply(200, "here", ("Cache-Control", "max-age=60"));
        foreach (var edge in fleet.Edges)
        {
            var answer = await edge.GetAsync("/a");
            Assert.Equal((200, "here"), (answer.Status, answer.Body));
            Assert.Equal(404, (await edge.Records.OfAsync(answer)).FailoverCode);
        }

        Assert.Equal((1, 1), (fleet.Origin.Requests("/a"), fleet.Second.Requests("/a")));
    }

    [Fact]
    public async Task What_only_the_first_edge_knows_of_the_viewer_reaches_the_origin_through_all_tiers()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (_, distribution) => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { OriginRequestPolicyId = TestPolicies.Fingerprints } }, null, ("fra1", 2, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var (_, other) = fleet.OwnerOf("/a");
        var answer = await other.GetAsync("/a", ("X-Forwarded-For", "203.0.113.9"), ("CloudFront-Viewer-Country", "XX"), ("X-Edge-Tier", "owner"));
        var asked = fleet.Origin.Last("/a");
        Assert.Equal("203.0.113.9, 127.0.0.1", asked.Header("X-Forwarded-For"));
        Assert.Equal("CloudFront", asked.Header("CDN-Loop"));
        Assert.Equal(answer.Header("X-Amz-Cf-Id"), asked.Header("X-Amz-Cf-Id"));
        Assert.Equal("4", asked.Header("CloudFront-Viewer-Header-Count"));
        Assert.DoesNotContain("XX", asked.RawText, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nX-Edge", asked.RawText, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(answer.Headers.Keys, static name => name.StartsWith("X-Edge", StringComparison.OrdinalIgnoreCase));
    }
}
