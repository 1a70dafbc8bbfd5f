// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
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
    /// <summary>A whole head fits, and no more is held for a viewer that reads slowly: the rest waits at the origin.</summary>
    private const int BufferBytes = Http1Limits.HeadBytes;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly OriginDeadline _deadline;
    private readonly Action<OriginConnection> _closed;
    private readonly byte[] _idleByte = new byte[1];
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private Task<int>? _idleRead;
    private bool _reading;
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

    /// <summary>Whether reads arm the deadline; not while an upload, which arms it for itself, is under way.</summary>
    public bool ArmsReads { get; set; } = true;

    public OriginFailure AbortReason => (OriginFailure)Volatile.Read(ref _abortReason);

    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public void Consume(int bytes)
    {
        _start += bytes;
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }
    }

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
            if (_idleRead is not null && (_idleRead.IsCompleted || _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead)))
            {
                return false;
            }
        }
        catch (Exception error) when (IsBroken(error))
        {
            return false;
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferBytes);
        _deadline.Begin(completionDue);
        ArmsReads = true;
        return true;
    }

    /// <summary>
    /// Gives the buffer back and listens, with one byte, for what an idle connection must not bring: bytes or an end. (A read
    /// of no bytes would do without the byte, but a socket completes it for a late event as well.)
    /// False when there are bytes left that belong to no response (DP-11.4): who sends them cannot be trusted with another request.
    /// </summary>
    public bool TryGoIdle()
    {
        if (_start != _end || AbortReason is not OriginFailure.None)
        {
            return false;
        }

        ReturnBuffer();
        ResolveTime = TimeSpan.Zero;
        ConnectTime = TimeSpan.Zero;
        IsReused = true;
        try
        {
            _idleRead = _stream.ReadAsync(_idleByte).AsTask();
            return !_idleRead.IsCompleted;
        }
        catch (Exception error) when (IsBroken(error))
        {
            return false;
        }
    }

    /// <summary>True when an idle connection ended, or brought something, while nobody used it.</summary>
    public bool IsStale => _idleRead is { IsCompleted: true };

    /// <summary>Receives more behind the buffered bytes. The count is 0 at the end of the connection.</summary>
    public ValueTask<OriginRead> FillAsync(CancellationToken cancellationToken)
    {
        if (_idleRead is not null)
        {
            return FillAfterIdleAsync(_idleRead, cancellationToken);
        }

        var pending = ReceiveAsync(FreeSpace(), cancellationToken);
        return pending.IsCompletedSuccessfully ? new ValueTask<OriginRead>(Filled(pending.Result)) : AwaitFillAsync(pending);
    }

    /// <summary>Receives into the caller's memory, past the buffer, which must be empty. The count is 0 at the end of the connection.</summary>
    public ValueTask<OriginRead> ReceiveAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_deadline.IsCompletionOver)
        {
            Abort(OriginFailure.CompletionTimeout);
        }

        try
        {
            var pending = _stream.ReadAsync(into, CancellationToken.None);
            return pending.IsCompletedSuccessfully
                ? new ValueTask<OriginRead>(Received(pending.Result))
                : AwaitReceiveAsync(pending, cancellationToken);
        }
        catch (Exception error) when (IsBroken(error))
        {
            return new ValueTask<OriginRead>(OriginRead.Failed(BrokenReason(OriginFailure.ClosedEarly)));
        }
    }

    /// <summary>Sends; <see cref="OriginFailure.WriteError"/> when the connection broke.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the connection cannot be written to any more.</exception>
    public async ValueTask<OriginFailure> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            var pending = _stream.WriteAsync(bytes, cancellationToken);
            if (pending.IsCompletedSuccessfully)
            {
                return OriginFailure.None;
            }

            _deadline.Arm(Endpoint.ReadTimeout);
            await pending;
            _deadline.Disarm();
            return OriginFailure.None;
        }
        catch (Exception error) when (IsBroken(error))
        {
            return BrokenReason(OriginFailure.WriteError);
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
            ReturnBuffer();
        }

        _ = _idleRead?.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        _closed(this);
    }

    /// <summary>What sockets and TLS streams throw for peers and aborts; anything else is a bug.</summary>
    internal static bool IsBroken(Exception error) => error is IOException or SocketException or ObjectDisposedException;

    private Memory<byte> FreeSpace()
    {
        if (_start > 0)
        {
            Buffered.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        return _buffer.AsMemory(_end, BufferBytes - _end);
    }

    private OriginRead Filled(OriginRead read)
    {
        _end += read.Count;
        return read;
    }

    private static OriginRead Received(int count) => new(count, OriginFailure.None, count == 0);

    private OriginFailure BrokenReason(OriginFailure otherwise) => AbortReason is not OriginFailure.None and var reason ? reason : otherwise;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginRead> AwaitFillAsync(ValueTask<OriginRead> pending) => Filled(await pending);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginRead> AwaitReceiveAsync(ValueTask<int> pending, CancellationToken cancellationToken)
    {
        _reading = true;
        ArmForRead();
        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static state => ((OriginConnection)state!).Abort(OriginFailure.ViewerGone), this);
            return Received(await pending);
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

    /// <summary>The first byte of a reused connection's response goes where the idle connection was listening.</summary>
    private async ValueTask<OriginRead> FillAfterIdleAsync(Task<int> listening, CancellationToken cancellationToken)
    {
        var first = await AwaitReceiveAsync(new ValueTask<int>(listening), cancellationToken);
        _idleRead = null;
        _idleByte.CopyTo(FreeSpace());
        return Filled(first);
    }

    private void ArmForRead()
    {
        if (ArmsReads)
        {
            _deadline.Arm(Endpoint.ReadTimeout);
        }
    }

    private void DisarmAfterRead()
    {
        if (ArmsReads)
        {
            _deadline.Disarm();
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
