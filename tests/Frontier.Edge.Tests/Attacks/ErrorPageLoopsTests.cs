// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Attacks;

/// <summary>However error pages are configured, one request costs an origin two at most: the object, and one page (DP-19.7).</summary>
public sealed class ErrorPageLoopsTests
{
    private static readonly ImmutableArray<int> Statuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Pages_that_fail_with_each_others_statuses_end_at_the_first(int status)
    {
        await using var edge = await StartAsync(static failed => $"/errors/{failed}.html");
        edge.Origin.On("*").Handle(request => ScriptedReply.Of(request.Path == "/a" ? status : Next(status), "bare"));
        var answer = await edge.GetAsync("/a");
        Assert.Equal((Next(status), "Error from cloudfront"), (answer.Status, answer.Cache));
        Assert.Equal(["/a", $"/errors/{status}.html"], edge.Origin.Log.Select(static request => request.Path));
    }

    [Fact]
    public async Task A_page_asked_for_itself_that_fails_is_asked_for_as_its_own_page_and_no_more()
    {
        await using var edge = await StartAsync(static _ => "/error.html");
        edge.Origin.On("/error.html").Reply(503, "bare");
        Assert.Equal(503, (await edge.GetAsync("/error.html")).Status);
        Assert.Equal(2, edge.Origin.Requests("/error.html")); // errors are kept for no time here
    }

    [Fact]
    public async Task A_page_that_is_not_cached_and_whose_origin_is_dead_ends_too()
    {
        await using var dead = ScriptedOrigin.Start();
        dead.On("*").Raw("no http\r\n\r\n", ScriptedEnding.CloseSilently);
        await using var edge = await StartAsync(
            static _ => "/errors/page.html",
            distribution => distribution with
            {
                Origins = [.. distribution.Origins, distribution.Origins[0] with { Id = "dead", HttpPort = dead.Port, ConnectionAttempts = 1 }],
                Behaviors = [TestEdge.Behavior("/errors/*") with { TargetOriginId = "dead", CachePolicyId = TestEdge.CachingDisabled }],
            });
        Assert.Equal(502, (await edge.GetAsync("/missing")).Status);
        Assert.Equal((1, 1), (edge.Origin.Log.Count, dead.Log.Count));
    }

    [Theory]
    [InlineData("/error.html")]
    [InlineData("/a")]
    public async Task A_page_that_redirects_is_not_followed(string location)
    {
        await using var edge = await StartAsync(static _ => "/error.html");
        edge.Origin.On("/error.html").Reply(302, "", ("Location", location));
        var answer = await edge.GetAsync("/a");
        Assert.Equal(302, answer.Status);
        Assert.Null(answer.Header("Location")); // the default page for a page that is none
        Assert.Equal(["/a", "/error.html"], edge.Origin.Log.Select(static request => request.Path));
    }

    [Fact]
    public async Task A_range_behind_the_end_of_its_own_page_ends_there()
    {
        await using var edge = await StartAsync(static _ => "/416.html");
        edge.Origin.On("/416.html").Reply(200, "short");
        await edge.GetAsync("/416.html");
        var answer = await edge.GetAsync("/416.html", ("Range", "bytes=100-"));
        Assert.Equal((416, "short"), (answer.Status, answer.Body));
        Assert.Equal(1, edge.Origin.Requests("/416.html"));
    }

    [Fact]
    public async Task A_page_that_leads_through_the_edge_again_ends_within_two_distributions_DP_2_11()
    {
        // The pages' origin is this edge by an address that it does not know: what fails there has a page too, from the same origin.
        await using var edge = await StartAsync(static _ => "/errors/page.html");
        await using var around = new Relay(edge.Server.Http);
        edge.Configure(distribution => distribution with
        {
            ErrorResponses = Pages(static _ => "/errors/page.html"),
            Origins = [.. distribution.Origins, distribution.Origins[0] with { Id = "itself", HttpPort = around.Port }],
            Behaviors = [TestEdge.Behavior("/errors/*") with { TargetOriginId = "itself", CachePolicyId = TestEdge.CachingDisabled, OriginRequestPolicyId = TestPolicies.AllViewer }],
        });
        await edge.DeployedAsync();
        Assert.Equal(403, (await edge.GetAsync("/missing")).Status);
        Assert.Equal(1, edge.Origin.Requests("/missing"));
    }

    private static int Next(int status) => Statuses[(Statuses.IndexOf(status) + 1) % Statuses.Length];

    private static ImmutableArray<ErrorResponseConfig> Pages(Func<int, string> path) => [.. Statuses.Select(status => new ErrorResponseConfig(status, 0) { PagePath = path(status), PageStatus = status })];

    private static Task<TestEdge> StartAsync(Func<int, string> path, Func<DistributionConfig, DistributionConfig>? change = null) =>
        TestEdge.StartAsync(distribution => (change?.Invoke(distribution) ?? distribution) with { ErrorResponses = Pages(path) });
}
