// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http2;

/// <summary>One stream's request and the answer to it (RFC 9113, section 8.1). Handlers may use it from any thread, one call at a time for each direction.</summary>
internal sealed class Http2Exchange : HttpExchange
{
    private readonly Http2Connection _connection;
    private readonly StreamTable _streams;
    private CancellationTokenSource? _aborting;
    private HeaderList? _trailers;
    private bool _isReused;
    private bool _isWebSocket;
    private bool _isStarted;
    private bool _isBodiless;
    private bool _isBroken;
    private bool _endedWithHead;
    private long? _promised;
    private long _written;
    private long _headBytes;

    public Http2Exchange(Http2Connection connection, StreamTable streams)
    {
        (_connection, _streams) = (connection, streams);
        Input = new StreamInput(streams);
        Output = new StreamOutput(this);
        Run = new HandlerRun(this);
    }

    public StreamOutput Output { get; }

    public StreamInput Input { get; }

    public HandlerRun Run { get; }

    public Wait Writing { get; } = new();

    public Wait Reading { get; } = new();

    /// <summary>Among the connection's streams.</summary>
    public bool IsOpen { get; set; }

    /// <summary>A handler is at work.</summary>
    public bool IsHandled { get; set; }

    /// <summary>Serves no request.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Reset by either side, or left with its connection.</summary>
    public bool IsGone { get; set; }

    public bool IsSignalled { get; set; }

    /// <summary>Being told what has happened.</summary>
    public bool IsHearing { get; set; }

    public Signals Signals { get; set; }

    public Http2Exchange? NextSignalled { get; set; }

    /// <summary>The viewer may be silent in its body for as long as it likes.</summary>
    public bool MayPause { get; private set; }

    /// <summary>Seconds in which the handler has waited for the body; kept by the sweep.</summary>
    public long WaitedSeconds { get; set; }

    public override IPEndPoint Remote => _connection.Remote;

    public override TlsConnection? Tls => _connection.Tls;

    public override bool ConnectionReused => _isReused;

    public override CancellationToken Aborted
    {
        get
        {
            lock (_streams.Gate)
            {
                return IsGone ? new CancellationToken(true) : (_aborting ??= new CancellationTokenSource()).Token;
            }
        }
    }

    public override bool HasBody => !_isWebSocket && !_endedWithHead && Input.Length != 0;

    public override long? BodyLength => HasBody ? Input.Length : null;

    public override bool IsWebSocket => _isWebSocket;

    public override HeaderList? RequestTrailers => _trailers is { Count: > 0 } && Input is { IsEnded: true, HasBytes: false } ? _trailers : null;

    public override long BytesReceived => _headBytes + Input.BodyBytes;

    public override long BytesSent => Output.BytesSent;

    /// <summary>Where the fields behind the request's body go.</summary>
    public HeaderList Trailers => _trailers ??= new HeaderList();

    /// <summary>Takes up a request whose head has been read.</summary>
    /// <param name="headBytes">As it came.</param>
    public void Open(RequestFields fields, bool isReused, bool endsStream, int headBytes)
    {
        _isReused = isReused;
        _isWebSocket = fields.IsWebSocket;
        _endedWithHead = endsStream;
        _headBytes = headBytes;
        MayPause = _isWebSocket;
        Input.Open(fields.ContentLength);
        Input.IsEnded = endsStream;
    }

    /// <summary>Ready for the next request; what handlers may keep stays.</summary>
    public void Reset()
    {
        Request.Reset();
        _trailers?.Clear();
        IsGone = false;
        _isStarted = false;
        _isBodiless = false;
        _isBroken = false;
        _promised = null;
        _written = 0;
        WaitedSeconds = 0;
        if (_aborting is { } aborting && !aborting.TryReset())
        {
            aborting.Dispose();
            _aborting = null;
        }
    }

    /// <summary>Tells handlers what they wait for. Without the lock: they go on right here.</summary>
    public void Hear(Signals signals)
    {
        if ((signals & Signals.Gone) != 0)
        {
            Volatile.Read(ref _aborting)?.Cancel();
        }

        if ((signals & Signals.Written) != 0)
        {
            Writing.Complete();
        }

        if ((signals & Signals.Readable) != 0)
        {
            Reading.Complete();
        }
    }

