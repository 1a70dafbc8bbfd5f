// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;

namespace Frontier.Http.Tests.Transport;

/// <summary>A ClientHello may be spread over records, but not for ever.</summary>
[Collection(nameof(Alone))]
public sealed class EndlessHelloTests
{
    [Fact]
    public async Task A_hello_without_end_is_not_kept()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Https);

        // A ClientHello of 16 MiB, in records of 16 KiB.
        byte[] record = [0x16, 3, 1, 0x40, 0, .. new byte[16_384]];
        byte[] first = [0x16, 3, 1, 0x40, 0, 1, 0xFF, 0xFF, 0xFF, 3, 3, .. new byte[16_378]];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sent = 0;
        try
        {
            await socket.SendAsync(first);
            for (; sent < 1_024; sent++)
            {
                await socket.SendAsync(record);
            }
        }
        catch (SocketException)
        {
            // As hoped for.
        }

        await server.HasNoConnectionsAsync();
        Assert.InRange(sent, 0, 1_000);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 * 1024 * 1024);
    }
}
