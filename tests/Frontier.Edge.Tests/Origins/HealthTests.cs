// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>What an operator can see of the origins.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Requests_failures_and_connections_are_counted_by_origin()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ConnectionAttempts = 1 };
        bench.Origin.On("/a").Reply(200, "a");
        bench.Origin.On("/bad").Raw("rubbish\r\n\r\n", ScriptedEnding.Close);
        bench.Origin.On("/cut").Reply(200, "0123456789").EndConnection(ScriptedEnding.Reset, afterBodyBytes: 3);
        await bench.GetAsync("/a");
        await bench.GetAsync("/a");
        await bench.FailAsync("/bad");
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await using (var cut = (await bench.SendAsync("/cut")).Response!)
        {
            Assert.Equal(OriginFailure.ClosedEarly, (await OriginBench.ReadToEndAsync(cut)).Failure);
        }

        var at = bench.Clock.GetUtcNow();
        await bench.GetAsync("/a");
        var health = Assert.Single(bench.Client.Health);
        Assert.Equal(("127.0.0.1", bench.Origin.Port, false, 5), (health.Host, health.Port, health.Tls, health.Requests));
        Assert.Equal([(OriginFailure.ClosedEarly, 1L), (OriginFailure.InvalidResponse, 1L)], health.Failures.Select(static failure => (failure.Key, failure.Value)));
        Assert.Equal((OriginFailure.ClosedEarly, at), (health.LastFailure, health.LastFailureAt));
        Assert.Equal((1, 1), (health.OpenConnections, health.IdleConnections));
    }

    [Fact]
    public async Task The_latency_follows_the_last_answers_an_eighth_each()
    {
        await using var bench = new OriginBench();
        foreach (var seconds in new[] { 8, 16 })
        {
            bench.Origin.On("/slow").Reply(200, "x").Hold();
            var asking = bench.GetAsync("/slow");
            await bench.Origin.WaitForRequestsAsync("/slow", seconds / 8);
            bench.Clock.Advance(TimeSpan.FromSeconds(seconds));
            bench.Origin.On("/slow").Release();
            await asking;
        }

        Assert.Equal(TimeSpan.FromSeconds(9), Assert.Single(bench.Client.Health).FirstByteLatency);
    }

    [Fact]
    public async Task A_viewer_that_leaves_is_no_failure_of_the_origin()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Hold();
        using var leaving = new CancellationTokenSource();
        var asking = bench.SendAsync("/a", cancellationToken: leaving.Token);
        await bench.Origin.WaitForRequestsAsync("/a", 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Eventually.IsTrueAsync(() => bench.Client.OpenConnections == 0);
        var health = Assert.Single(bench.Client.Health);
        Assert.Equal((1, OriginFailure.None, null), (health.Requests, health.LastFailure, health.LastFailureAt));
        Assert.Empty(health.Failures);
        bench.Origin.On("/a").Release();
    }

    [Fact]
    public async Task No_more_than_1024_origins_are_remembered_and_the_one_unused_for_longest_is_forgotten_first()
    {
        await using var bench = new OriginBench(resolver: new OriginBench.Names());
        for (var i = 0; i < 1_030; i++)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
            bench.Endpoint = bench.Endpoint with { Host = $"o{i}.example" };
            Assert.Equal(OriginFailure.DnsError, await bench.FailAsync("/a"));
        }

        var hosts = bench.Client.Health.Select(static health => health.Host).ToHashSet();
        Assert.Equal(1_024, hosts.Count);
        Assert.DoesNotContain("o5.example", hosts);
        Assert.Contains("o6.example", hosts);
    }
}