    /// <summary>The handler is through with the request.</summary>
    /// <param name="failure">A bug; null for none.</param>
    public void Finish(Exception? failure)
    {
        bool isClaimed;
        lock (_streams.Gate)
        {
            End(failure is not null);
            _streams.Finish(this);
            _streams.Output.Hurry();
            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
        if (failure is not null)
        {
            _connection.Fail(failure);
        }
    }

    public override void AllowPauses() => MayPause = true;

    public override ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlyMemory<byte> bytes;
        ValueTask more = default;
        bool mustWait;
        bool isClaimed;
        lock (_streams.Gate)
        {
            ThrowIfGone();
            bytes = Input.Take(out var released);
            _streams.Release(this, released);
            mustWait = bytes.IsEmpty && !Input.IsEnded;
            if (mustWait)
            {
                more = Reading.Arm();
            }

            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
        return mustWait ? ReadBodyAsync(more, cancellationToken) : new ValueTask<ReadOnlyMemory<byte>>(bytes);
    }

    public override ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken)
    {
        var becomesPipe = _isWebSocket && head.Status == 101;
        Begin(!becomesPipe && (!head.MayHaveBody || Request.Method is RequestMethod.Head));
        _promised = _isBodiless || becomesPipe ? null : bodyLength;
        var bytes = becomesPipe ? AnswerHead.Write(AnswerHead.OfPipe(head), null, _connection.Date, Output) : AnswerHead.Write(head, bodyLength, _connection.Date, Output);
        lock (_streams.Gate)
        {
            ThrowIfGone();
            Output.HeadBytes = bytes;
        }

        return becomesPipe ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        _written += bytes.Length;
        if (!_isStarted || _isBodiless || _written > _promised)
        {
            throw new InvalidOperationException("No body of that length was told of.");
        }

        _connection.MakeRoom(Math.Min(bytes.Length, Http2Limits.TurnBytes));
        ValueTask written;
        bool isClaimed;
        lock (_streams.Gate)
        {
            ThrowIfGone();
            written = Send(new ReadOnlySequence<byte>(bytes));
            if (_isWebSocket)
            {
                _streams.Output.Hurry();
            }

            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
        return written.IsCompleted || !cancellationToken.CanBeCanceled || cancellationToken == _aborting?.Token ? written : WriteAsync(written, cancellationToken);
    }

    public override ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        bool isClaimed;
        lock (_streams.Gate)
        {
            ThrowIfGone();
            _streams.Output.Push(Output);
            _streams.Output.Hurry();
            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
        return ValueTask.CompletedTask;
    }

    public override ValueTask RespondAsync(PreparedHead head, HeaderList varying, ReadOnlySequence<byte> body)
    {
        Begin(isBodiless: true); // nothing more is written to it
        if (!body.IsEmpty && head.BodyLength is { } length && length != body.Length)
        {
            throw new InvalidOperationException("The body is of another length than the head says.");
        }

        _connection.MakeRoom((int)Math.Min(body.Length, Http2Limits.TurnBytes) + head.Http2.Length + HeaderBlock.MaxBytes(varying));
        ValueTask sent;
        bool isClaimed;
        lock (_streams.Gate)
        {
            ThrowIfGone();
            Output.Ends = true;
            _streams.Output.Start(Output, head, varying, endsStream: body.IsEmpty);
            sent = Output.IsEnded ? default : Send(body);
            _streams.Output.Hurry();
            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
        return sent;
    }

    public override ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken)
    {
        if (head.Status is < 100 or 101 or >= 200)
        {
            throw new ArgumentOutOfRangeException(nameof(head), head.Status, "No interim answer of HTTP/2.");
        }

        var block = AnswerHead.Interim(head);
        bool isClaimed;
        lock (_streams.Gate)
        {
            ThrowIfGone();
            if (!_isStarted)
            {
                _streams.Output.TryInterim(Output, block);
            }

            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
        return ValueTask.CompletedTask;
    }

    /// <summary>The connection goes on: its other streams have nothing to do with this one.</summary>
    public override void EndConnection()
    {
    }

    public override void SendTrailers(HeaderList trailers)
    {
        var kept = new HeaderList();
        trailers.CopyTo(kept);
        Output.Trailers = kept.Count > 0 ? kept : null;
    }

    /// <summary>Resets the stream; the connection and its other streams go on.</summary>
    public override void Abort()
    {
        bool isClaimed;
        lock (_streams.Gate)
        {
            _streams.Reset(this, ErrorCode.InternalError);
            isClaimed = _streams.Output.TryClaim();
        }

        _connection.Continue(isClaimed);
    }

    private void Begin(bool isBodiless)
    {
        if (_isStarted)
        {
            throw new InvalidOperationException("The answer has begun already.");
        }

        _isStarted = true;
        _isBodiless = isBodiless;
    }

    private void ThrowIfGone()
    {
        if (IsGone)
        {
            throw new ViewerGoneException();
        }
    }

    /// <summary>Under the lock. Completes when the bytes have been copied.</summary>
    private ValueTask Send(in ReadOnlySequence<byte> body)
    {
        Output.Body = body;
        Output.BodyLeft = body.Length;
        _streams.Output.Push(Output);
        return Output.BodyLeft == 0 ? default : Writing.Arm();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(ValueTask more, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((Http2Exchange)state!).Cancel(isWrite: false, token), this))
        {
            await more;
        }

        lock (_streams.Gate)
        {
            ThrowIfGone();
            return Input.Take(out _);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAsync(ValueTask written, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((Http2Exchange)state!).Cancel(isWrite: true, token), this))
        {
            await written;
        }
    }

    /// <summary>Ends a wait. The bytes that were to be written are no longer needed then, and the answer cannot become whole.</summary>
    private void Cancel(bool isWrite, CancellationToken token)
    {
        lock (_streams.Gate)
        {
            if (!(isWrite ? Writing : Reading).TryRelease(new OperationCanceledException(token)))
            {
                return;
            }

            if (isWrite)
            {
                Output.Drop();
                _isBroken = true;
            }

            _streams.Signals.Add(this, isWrite ? Signals.Written : Signals.Readable);
        }

        _connection.Continue(isClaimed: false);
    }

    /// <summary>Under the lock. What was not answered, or not as it was told, must not look whole.</summary>
    private void End(bool hasFailed)
    {
        if (IsGone || Output.IsEnded)
        {
            return;
        }

        if (hasFailed || _isBroken || !_isStarted || (_promised is { } promised && promised != _written))
        {
            _streams.Reset(this, ErrorCode.InternalError);
        }
        else if (!Output.Ends)
        {
            Output.Ends = true;
            _streams.Output.Push(Output);
        }
    }
}
