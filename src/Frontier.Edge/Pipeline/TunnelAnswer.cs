// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Edge.Origins;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// A WebSocket: the origin's 101, and then raw bytes both ways until either side ends or neither has said anything for ten
/// minutes (DP-30.1). What the origin sends is this answer's body; what the viewer sends is carried beside it.
/// </summary>
internal sealed class TunnelAnswer(HttpExchange exchange, OriginTunnel tunnel, TimeProvider time) : Answer
{
    /// <summary>DP-30.1.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    /// <summary>Takes the connection out of the response.</summary>
    public static TunnelAnswer Of(RequestContext context, OriginResponse response, TimeProvider time)
    {
        var head = new ResponseHead();
        ViewerResponse.Filter(response.Head, context.Behavior, isShared: false, head);
        head.Headers.Add("Upgrade"u8, "websocket"u8);
        return new TunnelAnswer(context.Exchange, response.TakeTunnel(), time) { Head = head, Result = ResultType.Miss };
    }

    public override BodyReader OpenBody(long offset, long? length) => new Reader(exchange, tunnel, time);

    public override async ValueTask DisposeAsync()
    {
        tunnel.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Read by the delivery; beside it, one task of its own carries the other direction.</summary>
    private sealed class Reader : BodyReader
    {
        /// <summary>Bytes from the origin that wait for the viewer at most; TCP holds back the rest.</summary>
        private const int BufferBytes = 16 * 1024;

        private readonly HttpExchange _exchange;
        private readonly OriginTunnel _tunnel;
        private readonly CancellationTokenSource _silence;
        private readonly CancellationTokenSource _over;
        private readonly CancellationTokenRegistration _abort;
        private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        private readonly Task _upward;

        public Reader(HttpExchange exchange, OriginTunnel tunnel, TimeProvider time)
        {
            (_exchange, _tunnel) = (exchange, tunnel);
            _silence = new CancellationTokenSource(LongestSilence, time);
            _over = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, exchange.Aborted);
            _abort = _over.Token.UnsafeRegister(static tunnel => ((OriginTunnel)tunnel!).Abort(), tunnel);
            _upward = CarryUpwardAsync();
        }

        public override async ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
        {
            _silence.CancelAfter(LongestSilence);
            var count = await _tunnel.ReadAsync(_buffer.AsMemory(0, BufferBytes));
            return new BodyRead(_buffer.AsMemory(0, count), count > 0 ? BodyState.More : BodyState.End);
        }

        public override async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _upward;
            await _abort.DisposeAsync();
            _over.Dispose();
            _silence.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        private async Task CarryUpwardAsync()
        {
            try
            {
                while (await _exchange.ReadBodyAsync(_over.Token) is { IsEmpty: false } bytes && await _tunnel.WriteAsync(bytes))
                {
                    _silence.CancelAfter(LongestSilence);
                }
            }
            catch (Exception error) when (error is ViewerGoneException or OperationCanceledException)
            {
                // Either ends the other direction as well, below.
            }
            finally
            {
                _tunnel.Abort();
            }
        }
    }
}
