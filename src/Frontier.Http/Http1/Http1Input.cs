// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using Frontier.Http.Transport;

namespace Frontier.Http.Http1;

/// <summary>
/// What a connection has received and nobody has used yet. While a handler is at work one receive may be under way, so that the
/// viewer's leaving is noticed; its bytes then wait here. One user at a time.
/// </summary>
/// <param name="onEnd">Called when the viewer has ended its side, or the connection was cut, while it was watched.</param>
internal sealed class Http1Input(Connection connection, Action onEnd)
{
    /// <summary>Most heads fit; ten thousand idle connections hold twenty megabytes of it.</summary>
    private const int SmallBytes = 2 * 1024;

    /// <summary>The longest head and what a body is read by.</summary>
    private const int LargeBytes = Http1Limits.HeadBytes;

    /// <summary>Requests, or receives, that one connection has to itself: less than a millisecond's work.</summary>
    private const int UnbrokenTurns = 64;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _turns;
    private Task<bool>? _underWay;

    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public ReadOnlyMemory<byte> BufferedMemory => _buffer.AsMemory(_start, _end - _start);

    public bool IsEmpty => _start == _end;

    /// <summary>Bytes received since the connection began.</summary>
    public long Received { get; private set; }

    public void Consume(int count) => _start += count;

    /// <summary>Where the next bytes go: at least one. Only while nothing is under way.</summary>
    public Memory<byte> Room()
    {
        // A small buffer that was filled to its end is left for a large one, as bodies ask for.
        if (_start == _end && (_end < _buffer.Length || _end > SmallBytes))
        {
            (_start, _end) = (0, 0);
        }

        if (_end == _buffer.Length)
        {
            Grow();
        }

        return _buffer.AsMemory(_end);
    }

    public void Add(int count)
    {
        _end += count;
        Received += count;
    }

    /// <summary>
    /// Receives more behind what is there. False when the viewer has ended its side. A wait that is cancelled is not lost: the
    /// receive goes on, and the next call waits for it.
    /// </summary>
    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (_underWay is null)
        {
            var receiving = connection.ReceiveAsync(Room());
            if (receiving.IsCompletedSuccessfully)
            {
                var count = receiving.Result;
                Add(count);
                await GiveWayAsync();
                return count > 0;
            }

            _turns = 0;
            _underWay = CompleteAsync(receiving);
        }

        var hasMore = await _underWay.WaitAsync(cancellationToken);
        _underWay = null;
        return hasMore;
    }

    /// <summary>
    /// For whoever would go on without ever waiting: a viewer that sends without a pause must not keep a thread from the other
    /// connections of it.
    /// </summary>
    public ValueTask GiveWayAsync() => ++_turns % UnbrokenTurns == 0 ? YieldAsync() : ValueTask.CompletedTask;

    /// <summary>There was a wait.</summary>
    public void StartTurns() => _turns = 0;

    /// <summary>True while a receive is under way: only <see cref="ReceiveAsync"/> and <see cref="Settle"/> may be called then, and there is nothing buffered.</summary>
    public bool IsReceiving => _underWay is not null;

    /// <summary>Receives in the background until there is something. Only when nothing is buffered and nothing under way.</summary>
    public void Watch()
    {
        Shrink();
        _underWay = WatchAsync();
    }

    /// <summary>Takes over what a receive in the background has brought, if it has.</summary>
    public void Settle()
    {
        if (_underWay is { IsCompletedSuccessfully: true, Result: true })
        {
            _underWay = null;
        }
    }

    /// <summary>Waits for what is under way, once the connection has been cut: nobody writes into the buffer any more.</summary>
    public async ValueTask StopAsync()
    {
        try
        {
            await (_underWay ?? Task.CompletedTask);
        }
        catch (ViewerGoneException)
        {
            // As expected.
        }
    }

    /// <summary>Makes the buffer as small as its content allows; before a wait that may be long.</summary>
    public void Shrink()
    {
        if (IsEmpty && _buffer.Length > SmallBytes)
        {
            Release();
        }
    }

    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _start, _end) = ([], 0, 0);
    }

    private static async ValueTask YieldAsync() => await Task.Yield();

    private async Task<bool> CompleteAsync(ValueTask<int> receiving)
    {
        var count = await receiving;
        Add(count);
        return count > 0;
    }

    private async Task<bool> WatchAsync()
    {
        try
        {
            var count = await connection.ReceiveAsync(Room());
            Add(count);
            if (count > 0)
            {
                return true;
            }
        }
        catch (ViewerGoneException)
        {
            // The same as an end, to who waits for the answer.
        }

        onEnd();
        return false;
    }

    private void Grow()
    {
        var length = _end - _start;
        if (_start > 0 && length > 0 && length < _buffer.Length / 2)
        {
            Buffered.CopyTo(_buffer);
        }
        else
        {
            // Refused heads end at the larger size, and bodies are taken out as they come: it never grows further.
            var next = ArrayPool<byte>.Shared.Rent(_buffer.Length == 0 ? SmallBytes : LargeBytes + SmallBytes);
            Buffered.CopyTo(next);
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = next;
        }

        (_start, _end) = (0, length);
    }
}
