// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using Frontier.Decisions.Delivery;
using Frontier.Edge.Shedding;
using Frontier.Edge.Tiers;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>
/// A response whose head has arrived and whose body is read from the connection as it is asked for: who reads slowly slows
/// the origin, and no more than one buffer is held. One reader at a time. Must be disposed of; a body not read to its end costs the connection.
/// </summary>
public sealed class OriginResponse : IOriginBody
{
    private readonly OriginPool _pool;
    private readonly OriginUse _use;
    private readonly MessageFraming _framing;
    private readonly bool _keepsOpen;
    private readonly ChunkedDecoder? _decoder;
    private OriginConnection? _connection;
    private OriginFailure _failure;
    private long _left;

    internal OriginResponse(OriginExchange exchange, OriginConnection connection, OriginPool pool, OriginUse use)
    {
        Head = exchange.Head;
        Version = exchange.Version;
        TimeToFirstByte = exchange.TimeToFirstByte;
        ConnectionReused = connection.IsReused;
        ResolveTime = connection.ResolveTime;
        ConnectTime = connection.ConnectTime;
        _framing = exchange.Framing;
        _keepsOpen = exchange.KeepsOpen;
        _decoder = _framing.Kind is BodyKind.Chunked ? new ChunkedDecoder() : null;
        _pool = pool;
        _use = use;
        _connection = connection;
        _left = _framing.Length;
        if (!HasBody && Head.Status != 101)
        {
            Finish();
        }
    }

    /// <summary>As received, every field.</summary>
    public ResponseHead Head { get; }

    public HttpVersion Version { get; }

    /// <summary>What the cache above says that has answered in the origin's place; null for an origin's own answer.</summary>
    internal TierAnswer? Parent { get; set; }

    /// <summary>Bytes; null while only the end will tell.</summary>
    public long? BodyLength => _framing.Kind is BodyKind.Chunked or BodyKind.UntilClose ? null : _framing.Length;

    /// <summary>False when there is nothing to read: to HEAD, with 204 and 304, and for a length of 0.</summary>
    public bool HasBody => BodyLength is not 0;

    /// <summary>From the request's last byte to the response's first.</summary>
    public TimeSpan TimeToFirstByte { get; }

    /// <summary>Zero when the connection was reused, or nothing had to be resolved.</summary>
    public TimeSpan ResolveTime { get; }

    /// <summary>TCP and TLS; zero when the connection was reused.</summary>
    public TimeSpan ConnectTime { get; }

    public bool ConnectionReused { get; }

    /// <summary>The three times as Server-Timing tells them.</summary>
    public UpstreamTiming Timing => new(ResolveTime, ConnectTime, TimeToFirstByte);

    /// <summary>
    /// The next bytes of the body, without its framing. After the end, or a failure, every call says so again.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing more can be read.</exception>
    public ValueTask<OriginRead> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            return new ValueTask<OriginRead>(new OriginRead(0, _failure, _failure is OriginFailure.None));
        }

        if (into.IsEmpty)
        {
            return new ValueTask<OriginRead>(new OriginRead(0, OriginFailure.None, false));
        }

        if (_connection.Deadline.IsCompletionOver)
        {
            return new ValueTask<OriginRead>(Fail(OriginFailure.CompletionTimeout));
        }

        return _decoder is null ? ReadPlain(into, cancellationToken)
            : TryDecode(into, out var read) ? new ValueTask<OriginRead>(read)
            : FillAndDecodeAsync(into, cancellationToken);
    }

    /// <summary>The fields behind a chunked body, once it has been read to its end; null when there are none.</summary>
    public HeaderList? Trailers => _decoder?.Trailers;

    /// <summary>Keeps a slot until the last byte has come, or nobody wants it any more.</summary>
    internal void Hold(MissSlot slot) => _use.Hold(slot);

    /// <summary>The connection of a 101, which is the caller's from here on. Called at most once.</summary>
    internal OriginTunnel TakeTunnel()
    {
        var tunnel = new OriginTunnel(_connection!, _use);
        _connection = null;
        return tunnel;
    }

    public ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            connection.Dispose();
            _use.End(OriginFailure.None);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask<OriginRead> ReadPlain(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_framing.Kind is BodyKind.Length)
        {
            into = into[..(int)Math.Min(into.Length, _left)];
        }

        var buffered = _connection!.Buffered;
        if (!buffered.IsEmpty)
        {
            var count = Math.Min(buffered.Length, into.Length);
            buffered[..count].CopyTo(into.Span);
            _connection.Consume(count);
            return new ValueTask<OriginRead>(Take(new OriginRead(count, OriginFailure.None, false)));
        }

        var pending = _connection.ReceiveAsync(into, cancellationToken);
        return pending.IsCompletedSuccessfully ? new ValueTask<OriginRead>(Take(pending.Result)) : AwaitPlainAsync(pending);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginRead> AwaitPlainAsync(ValueTask<OriginRead> pending) => Take(await pending);

    private OriginRead Take(OriginRead received)
    {
        if (received.Failure is not OriginFailure.None)
        {
            return Fail(received.Failure);
        }

        if (_framing.Kind is BodyKind.UntilClose)
        {
            return received.End ? Finish() : received;
        }

        if (received.End)
        {
            return Fail(OriginFailure.ClosedEarly);
        }

        _left -= received.Count;
        return _left == 0 ? Finish(received.Count) : received;
    }

    /// <summary>False when more must be received first.</summary>
    private bool TryDecode(Memory<byte> into, out OriginRead read)
    {
        var status = _decoder!.Decode(_connection!.Buffered, into.Span, out var consumed, out var written);
        _connection.Consume(consumed);
        read = status switch
        {
            ChunkedStatus.NeedMore => new OriginRead(written, OriginFailure.None, false),
            ChunkedStatus.End => Finish(written),
            ChunkedStatus.Refused => Fail(OriginFailure.InvalidResponse),
        };
        return status is not ChunkedStatus.NeedMore || written > 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginRead> FillAndDecodeAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        OriginRead read;
        do
        {
            var filled = await _connection!.FillAsync(cancellationToken);
            if (filled.Failure is not OriginFailure.None || filled.End)
            {
                return Fail(filled.End ? OriginFailure.ClosedEarly : filled.Failure);
            }
        }
        while (!TryDecode(into, out read));
        return read;
    }

    private OriginRead Finish(int lastBytes = 0)
    {
        var connection = _connection!;
        _connection = null;
        if (_keepsOpen)
        {
            _pool.Return(connection);
        }
        else
        {
            connection.Dispose();
        }

        _use.End(OriginFailure.None);
        return new OriginRead(lastBytes, OriginFailure.None, true);
    }

    private OriginRead Fail(OriginFailure failure)
    {
        _failure = failure;
        _connection!.Dispose();
        _connection = null;
        _use.End(failure);
        return OriginRead.Failed(failure);
    }
}
