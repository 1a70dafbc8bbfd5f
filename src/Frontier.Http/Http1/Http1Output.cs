// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>Runs handed to the connection at once: with more, its platform allocates.</summary>
    private const int MaxRuns = 8;

    private const long Never = long.MaxValue;

    [ThreadStatic]
    private static List<ArraySegment<byte>>? _runs;

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

        return WriteAsync(new ReadOnlySequence<byte>(bytes));
    }

    /// <summary>What waits, and then these bytes, from where they lie.</summary>
    public ValueTask WriteAsync(ReadOnlySequence<byte> bytes)
    {
        var rest = SendNow(bytes);
        return rest.IsEmpty && _used == 0 ? ValueTask.CompletedTask : SendAsync(rest);
    }

    public ValueTask FlushAsync()
    {
        if (_used == 0 || (SendNow(default).IsEmpty && _used == 0))
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

    /// <summary>Sends what waits and these bytes as far as the connection takes them at once. Returns what it did not take of them.</summary>
    private ReadOnlySequence<byte> SendNow(ReadOnlySequence<byte> bytes)
    {
        var runs = _runs ??= new List<ArraySegment<byte>>(MaxRuns);
        while (true)
        {
            var offered = Gather(bytes, runs);
            var sent = runs.Count switch
            {
                0 => 0,
                1 => connection.SendNow(runs[0].AsSpan()),
                _ => connection.SendNow(runs),
            };
            runs.Clear();
            if (sent < _used)
            {
                _buffer.AsSpan(sent, _used - sent).CopyTo(_buffer);
                _used -= sent;
                return bytes;
            }

            sent -= _used;
            offered -= _used;
            Release(); // connections that wait for a request hold no buffer
            Written += sent;
            bytes = bytes.Slice(sent);
            if (sent < offered || offered == 0 || bytes.IsEmpty)
            {
                return bytes;
            }
        }
    }

    /// <summary>What waits and the beginning of these bytes, as far as one send may have runs. Returns how many bytes that are.</summary>
    private int Gather(ReadOnlySequence<byte> bytes, List<ArraySegment<byte>> runs)
    {
        if (_used > 0)
        {
            runs.Add(new ArraySegment<byte>(_buffer!, 0, _used));
        }

        var gathered = _used;
        foreach (var run in bytes)
        {
            if (runs.Count == MaxRuns || !MemoryMarshal.TryGetArray(run, out var segment))
            {
                break;
            }

            runs.Add(segment);
            gathered += segment.Count;
        }

        return gathered;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(ReadOnlySequence<byte> bytes)
    {
        if (_used > 0 && TryReserve(1, out var room))
        {
            // What waits goes out full: the head and the beginning of its body in one send.
            var first = (int)Math.Min(room.Length, Math.Min(bytes.Length, CopiedBytes));
            bytes.Slice(0, first).CopyTo(room);
            Advance(first);
            bytes = bytes.Slice(first);
        }

        if (_used > 0)
        {
            await FlushedAsync(connection.SendAsync(_buffer.AsMemory(0, _used)));
        }

        while (!bytes.IsEmpty)
        {
            var part = bytes.First[..Math.Min(bytes.First.Length, limits.SendBytes)];
            await WithDeadlineAsync(connection.SendAsync(part));
            Written += part.Length;
            bytes = SendNow(bytes.Slice(part.Length));
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
