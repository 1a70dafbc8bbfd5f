// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Distributions;

/// <summary>Configuration and invalidations reach the edge, and it serves without them (<c>design.md</c> §6).</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task A_snapshot_that_does_not_compile_is_refused_with_its_faults_and_the_one_before_serves_on()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        edge.Configure(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = "none", TargetOriginId = "nowhere" } });
        await edge.DeployedAsync();
        var refused = edge.Control.LastReport!.Refused!;
        Assert.Equal(2, refused.Version);
        Assert.Equal(2, refused.Faults.Length);
        Assert.Equal(1, edge.Control.LastReport.SnapshotVersion);
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        edge.Errors.Expect(2004);

        edge.Configure();
        await edge.DeployedAsync();
        Assert.Null(edge.Control.LastReport.Refused);
        Assert.Equal(3, edge.Control.LastReport.SnapshotVersion);
    }

    [Fact]
    public async Task An_edge_starts_and_serves_with_the_control_plane_absent()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        await edge.GetAsync("/a");
        await edge.StopControlAsync();
        await edge.RestartAsync();
        Assert.Equal(("hello", "Hit from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.False(edge.Server.Connected.IsCompleted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"Version\":1}")]
    public async Task A_snapshot_on_disk_that_cannot_be_read_is_replaced_by_the_feed(string content)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        await File.WriteAllTextAsync(Path.Combine(edge.Directory, "snapshot.json"), content);
        await edge.RestartAsync();
        await edge.Server.Connected;
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task A_change_takes_effect_without_dropping_connections()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "one");
        edge.Origin.On("/two/a").Reply(200, "two");
        edge.Origin.On("/slow").Reply(200, new string('s', 100_000)).StallAfter(50_000);
        using var idle = await edge.ConnectAsync();
        await idle.GetAsync("/a");
        Assert.EndsWith("\r\n\r\n", await idle.ReadHeadAsync(), StringComparison.Ordinal);
        await idle.ReadExactlyAsync(3);
        using var busy = await edge.ConnectAsync();
        await busy.GetAsync("/slow", "Connection: close");
        await busy.ReadHeadAsync();
        await busy.ReadExactlyAsync(50_000);

        edge.Configure(distribution => distribution with
        {
            Origins = [distribution.Origins[0] with { Path = "/two" }],
            DefaultBehavior = distribution.DefaultBehavior with { CachePolicyId = TestEdge.CachingDisabled },
        });
        await edge.DeployedAsync();

        await idle.GetAsync("/a", "Connection: close");
        Assert.EndsWith("\r\n\r\ntwo", await idle.ReadToEndAsync(), StringComparison.Ordinal);
        edge.Origin.On("/slow").Release();
        Assert.Equal(50_000, (await busy.ReadToEndAsync()).Length);
    }

    [Fact]
    public async Task A_distribution_that_is_gone_is_served_no_more()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        await edge.GetAsync("/a");
        edge.Publish();
        await edge.DeployedAsync();
        Assert.Equal(403, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task A_gap_in_the_log_makes_the_edge_forget_everything()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "old");
        await edge.GetAsync("/a");
        edge.Origin.On("/a").Reply(200, "new");
        edge.Control.PretendedLog = (500, 600);
        edge.Configure(); // a reason to answer
        await edge.Control.WaitForReportAsync(static report => report.InvalidationPosition == 600);
        Assert.Equal(("new", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
    }

    [Fact]
    public async Task An_invalidation_that_was_acknowledged_holds_after_a_restart_without_the_control_plane()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "old");
        edge.Origin.On("/b").Reply(200, "other");
        await edge.GetAsync("/a");
        await edge.GetAsync("/b");
        await edge.RestartAsync(); // both are on disk now
        await edge.Control.InvalidateAsync(TestEdge.Id, "/a");
        await edge.StopControlAsync();
        edge.Origin.On("/a").Reply(200, "new");
        await edge.RestartAsync();
        Assert.Equal(("new", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
        Assert.Equal(("other", "Hit from cloudfront"), Told(await edge.GetAsync("/b")));
    }

    private static (string, string?) Told(ViewerAnswer answer) => (answer.Body, answer.Cache);
}
