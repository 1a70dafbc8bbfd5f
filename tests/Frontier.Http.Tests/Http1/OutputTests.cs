// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using Frontier.Http.Http1;
using Frontier.Http.Transport;
using Frontier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

/// <summary>What is written to a connection arrives whole and in order, however much of it the connection takes at a time.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Bytes_arrive_whole_and_in_order_whatever_is_taken_at_once() => Prop.ForAll(
        Gen.Choose(0, 200_000).ArrayOf().Resize(8).ToArbitrary(),
        Gen.Choose(0, 150_000).ArrayOf().ToArbitrary(),
        (sizes, takes) => RunAsync(sizes, takes).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_viewer_that_takes_all_is_sent_head_and_body_together()
    {
        var connection = new TakingConnection([int.MaxValue]);
        var output = Output(connection);
        await output.WriteAsync("head"u8.ToArray());
        await output.WriteAsync(Sequence(70_000, 65_536, 65_536, 65_536));
        Assert.Equal((1, 0, 266_612L), (connection.Gatherings, connection.Sends, connection.Received.Length));
        Assert.True(output.IsEmpty);
        Assert.Equal(266_612, output.Written);
    }

    private static async Task RunAsync(int[] sizes, int[] takes)
    {
        var connection = new TakingConnection(takes);
        var output = Output(connection);
        using var expected = new MemoryStream();
        foreach (var size in sizes)
        {
            var bytes = Bytes(size, seed: size);
            expected.Write(bytes);
            var cut = size / 3;
            await (size % 2 == 0 ? output.WriteAsync(bytes) : output.WriteAsync(Joined(bytes[..cut], bytes[cut..])));
        }

        await output.FlushAsync();
        Assert.True(output.IsEmpty);
        Assert.Equal(expected.Length, output.Written);
        Assert.Equal(expected.ToArray(), connection.Received.ToArray());
    }

    private static Http1Output Output(Connection connection) => new(connection, new HttpServerLimits(), new ServerClock(new ManualTimeProvider()));

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static ReadOnlySequence<byte> Sequence(params int[] lengths) => Joined([.. lengths.Select(static length => Bytes(length, length))]);

    private static ReadOnlySequence<byte> Joined(params byte[][] parts)
    {
        var first = new Run(parts[0], 0);
        var last = parts[1..].Where(static part => part.Length > 0).Aggregate(first, static (before, part) => before.Then(part));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Run : ReadOnlySequenceSegment<byte>
    {
        public Run(byte[] bytes, long before) => (Memory, RunningIndex) = (bytes, before);

        public Run Then(byte[] bytes)
        {
            var next = new Run(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    /// <summary>Takes at once as many bytes as the script says, call by call, and none when it is over; whatever is waited for arrives.</summary>
    private sealed class TakingConnection(int[] takes) : Connection
    {
        private int _calls;

        public MemoryStream Received { get; } = new();

        /// <summary>Calls that took bytes at once.</summary>
        public int Gatherings { get; private set; }

        /// <summary>Calls that were waited for.</summary>
        public int Sends { get; private set; }

        public override IPEndPoint Remote { get; } = new(IPAddress.Loopback, 50_000);

        public override TlsConnection? Tls => null;

        public override ValueTask WaitAsync() => ValueTask.CompletedTask;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => ValueTask.FromResult(0);

        public override int SendNow(IList<ArraySegment<byte>> runs)
        {
            Assert.InRange(runs.Count, 2, 8);
            return Take([.. runs.SelectMany(static run => run)]);
        }

        public override int SendNow(ReadOnlySpan<byte> bytes) => Take(bytes);

        public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
        {
            Sends++;
            await Task.Yield();
            Received.Write(bytes.Span);
        }

        public override ValueTask EndAsync() => ValueTask.CompletedTask;

        public override void Abort() => throw new InvalidOperationException("Nothing here is worth cutting a connection for.");

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private int Take(ReadOnlySpan<byte> bytes)
        {
            var taken = _calls < takes.Length ? Math.Min(takes[_calls++], bytes.Length) : 0;
            Gatherings += taken > 0 ? 1 : 0;
            Received.Write(bytes[..taken]);
            return taken;
        }
    }
}
