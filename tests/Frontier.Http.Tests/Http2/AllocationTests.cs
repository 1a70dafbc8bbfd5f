// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using Frontier.Http.Http2;
using Frontier.Http.Transport;
using Frontier.Protocols.Http;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http2;

/// <summary>A warm connection answers without garbage: from the frames it receives to the bytes it sends, on one thread.</summary>
public sealed class AllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 1_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1_024)]
    [InlineData(16_384)]
    [InlineData(30_000)]
    public async Task A_thousand_warm_requests_allocate_nothing(int bodyBytes)
    {
        var connection = new RequestsConnection(WarmUp + Measured + 10);
        var handler = new MeasuringHandler(bodyBytes);
        await new Http2Connection(connection, handler, new HttpServerLimits(), new ServerClock(new ManualTimeProvider())).RunAsync();
        Assert.Equal(0, handler.After - handler.Before);
        Assert.True(connection.SentBytes > (WarmUp + Measured) * (long)bodyBytes);
    }

    private sealed class MeasuringHandler(int bodyBytes) : IExchangeHandler
    {
        private readonly PreparedHead _head = new(AnswersTests.Head(200, ("Content-Type", "text/plain"), ("ETag", "\"a\"")), bodyBytes);
        private readonly ReadOnlySequence<byte> _body = new(new byte[bodyBytes]);
        private readonly HeaderList _varying = new();
        private int _requests;

        public long Before { get; private set; }

        public long After { get; private set; }

        public ValueTask HandleAsync(HttpExchange exchange)
        {
            _requests++;
            if (_requests == WarmUp)
            {
                Before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (_requests == WarmUp + Measured)
            {
                After = GC.GetAllocatedBytesForCurrentThread();
            }

            _varying.Clear();
            _varying.Add("Age"u8, "12"u8);
            _varying.Add("X-Cache"u8, "Hit"u8);
            return exchange.RespondAsync(_head, _varying, _body);
        }

        public ValueTask RefuseAsync(HttpExchange exchange, int status) => throw new InvalidOperationException("All requests are sound.");
    }

    /// <summary>Brings requests in batches of sixteen, compressed as a browser would, and takes all answers at once.</summary>
    private sealed class RequestsConnection(int requests) : Connection
    {
        private const int Batch = 16;

        private readonly byte[] _buffer = new byte[32 * 1024];
        private int _sent;

        public long SentBytes { get; private set; }

        public override IPEndPoint Remote { get; } = new(IPAddress.Loopback, 1);

        public override TlsConnection? Tls => null;

        public override ValueTask WaitAsync() => ValueTask.CompletedTask;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            if (_sent == 0)
            {
                _sent = 1;
                byte[] beginning =
                [
                    .. FrameViewer.Preface, .. FrameViewer.Settings((4, int.MaxValue)), .. Frame.Of(FrameType.WindowUpdate, FrameFlags.None, 0, FrameViewer.Number(int.MaxValue - 65_535)),
                    .. Frame.Of(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, [0x82, 0x86, 0x41, 9, .. "a.example"u8, 0x44, 2, .. "/a"u8, 0x7A, 4, .. "test"u8, 0x60, 3, .. "a=1"u8]),
                ];
                beginning.CopyTo(buffer);
                return new ValueTask<int>(beginning.Length);
            }

            var at = 0;
            for (var i = 0; i < Batch && _sent < requests; i++)
            {
                at += Write(_buffer.AsSpan(at), (2 * _sent++) + 1);
            }

            _buffer.AsSpan(0, at).CopyTo(buffer.Span);
            return new ValueTask<int>(at);
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
        {
            SentBytes += bytes.Length;
            return ValueTask.CompletedTask;
        }

        public override ValueTask EndAsync() => ValueTask.CompletedTask;

        public override void Abort()
        {
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>A request by indices, and the windows opened again for its answer.</summary>
        private static int Write(Span<byte> destination, int stream)
        {
            ReadOnlySpan<byte> block = [0x82, 0x86, 0xC1, 0xC0, 0xBF, 0xBE];
            new FrameHeader(block.Length, FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, stream).Write(destination);
            block.CopyTo(destination[FrameHeader.Bytes..]);
            return FrameHeader.Bytes + block.Length;
        }
    }
}
