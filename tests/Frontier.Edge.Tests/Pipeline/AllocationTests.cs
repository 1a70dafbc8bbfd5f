// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Text;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>What requests cost that go past the cache. The bounds are some way above what was measured, and far below what one careless copy would add.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Requests = 2_000;

    [Fact]
    public async Task A_request_that_is_passed_on_allocates_little()
    {
        using var origin = new CannedOrigin($"HTTP/1.1 200 OK\r\nServer: canned\r\nContent-Type: text/plain\r\nContent-Length: 1024\r\n\r\n{new string('x', 1024)}");
        await using var edge = await TestEdge.StartAsync();
        edge.Configure(distribution => distribution with
        {
            Origins = [edge.OriginConfig() with { HttpPort = origin.Port }],
            DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled },
        });
        await edge.DeployedAsync();
        using var viewer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await viewer.ConnectAsync(edge.Server.Http);
        Ask(viewer, Requests);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Ask(viewer, Requests);

        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests;
        Assert.InRange(each, 1, 4_096);
    }

    private static void Ask(Socket viewer, int count)
    {
        var request = Encoding.ASCII.GetBytes($"GET /file HTTP/1.1\r\nHost: {TestEdge.Host}\r\nUser-Agent: test\r\n\r\n");
        var received = new byte[16_384];
        for (var i = 0; i < count; i++)
        {
            viewer.Send(request);
            for (var length = 0; !received.AsSpan(0, length).EndsWith("xxxx"u8);)
            {
                length += viewer.Receive(received.AsSpan(length));
            }
        }
    }
}
