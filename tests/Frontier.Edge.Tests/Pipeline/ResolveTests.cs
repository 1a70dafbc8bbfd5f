// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>§2: which distribution answers.</summary>
public sealed class ResolveTests
{
    [Fact]
    public async Task A_host_that_belongs_to_nobody_is_refused_with_the_standard_page_DP_2_5()
    {
        await using var edge = await TestEdge.StartAsync();
        var answer = await edge.GetAsync("/", ("Host", "nobody.example.com"));
        Assert.Equal(403, answer.Status);
        Assert.Equal("Error from cloudfront", answer.Cache);
        Assert.Contains("Bad request.", answer.Body, StringComparison.Ordinal);
        Assert.Contains($"Request ID: {answer.Header("X-Amz-Cf-Id")}", answer.Body, StringComparison.Ordinal);
        Assert.Equal("CloudFront", answer.Header("Server"));
    }

    [Fact]
    public async Task A_request_without_a_host_is_a_bad_request_DP_2_6()
    {
        await using var edge = await TestEdge.StartAsync();
        Assert.StartsWith("HTTP/1.1 400", await edge.SendRawAsync("GET / HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_distribution_serves_nothing_and_still_captures_its_alias_DP_2_4()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { Enabled = false, Aliases = ["www.example.localhost"] });
        edge.Origin.On("/").Reply(200, "hello");
        var answer = await edge.GetAsync("/", ("Host", "www.example.localhost"));
        Assert.Equal(403, answer.Status);
        Assert.Contains("not available", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, edge.Origin.Requests("/"));
    }

    [Fact]
    public async Task All_names_of_a_distribution_share_its_objects_whatever_case_and_port_DP_2_1_DP_6_1()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { Aliases = ["www.example.localhost", "*.wild.localhost"] });
        edge.Origin.On("/a").Reply(200, "hello");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        foreach (var host in new[] { "WWW.example.LOCALHOST", "www.example.localhost:8480", "a.b.wild.localhost", $"{TestEdge.Host}." })
        {
            Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("Host", host))).Cache);
        }
    }

    [Fact]
    public async Task The_behavior_is_chosen_by_path_and_the_root_object_stands_for_the_root_DP_3_1_DP_3_9()
    {
        await using var other = ScriptedOrigin.Start();
        await using var edge = await TestEdge.StartAsync();
        other.On("/app/x").Reply(200, "from the application");
        edge.Origin.On("/index.html").Reply(200, "the root object");
        edge.Configure(distribution => distribution with
        {
            DefaultRootObject = "index.html",
            Origins = [edge.OriginConfig(), edge.OriginConfig() with { Id = "application", HttpPort = other.Port }],
            Behaviors = [TestEdge.Behavior("/app/*") with { TargetOriginId = "application" }],
        });
        await edge.DeployedAsync();
        Assert.Equal("from the application", (await edge.GetAsync("/app/x")).Body);
        Assert.Equal("the root object", (await edge.GetAsync("/")).Body);
        Assert.Equal(404, (await edge.GetAsync("/docs/")).Status);
    }

    [Fact]
    public async Task Patterns_see_the_root_object_and_no_query_DP_3_10_DP_3_5()
    {
        await using var other = ScriptedOrigin.Start();
        other.On("/index.html").Reply(200, "from the other");
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultRootObject = "index.html",
            Origins = [.. distribution.Origins, distribution.Origins[0] with { Id = "other", HttpPort = other.Port }],
            Behaviors = [TestEdge.Behavior("/index.html") with { TargetOriginId = "other" }, TestEdge.Behavior("/*a=1") with { TargetOriginId = "other" }],
        });
        Assert.Equal("from the other", (await edge.GetAsync("/")).Body);
        Assert.Equal("from the other", (await edge.GetAsync("/index.html?x=/images/a.jpg")).Body);
        edge.Origin.On("/page").Reply(200, "from the first");
        Assert.Equal("from the first", (await edge.GetAsync("/page?a=1")).Body);
    }

    [Fact]
    public async Task The_raw_path_goes_to_the_origin_though_the_normal_one_chose_the_behavior_DP_3_6()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            Behaviors = [TestEdge.Behavior("/images/*") with { ViewerProtocol = ViewerProtocol.HttpsOnly }],
        });
        edge.Origin.On("/images//../x.php").Reply(200, "raw");
        Assert.Equal("raw", (await edge.GetAsync("/images//../x.php")).Body);
    }
}
