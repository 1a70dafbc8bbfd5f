// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>
/// Reads one request's body out of the connection's input (RFC 9112, section 6): by its length, or by chunks. A viewer that
/// brings less than the limits ask is cut by the sweep. Reused from request to request.
/// </summary>
internal sealed class Http1Body(Http1Input input, Http1Output output, HttpServerLimits limits, ServerClock clock)
{
    /// <summary>Decoded from chunks at once.</summary>
    private const int DecodedBytes = 16 * 1024;

    /// <summary>What is read and thrown away of a body that nobody wanted, so that the connection can go on.</summary>
    private const int DrainedBytes = 256 * 1024;

    private const long NotWaiting = long.MaxValue;

    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private readonly ChunkedDecoder _decoder = new();
    private MessageFraming _framing;
    private byte[]? _decoded;
    private long _left;
    private long _read;
    private int _lent;
    private long _waited;
    private long _waitsSince = NotWaiting;
    private bool _mayContinue;
    private bool _allowsPauses;

    /// <summary>False also for one whose length is 0: nothing can be read of it.</summary>
    public bool Exists => _framing.Kind is BodyKind.Chunked || _framing.Length > 0;

    /// <summary>Null for chunks, and when there is none.</summary>
    public long? Length => _framing.Length > 0 ? _framing.Length : null;

    /// <summary>Whether nothing of it is left in the connection.</summary>
    public bool IsRead { get; private set; } = true;

    /// <summary>The viewer waits for leave to send it (RFC 9110, section 10.1.1).</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Set once <see cref="IsRead"/> is, when there are any.</summary>
    public HeaderList? Trailers { get; private set; }

    /// <summary>Bytes of the body received so far, without its coding.</summary>
    public long BytesRead => _read;

    /// <summary>Whether the viewer brings it too slowly.</summary>
    public bool IsOverdue =>
        Volatile.Read(ref _waitsSince) is not NotWaiting and var since && !_allowsPauses
        && Volatile.Read(ref _waited) + clock.Seconds - since > (long)limits.BodyGrace.TotalSeconds + (Volatile.Read(ref _read) / limits.BodyBytesPerSecond);

    public void Begin(MessageFraming framing, bool expectsContinue)
    {
        _framing = framing;
        _left = framing.Length;
        _read = 0;
        _lent = 0;
        _allowsPauses = false;
        _waited = 0;
        Trailers = null;
        IsRead = !Exists;
        IsAwaited = expectsContinue && !IsRead && input.IsEmpty;
        _mayContinue = IsAwaited;
        if (framing.Kind is BodyKind.Chunked)
        {
            _decoder.Reset();
        }
    }

    public void AllowPauses() => _allowsPauses = true;

    /// <summary>The final answer has begun: an interim one would stand in the middle of it.</summary>
    public void ForgoContinue() => _mayContinue = false;

    /// <summary>The next run, valid until the next call; empty at the end. A cancelled read is not lost: the next one goes on with it.</summary>
    /// <exception cref="ViewerGoneException">The viewer went away, or its framing is broken.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        EndRead();
        if (_mayContinue)
        {
            IsAwaited = _mayContinue = false;
            await output.WriteAsync(Continue);
            await output.FlushAsync();
        }

        while (!IsRead)
        {
            if (TryTake(out var run))
            {
                return run;
            }

            if (!IsRead && !await ReceiveAsync(cancellationToken))
            {
                throw new ViewerGoneException("The viewer left in the middle of its body.");
            }
        }

        return default;
    }

    /// <summary>Bytes as they come, for a connection that has been given to its two ends; empty when the viewer has ended its side.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadRawAsync(CancellationToken cancellationToken)
    {
        EndRead();
        if (input.IsEmpty && !await input.ReceiveAsync(cancellationToken))
        {
            return default;
        }

        _lent = input.BufferedMemory.Length;
        return input.BufferedMemory;
    }

    /// <summary>Gives the run read last back.</summary>
    public void EndRead()
    {
        input.Consume(_lent);
        _lent = 0;
    }

    /// <summary>Reads what nobody wanted, if it is little and soon there. False when the connection cannot go on.</summary>
    public async ValueTask<bool> TryDrainAsync()
    {
        EndRead();
        (_allowsPauses, _waited) = (false, 0); // nobody is left who would bound the silence
        if (IsAwaited || (_framing.Kind is BodyKind.Length && _left > DrainedBytes))
        {
            return IsRead;
        }

        var until = _read + DrainedBytes;
        try
        {
            while (!IsRead && _read < until)
            {
                await ReadAsync(CancellationToken.None);
            }
        }
        catch (ViewerGoneException)
        {
            return false; // the answer is whole all the same, and a reset would take it from the viewer's hands
        }

        EndRead();
        return IsRead;
    }

    public void Release()
    {
        if (_decoded is { } buffer)
        {
            _decoded = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A run out of what is buffered already.</summary>
    private bool TryTake(out ReadOnlyMemory<byte> run)
    {
        run = _framing.Kind is BodyKind.Chunked ? Decode() : Next();
        Volatile.Write(ref _read, _read + run.Length);
        return !run.IsEmpty;
    }

    private ReadOnlyMemory<byte> Next()
    {
        var buffered = input.BufferedMemory;
        _lent = (int)Math.Min(_left, buffered.Length);
        _left -= _lent;
        IsRead = _left == 0;
        return buffered[.._lent];
    }

    private ReadOnlyMemory<byte> Decode()
    {
        _decoded ??= ArrayPool<byte>.Shared.Rent(DecodedBytes);
        var status = _decoder.Decode(input.Buffered, _decoded, out var consumed, out var written);
        input.Consume(consumed);
        switch (status)
        {
            case ChunkedStatus.Refused:
                throw new ViewerGoneException($"The viewer's chunks are malformed: {_decoder.Refusal}.");
            case ChunkedStatus.End:
                IsRead = true;
                Trailers = _decoder.Trailers;
                break;
            case ChunkedStatus.NeedMore:
                break;
        }

        return _decoded.AsMemory(0, written);
    }

    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        var receiving = input.ReceiveAsync(cancellationToken);
        if (receiving.IsCompletedSuccessfully)
        {
            return receiving.Result;
        }

        Volatile.Write(ref _waitsSince, clock.Seconds);
        try
        {
            return await receiving;
        }
        finally
        {
            // Only waiting counts: the handler may take its time. In this order, or a sweep in between would count the wait twice.
            var waited = clock.Seconds - _waitsSince;
            Volatile.Write(ref _waitsSince, NotWaiting);
            Volatile.Write(ref _waited, _waited + waited);
        }
    }
}
