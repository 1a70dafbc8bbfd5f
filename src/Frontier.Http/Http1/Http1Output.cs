// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using Frontier.Http.Transport;

namespace Frontier.Http.Http1;

/// <summary>
/// What a connection is about to send. Small pieces are gathered, large ones go out from where they lie; a viewer that takes
/// nothing for too long is cut by the sweep. One user at a time.
/// </summary>
internal sealed class Http1Output(Connection connection, HttpServerLimits limits, ServerClock clock)
{
    /// <summary>A head as long as any, and a body that is cheaper copied than sent apart.</summary>
    private const int BufferBytes = 64 * 1024;

    /// <summary>Below this a piece is copied beside what waits: a system call costs as much as copying some tens of KiB.</summary>
    public const int CopiedBytes = 32 * 1024;

    private const long Never = long.MaxValue;

    private byte[]? _buffer;
    private int _used;
    private long _deadline = Never;

    public bool IsEmpty => _used == 0;

    /// <summary>Bytes handed to the connection, or waiting to be, since it began.</summary>
    public long Written { get; private set; }

    /// <summary>Whether a send has taken longer than a viewer may take.</summary>
    public bool IsOverdue => clock.Seconds > Volatile.Read(ref _deadline);

    /// <summary>Room for that many bytes, if there is as much without sending first.</summary>
    public bool TryReserve(int bytes, out Span<byte> room)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferBytes);
        room = _buffer.AsSpan(_used);
        return room.Length >= bytes;
    }

    public void Advance(int bytes)
    {
        _used += bytes;
        Written += bytes;
    }

    /// <summary>As <see cref="TryReserve"/>, and sends first where it must. At most 64 KiB.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Memory<byte>> ReserveAsync(int bytes)
    {
        if (!TryReserve(bytes, out _))
        {
            await FlushAsync();
            TryReserve(bytes, out _);
        }

        return _buffer.AsMemory(_used);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= CopiedBytes && TryReserve(bytes.Length, out var room))
        {
            bytes.Span.CopyTo(room);
            Advance(bytes.Length);
            return ValueTask.CompletedTask;
        }

        return SendAsync(bytes);
    }

    public ValueTask FlushAsync()
    {
        if (_used == 0)
        {
            return ValueTask.CompletedTask;
        }

        var sending = connection.SendAsync(_buffer.AsMemory(0, _used));
        if (!sending.IsCompletedSuccessfully)
        {
            return FlushedAsync(sending);
        }

        Release(); // connections that wait for a request hold no buffer
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives the buffer back; nothing waits any more. One that a send may still read from, left behind by a handler that did not wait for it, is not anybody else's.</summary>
    public void Release()
    {
        _used = 0;
        if (_buffer is { } buffer)
        {
            _buffer = null;
            if (Volatile.Read(ref _deadline) is Never)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_used > 0 && TryReserve(1, out var room))
        {
            // What waits goes out full: the head and the beginning of its body in one send.
            var first = Math.Min(room.Length, Math.Min(bytes.Length, CopiedBytes));
            bytes.Span[..first].CopyTo(room);
            Advance(first);
            bytes = bytes[first..];
        }

        await FlushAsync();
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, limits.SendBytes)];
            await WithDeadlineAsync(connection.SendAsync(part));
            Written += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushedAsync(ValueTask sending)
    {
        await WithDeadlineAsync(sending);
        Release();
    }

    private ValueTask WithDeadlineAsync(ValueTask sending) => sending.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitAsync(sending);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync(ValueTask sending)
    {
        Volatile.Write(ref _deadline, clock.Seconds + (long)limits.SendTimeout.TotalSeconds);
        try
        {
            await sending;
        }
        finally
        {
            Volatile.Write(ref _deadline, Never);
        }
    }
}
