// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>§28: a staging distribution serves some of the requests for its primary.</summary>
public sealed class ContinuousDeploymentTests
{
    private const string StagingId = "ESTAGING000000";
    private const string StagingHost = "dstaging000000.frontier.localhost";

    private static readonly ContinuousDeploymentConfig ByHeader = new() { PolicyId = "p", StagingDistributionId = StagingId, HeaderName = "aws-cf-cd-try", HeaderValue = "yes" };
    private static readonly SessionsConfig Sessions = new("E1", IdleSeconds: 300, MaximumSeconds: 600);

    [Fact]
    public async Task A_request_with_the_header_is_served_by_the_staging_configuration_from_a_cache_of_its_own_DP_28_1_DP_28_4()
    {
        await using var edge = await StartAsync(ByHeader);

        Assert.Equal(("old", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Equal(("new", "Miss from cloudfront"), Told(await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))));
        Assert.Equal(("new", "Hit from cloudfront"), Told(await edge.GetAsync("/a", ("AWS-CF-CD-Try", "yes"))));
        Assert.Equal(("old", "Hit from cloudfront"), Told(await edge.GetAsync("/a", ("aws-cf-cd-try", "no"))));
        Assert.Equal(("old", "Hit from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Equal((1, 1), (edge.Origin.Requests("/a"), edge.Origin.Requests("/staging/a")));

        // Each has its own invalidations (DP-27.13).
        await edge.Control.InvalidateAsync(TestEdge.Id, "/*");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Cache);
        await edge.Control.InvalidateAsync(StagingId, "/*");
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Cache);
    }

    [Fact]
    public async Task What_the_staging_distribution_serves_is_on_its_own_record_DP_28_4()
    {
        await using var edge = await StartAsync(ByHeader);
        await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"));
        await edge.GetAsync("/b");

        Assert.Equal((StagingId, StagingHost), Owner(await edge.Records.OfAsync("/a")));
        Assert.Equal((TestEdge.Id, TestEdge.Host), Owner(await edge.Records.OfAsync("/b")));

        static (string?, string?) Owner(RecordedRequest record) => (record.DistributionId, record.DistributionDomain);
    }

