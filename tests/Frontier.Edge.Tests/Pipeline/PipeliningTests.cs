// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Requests sent without waiting for the answers before them (RFC 9112, section 9.3.2).</summary>
public sealed class PipeliningTests
{
    [Fact]
    public async Task A_hit_does_not_wait_for_the_slow_miss_behind_it()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/hit").Reply(200, "quick", ("Cache-Control", "max-age=60"));
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/hit")).Cache == "Hit from cloudfront");
        var gate = new ScriptedGate();
        edge.Origin.On("/miss").Reply(200, "slow").Hold(gate);
        using var viewer = await edge.ConnectAsync();

        await viewer.SendAsync($"GET /hit HTTP/1.1\r\nHost: {TestEdge.Host}\r\n\r\nGET /miss HTTP/1.1\r\nHost: {TestEdge.Host}\r\n\r\n");

        Assert.Contains("Hit from cloudfront", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("quick", Encoding.ASCII.GetString(await viewer.ReadExactlyAsync(5)));
        gate.Release();
        Assert.Contains("Miss from cloudfront", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("slow", Encoding.ASCII.GetString(await viewer.ReadExactlyAsync(4)));
    }
}
