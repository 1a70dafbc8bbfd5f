// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Edge.Origins;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Origins;

/// <summary>No viewer takes all of an origin's connections: a quarter is the most (DP-19.9 says how the rest is answered).</summary>
public sealed class SharesTests
{
    private static readonly IPAddress Greedy = IPAddress.Parse("198.51.100.7");

    [Fact]
    public async Task A_viewer_holds_a_quarter_of_an_origins_connections_at_most_and_others_still_find_some()
    {
        await using var bench = new OriginBench(new OriginClientOptions { MaxConnectionsPerEndpoint = 8 });
        bench.Origin.On("/a").Hold();
        var first = Ask(bench, Greedy);
        var second = Ask(bench, Greedy);
        await bench.Origin.WaitForRequestsAsync("/a", 2);

        Assert.Equal(OriginFailure.NoCapacity, (await Ask(bench, Greedy)).Failure);
        var other = Ask(bench, IPAddress.Parse("198.51.100.8"));
        var shared = Ask(bench, null);
        await bench.Origin.WaitForRequestsAsync("/a", 4);

        bench.Origin.On("/a").Release();
        foreach (var answer in await Task.WhenAll(first, second, other, shared))
        {
            await answer.Response!.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_share_comes_back_when_the_answer_is_over_or_failed()
    {
        await using var bench = new OriginBench(new OriginClientOptions { MaxConnectionsPerEndpoint = 4 });
        bench.Origin.On("/a").Reply(200, "body");
        for (var i = 0; i < 3; i++)
        {
            await using var response = (await Ask(bench, Greedy)).Response;
            Assert.NotNull(response);
            Assert.Equal("body", (await OriginBench.ReadToEndAsync(response)).Body);
        }

        await (await Ask(bench, Greedy)).Response!.DisposeAsync(); // unread
        bench.Origin.On("/a").Raw("rubbish\r\n\r\n", ScriptedEnding.Close);
        Assert.Equal(OriginFailure.InvalidResponse, (await Ask(bench, Greedy)).Failure);
        Assert.Equal(OriginFailure.InvalidResponse, (await Ask(bench, Greedy)).Failure);
    }

    [Fact]
    public async Task A_network_of_IPv6_counts_as_one_viewer()
    {
        await using var bench = new OriginBench(new OriginClientOptions { MaxConnectionsPerEndpoint = 4 });
        bench.Origin.On("/a").Hold();
        var first = Ask(bench, IPAddress.Parse("2001:db8:0:1::1"));
        await bench.Origin.WaitForRequestsAsync("/a", 1);
        Assert.Equal(OriginFailure.NoCapacity, (await Ask(bench, IPAddress.Parse("2001:db8:0:1:ffff::2"))).Failure);
        var neighbour = Ask(bench, IPAddress.Parse("2001:db8:0:2::1"));
        await bench.Origin.WaitForRequestsAsync("/a", 2);
        bench.Origin.On("/a").Release();
        foreach (var answer in await Task.WhenAll(first, neighbour))
        {
            await answer.Response!.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_viewer_over_its_share_is_answered_503_and_the_record_says_why_DP_19_9()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled } });
        await edge.RestartAsync(static options => options with { Origins = new OriginClientOptions { MaxConnectionsPerEndpoint = 4 } });
        edge.Origin.On("/held").Reply(200, "held").Hold();
        var held = edge.GetAsync("/held");
        await edge.Origin.WaitForRequestsAsync("/held", 1);

        var refused = await edge.GetAsync("/more");
        Assert.Equal(503, refused.Status);
        Assert.Equal(ErrorDetail.CapacityExceeded, (await edge.Records.OfAsync(refused)).Detail);
        edge.Origin.On("/held").Release();
        Assert.Equal("held", (await held).Body);
        edge.Origin.On("/more").Reply(200);
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/more")).Status == 200); // the share comes back a moment after the answer
    }

    private static Task<OriginResult> Ask(OriginBench bench, IPAddress? viewer)
    {
        var request = bench.Request("/a");
        return bench.Client.SendAsync(
            new OriginRequest { Endpoint = request.Endpoint, Method = request.Method, Target = request.Target, Headers = request.Headers, Viewer = viewer }, CancellationToken.None)
            .AsTask().WaitAsync(ScriptedOrigin.Patience);
    }
}