    [Fact]
    public async Task A_staging_distribution_does_not_answer_to_its_own_name_DP_2_8()
    {
        await using var edge = await StartAsync(ByHeader);
        foreach (var headers in new (string, string)[][] { [("Host", StagingHost)], [("Host", StagingHost), ("aws-cf-cd-try", "yes")] })
        {
            var answer = await edge.GetAsync("/a", headers);
            Assert.Equal(403, answer.Status);
            Assert.Contains("Bad request.", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(0, edge.Origin.Requests("/staging/a"));
    }

    [Fact]
    public async Task A_weight_of_nothing_leaves_all_with_the_primary_and_a_full_one_takes_all_DP_28_1()
    {
        await using var edge = await StartAsync(ByHeader with { HeaderName = null, HeaderValue = null, Weight = 0 });
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("old", (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Body);
        }

        Publish(edge, ByHeader with { HeaderName = null, HeaderValue = null, Weight = 1 });
        await edge.DeployedAsync();
        var staged = await edge.GetAsync("/a");
        Assert.Equal("new", staged.Body);
        Assert.Null(staged.Header("Set-Cookie"));
    }

    [Fact]
    public async Task A_session_stays_on_its_side_and_its_cookie_reaches_neither_key_nor_origin_DP_28_2()
    {
        await using var edge = await StartAsync(Weighed(1), cachePolicy: TestPolicies.CookiesInKey);
        var first = await edge.GetAsync("/a", ("Cookie", "own=1"));
        var cookie = first.Header("Set-Cookie")!;
        Assert.Equal("new", first.Body);
        Assert.StartsWith("aws-cf-cd-session=E1.s.", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; Path=/; Max-Age=300; HttpOnly", cookie, StringComparison.Ordinal);

        // The weight falls to nothing, the session goes on: on a hit as well, whose stored head knows nothing of it.
        Publish(edge, Weighed(0), cachePolicy: TestPolicies.CookiesInKey);
        await edge.DeployedAsync();
        edge.Clock.Advance(TimeSpan.FromSeconds(30));
        var second = await edge.GetAsync("/a", ("Cookie", $"own=1; {cookie.Split(';')[0]}"));
        Assert.Equal(("new", "Hit from cloudfront"), Told(second));
        Assert.Equal("own=1", edge.Origin.Last("/staging/a").Header("Cookie"));
        Assert.NotEqual(cookie, second.Header("Set-Cookie"));

        // Somebody else begins a session with the primary and stays there.
        var other = await edge.GetAsync("/a", ("Cookie", "own=1"));
        Assert.Equal("old", other.Body);
        Publish(edge, Weighed(1), cachePolicy: TestPolicies.CookiesInKey);
        await edge.DeployedAsync();
        Assert.Equal("old", (await edge.GetAsync("/a", ("Cookie", $"own=1; {other.Header("Set-Cookie")!.Split(';')[0]}"))).Body);

        // Another epoch ends all sessions.
        Publish(edge, Weighed(0) with { Sessions = Sessions with { Epoch = "E2" } }, cachePolicy: TestPolicies.CookiesInKey);
        await edge.DeployedAsync();
        Assert.Equal("old", (await edge.GetAsync("/a", ("Cookie", $"own=1; {second.Header("Set-Cookie")!.Split(';')[0]}"))).Body);
    }

    [Fact]
    public async Task Redirects_errors_and_answers_over_https_keep_the_session_too()
    {
        await using var edge = await StartAsync(Weighed(1));
        edge.Origin.On("/staging/none").Reply(404, "no");
        Assert.Contains("aws-cf-cd-session=E1.s.", (await edge.GetAsync("/none")).Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Contains("aws-cf-cd-session=E1.s.", (await edge.SendAsync(HttpMethod.Delete, "/a")).Header("Set-Cookie"), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{edge.Server.Https}/a") { Headers = { Host = TestEdge.Host } };
        using var secure = await edge.Viewer.SendAsync(request);
        Assert.EndsWith("HttpOnly; Secure", secure.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_primary_serves_nothing_by_either_side_DP_2_4()
    {
        await using var edge = await StartAsync(ByHeader);
        edge.Publish(Primary(edge, ByHeader) with { Enabled = false }, Staging(edge));
        await edge.DeployedAsync();
        Assert.Equal(403, (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Status);
    }

    [Fact]
    public async Task A_policy_that_comes_and_goes_takes_effect_on_connections_that_are_open()
    {
        await using var edge = await StartAsync(null);
        Assert.Equal("old", (await edge.GetAsync("/a")).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Cache);

        Publish(edge, ByHeader);
        await edge.DeployedAsync();
        Assert.Equal("new", (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);

        Publish(edge, null);
        await edge.DeployedAsync();
        Assert.Equal(("old", "Hit from cloudfront"), Told(await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))));
    }

    private static ContinuousDeploymentConfig Weighed(double weight) => new() { PolicyId = "p", StagingDistributionId = StagingId, Weight = weight, Sessions = Sessions };

    private static async Task<TestEdge> StartAsync(ContinuousDeploymentConfig? policy, string cachePolicy = TestEdge.CachingOptimized)
    {
        var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "old");
        edge.Origin.On("/b").Reply(200, "old");
        edge.Origin.On("/staging/a").Reply(200, "new");
        Publish(edge, policy, cachePolicy);
        await edge.DeployedAsync();
        return edge;
    }

    private static void Publish(TestEdge edge, ContinuousDeploymentConfig? policy, string cachePolicy = TestEdge.CachingOptimized)
    {
        var behavior = TestEdge.Behavior("*") with { CachePolicyId = cachePolicy };
        edge.Publish(Primary(edge, policy) with { DefaultBehavior = behavior }, Staging(edge) with { DefaultBehavior = behavior });
    }

    private static DistributionConfig Primary(TestEdge edge, ContinuousDeploymentConfig? policy) => edge.Distribution() with { ContinuousDeployment = policy };

    private static DistributionConfig Staging(TestEdge edge) => edge.Distribution() with
    {
        Id = StagingId,
        DomainName = StagingHost,
        Staging = true,
        Origins = [edge.OriginConfig() with { Path = "/staging" }],
    };

    private static (string, string?) Told(ViewerAnswer answer) => (answer.Body, answer.Cache);
}
