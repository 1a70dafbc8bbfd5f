// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Edge.Tests.Distributions;

/// <summary>What an edge says of itself with every report.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public async Task A_report_tells_how_the_edge_has_fared_since_the_last_one()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=3600"));
        edge.Origin.On("/broken").Reply(500, "broken");
        await edge.Control.InvalidateAsync(TestEdge.Id, "/x"); // what was before is told with this
        for (var request = 0; request < 10; request++)
        {
            await edge.Records.OfAsync(await edge.GetAsync("/a"));
        }

        await edge.Records.OfAsync(await edge.GetAsync("/broken"));
        await edge.Control.InvalidateAsync(TestEdge.Id, "/y");

        var health = edge.Control.LastReport!.Health!;
        Assert.Equal((11, 0), (health.Requests, health.ServerErrors)); // the origin's errors are its own
        Assert.InRange(health.LoadPercent, 0, 100);
        Assert.InRange(health.HitMedianMicroseconds, 1, health.HitP99Microseconds);
        await edge.Control.InvalidateAsync(TestEdge.Id, "/z");
        Assert.Equal((0, 0), (edge.Control.LastReport.Health!.Requests, edge.Control.LastReport.Health.HitP99Microseconds));
    }

    /// <summary>Edges that were cut off together would otherwise come back together every five seconds for ever.</summary>
    [Fact]
    public async Task A_report_is_due_after_five_seconds_give_or_take_one()
    {
        await using var edge = await TestEdge.StartAsync();
        var waits = new HashSet<int>();
        for (var report = 0; report < 8; report++)
        {
            await edge.Control.InvalidateAsync(TestEdge.Id, "/x");
            waits.Add(edge.Control.LastReport!.WaitMilliseconds!.Value);
        }

        Assert.All(waits, static wait => Assert.InRange(wait, 4_000, 6_000));
        Assert.True(waits.Count > 1);
    }

    /// <summary>The fence counts from the last report that was answered: of two waits in a row none may reach it.</summary>
    [Theory]
    [InlineData(10_000, 2_666, 4_000)]
    [InlineData(6_000, 1_600, 2_400)]
    [InlineData(60_000, 4_000, 6_000)]
    public async Task Three_reports_fit_into_the_time_for_which_the_control_plane_waits(int silence, int shortest, int longest)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Control.SilenceMilliseconds = silence;
        await edge.Control.InvalidateAsync(TestEdge.Id, "/x");
        for (var report = 0; report < 8; report++)
        {
            await edge.Control.InvalidateAsync(TestEdge.Id, "/x");
            Assert.InRange(edge.Control.LastReport!.WaitMilliseconds!.Value, shortest, longest);
        }
    }

    [Fact]
    public async Task However_many_faults_a_snapshot_has_the_report_stays_small()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Configure(distribution => distribution with { Behaviors = [.. Enumerable.Range(0, 500).Select(number => TestEdge.Behavior($"/{number}") with { TargetOriginId = new string('x', 2_000) })] });
        await edge.DeployedAsync();
        edge.Errors.Expect(2004);

        var faults = edge.Control.LastReport!.Refused!.Faults;
        Assert.Equal(SnapshotRefusal.MostFaults, faults.Length);
        Assert.All(faults, static fault => Assert.InRange(fault.Length, 1, SnapshotRefusal.LongestFault));
    }
}
