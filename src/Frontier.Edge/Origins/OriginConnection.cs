// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Frontier.Http.Http1;

namespace Frontier.Edge.Origins;

/// <summary>
/// One connection to an origin: reads and writes with deadlines, and the bytes received but not yet used. One exchange uses it
/// at a time, with at most one read and one write under way; only <see cref="Abort"/> may be called by others.
/// </summary>
internal sealed class OriginConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly OriginDeadline _deadline;
    private readonly Action<OriginConnection> _closed;
    private readonly OriginBuffer _buffer = new();
    private ValueTask<int> _idleRead;
    private bool _listens;
    private bool _reading;
    private bool _awaitsFirstWord;
    private int _abortReason;
    private int _disposed;

    /// <param name="stream">Over the socket, which it owns.</param>
    /// <param name="closed">Called once, when the connection is gone.</param>
    public OriginConnection(OriginEndpoint endpoint, Socket socket, Stream stream, TimeProvider time, Action<OriginConnection> closed)
    {
        Endpoint = endpoint;
        _socket = socket;
        _stream = stream;
        _closed = closed;
        _deadline = new OriginDeadline(time, Abort);
    }

    public OriginEndpoint Endpoint { get; }

    /// <summary>How long the name took to resolve, and then the connection to stand; zero once reused.</summary>
    public TimeSpan ResolveTime { get; set; }

    public TimeSpan ConnectTime { get; set; }

    /// <summary>True when an exchange before this one used the connection.</summary>
    public bool IsReused { get; private set; }

    /// <summary>The timestamp at which it became idle; the pool's to write.</summary>
    public long IdleSince { get; set; }

    public OriginDeadline Deadline => _deadline;

    /// <summary>Reads the heads of all its responses, one after the other.</summary>
    public ResponseHeadParser Parser { get; } = new();

    /// <summary>Whether reads arm the deadline; not while an upload, which arms it for itself, is under way.</summary>
    public bool ArmsReads { get; set; } = true;

    public OriginFailure AbortReason => (OriginFailure)Volatile.Read(ref _abortReason);

    public ReadOnlySpan<byte> Buffered => _buffer.Buffered;

    public void Consume(int bytes) => _buffer.Consume(bytes);

    /// <summary>Makes the connection useless at once: whatever is under way ends in this failure, unless an earlier one was given.</summary>
    public void Abort(OriginFailure reason)
    {
        if (Interlocked.CompareExchange(ref _abortReason, (int)reason, (int)OriginFailure.None) == (int)OriginFailure.None)
        {
            _socket.Dispose();
        }
    }

    /// <summary>Prepares an exchange. False when the idle connection is dead, or the origin sent something unasked: it must be disposed of then.</summary>
    public bool TryBegin(long? completionDue)
    {
        try
        {
            if (_listens && (_idleRead.IsCompleted || _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead)))
            {
                return false;
            }
        }
        catch (Exception error) when (IsBroken(error))
        {
            return false;
        }

        _deadline.Begin(completionDue);
        _awaitsFirstWord = true;
        ArmsReads = true;
        return true;
    }

    /// <summary>
    /// Gives a large buffer back and listens for what an idle connection must not bring: bytes or an end. What it hears first
    /// after the next request is the beginning of that one's response.
    /// False when there are bytes left that belong to no response (DP-11.4): who sends them cannot be trusted with another request.
    /// </summary>
    public bool TryGoIdle()
    {
        if (!_buffer.IsEmpty || AbortReason is not OriginFailure.None)
        {
            return false;
        }

        _buffer.Release();
        ResolveTime = TimeSpan.Zero;
        ConnectTime = TimeSpan.Zero;
        IsReused = true;
        try
        {
            return TryListen(_stream.ReadAsync(_buffer.Room(), CancellationToken.None));
        }
        catch (Exception error) when (IsBroken(error))
        {
            return false;
        }
    }

    /// <summary>Keeps the read for the next exchange, which awaits it, once. False when it has ended at once.</summary>
    private bool TryListen(ValueTask<int> read)
    {
        _idleRead = read;
        _listens = true;
        return !read.IsCompleted;
    }

    /// <summary>True when an idle connection ended, or brought something, while nobody used it.</summary>
    public bool IsStale => _listens && _idleRead.IsCompleted;

    /// <summary>Receives more behind the buffered bytes. The count is 0 at the end of the connection.</summary>
    public ValueTask<OriginRead> FillAsync(CancellationToken cancellationToken)
    {
        var into = _listens ? default : _buffer.Room();
        return ReceiveAsync(into, fills: true, cancellationToken);
    }

    /// <summary>Receives into the caller's memory, past the buffer, which must be empty. The count is 0 at the end of the connection.</summary>
    public ValueTask<OriginRead> ReceiveAsync(Memory<byte> into, CancellationToken cancellationToken) => ReceiveAsync(into, fills: false, cancellationToken);

    /// <summary>Sends; <see cref="OriginFailure.WriteError"/> when the connection broke.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the connection cannot be written to any more.</exception>
    public ValueTask<OriginFailure> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            var pending = _stream.WriteAsync(bytes, cancellationToken);
            if (!pending.IsCompletedSuccessfully)
            {
                return AwaitSendAsync(pending);
            }

            pending.GetAwaiter().GetResult(); // of a completed operation that may be used again
            return new ValueTask<OriginFailure>(OriginFailure.None);
        }
        catch (Exception error) when (IsBroken(error))
        {
            return new ValueTask<OriginFailure>(BrokenReason(OriginFailure.WriteError));
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _deadline.Dispose();
        _socket.Dispose();
        _stream.Dispose();
        if (!_reading)
        {
            // With a read still under way, whose memory this may be, the buffer is left to the garbage collector.
            _buffer.Release();
        }

        _closed(this);
    }

    /// <summary>What sockets and TLS streams throw for peers and aborts; anything else is a bug.</summary>
    internal static bool IsBroken(Exception error) => error is IOException or SocketException or ObjectDisposedException;

    /// <param name="fills">Whether it goes behind the buffered bytes, and not into the caller's memory.</param>
    private ValueTask<OriginRead> ReceiveAsync(Memory<byte> into, bool fills, CancellationToken cancellationToken)
    {
        if (_deadline.IsCompletionOver)
        {
            Abort(OriginFailure.CompletionTimeout);
        }

        try
        {
            var pending = _listens ? _idleRead : _stream.ReadAsync(into, CancellationToken.None);
            _listens = false;
            return pending.IsCompletedSuccessfully
                ? new ValueTask<OriginRead>(Received(pending.Result, fills))
                : AwaitReceiveAsync(pending, fills, cancellationToken);
        }
        catch (Exception error) when (IsBroken(error))
        {
            return new ValueTask<OriginRead>(OriginRead.Failed(BrokenReason(OriginFailure.ClosedEarly)));
        }
    }

    private OriginRead Received(int count, bool fills)
    {
        _awaitsFirstWord = false;
        if (fills)
        {
            _buffer.Add(count);
        }

        return new OriginRead(count, OriginFailure.None, count == 0);
    }

    private OriginFailure BrokenReason(OriginFailure otherwise) => AbortReason is not OriginFailure.None and var reason ? reason : otherwise;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginRead> AwaitReceiveAsync(ValueTask<int> pending, bool fills, CancellationToken cancellationToken)
    {
        _reading = true;
        ArmForRead();
        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static state => ((OriginConnection)state!).Abort(OriginFailure.ViewerGone), this);
            return Received(await pending, fills);
        }
        catch (Exception error) when (IsBroken(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return OriginRead.Failed(BrokenReason(OriginFailure.ClosedEarly));
        }
        finally
        {
            _reading = false;
            DisarmAfterRead();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginFailure> AwaitSendAsync(ValueTask pending)
    {
        _deadline.Arm(Endpoint.ReadTimeout);
        try
        {
            await pending;
            _deadline.Disarm();
            return OriginFailure.None;
        }
        catch (Exception error) when (IsBroken(error))
        {
            return BrokenReason(OriginFailure.WriteError);
        }
    }

    private void ArmForRead()
    {
        if (ArmsReads)
        {
            _deadline.Arm(_awaitsFirstWord ? Endpoint.FirstWordTimeout ?? Endpoint.ReadTimeout : Endpoint.ReadTimeout);
        }
    }

    private void DisarmAfterRead()
    {
        if (ArmsReads)
        {
            _deadline.Disarm();
        }
    }
}
