// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Who is slow slows the other side; nobody's bytes pile up here (DP-17.3).</summary>
public sealed class BackpressureTests
{
    private const int BodyBytes = 64 << 20;

    /// <summary>What two sockets' kernel buffers may take between the origin and a client that does not read.</summary>
    private const int KernelBytes = 24 << 20;

    [Fact]
    public async Task A_large_body_arrives_whole_and_unaltered()
    {
        await using var bench = new OriginBench();
        var body = new byte[BodyBytes];
        new Random(1).NextBytes(body);
        bench.Origin.On("/large").Reply(new ScriptedReply { Body = body, PieceBytes = 65_536 });
        var result = await bench.SendAsync("/large");
        await using var response = result.Response!;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        Assert.Equal((BodyBytes, OriginFailure.None), await CountAsync(response, hash));
        Assert.Equal(SHA256.HashData(body), hash.GetHashAndReset());
    }

    [Theory]
    [InlineData(ScriptedFraming.ContentLength)]
    [InlineData(ScriptedFraming.Chunked)]
    public async Task An_origin_waits_for_a_reader_that_does_not_read(ScriptedFraming framing)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/unread").Reply(new ScriptedReply { Body = new byte[BodyBytes], PieceBytes = 65_536, Framing = framing });
        bench.Origin.On("/read").Reply(new ScriptedReply { Body = new byte[BodyBytes], PieceBytes = 65_536 });
        var result = await bench.SendAsync("/unread");
        await using var response = result.Response!;

        // While one body lies unread, another of the same size passes: time enough for both, were anyone to take them.
        var other = await bench.SendAsync("/read");
        await using (other.Response)
        {
            Assert.Equal((BodyBytes, OriginFailure.None), await CountAsync(other.Response!));
        }

        Assert.InRange(bench.Origin.BytesSent - BodyBytes, 1, KernelBytes);
        Assert.Equal((BodyBytes, OriginFailure.None), await CountAsync(response));
    }

    [Fact]
    public async Task Reading_a_body_allocates_nothing_for_each_read()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/large").Reply(new ScriptedReply { Body = new byte[BodyBytes], PieceBytes = 65_536 });
        var result = await bench.SendAsync("/large");
        await using var response = result.Response!;
        var buffer = new byte[100];

        // All these reads together take less than any kernel holds ready; on a busy machine it may hold less for a while, and a read that
        // waits goes on elsewhere, where nothing is counted.
        await bench.Origin.WaitUntilAsync(() => bench.Origin.BytesSent > 500_000);
        var (waited, allocated) = (true, 0L);
        for (var pass = 0; waited && pass < 100; pass++)
        {
            await ReadManyAsync(response, buffer, 100);
            var before = GC.GetAllocatedBytesForCurrentThread();
            waited = await ReadManyAsync(response, buffer, 300);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.False(waited, "The kernel never held enough for every read.");
        Assert.InRange(allocated, 0, 1_000); // the measuring task itself; 300 reads at even 8 bytes would be more
    }

    [Fact]
    public async Task An_origin_that_stops_taking_an_upload_slows_the_viewer_and_times_out()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(1);
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { Port = ((IPEndPoint)deaf.LocalEndPoint!).Port };
        var body = ScriptedBody.Of(new byte[BodyBytes], 65_536, announceLength: true);

        var pending = bench.SendAsync("/up", "POST", body);
        await bench.ElapseAsync(30);

        Assert.Equal(OriginFailure.ReadTimeout, (await pending).Failure);
        Assert.InRange(body.Taken, 1, KernelBytes);
    }

    private static async ValueTask<bool> ReadManyAsync(OriginResponse response, byte[] buffer, int times)
    {
        var waited = false;
        for (var i = 0; i < times; i++)
        {
            var pending = response.ReadAsync(buffer, CancellationToken.None);
            waited |= !pending.IsCompleted;
            if (await pending is not { Count: > 0, Failure: OriginFailure.None })
            {
                Assert.Fail("The body broke off."); // asked only then: the assertions themselves allocate
            }
        }

        return waited;
    }

    private static async Task<(int Bytes, OriginFailure Failure)> CountAsync(OriginResponse response, IncrementalHash? hash = null)
    {
        var buffer = new byte[65_536];
        var total = 0;
        while (true)
        {
            var read = await OriginBench.ReadAsync(response, buffer);
            total += read.Count;
            hash?.AppendData(buffer, 0, read.Count);
            if (read.End || read.Failure is not OriginFailure.None)
            {
                return (total, read.Failure);
            }
        }
    }
}
