// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Http.Http1;

namespace Frontier.Edge.Origins;

/// <summary>
/// What a connection to an origin has received and nobody has used yet. It begins in a small array that stays with the
/// connection, and moves to a large one of the pool for what does not fit. One user at a time.
/// </summary>
internal sealed class OriginBuffer
{
    /// <summary>Most heads fit, and small bodies with them.</summary>
    private const int SmallBytes = 4 * 1024;

    /// <summary>A whole head fits, and no more is held for a viewer that reads slowly: the rest waits at the origin.</summary>
    private const int LargeBytes = Http1Limits.HeadBytes;

    private readonly byte[] _small = GC.AllocateUninitializedArray<byte>(SmallBytes);
    private byte[] _bytes;
    private int _start;
    private int _end;
    private bool _wasFull;

    public OriginBuffer() => _bytes = _small;

    public bool IsEmpty => _start == _end;

    public ReadOnlySpan<byte> Buffered => _bytes.AsSpan(_start, _end - _start);

    public void Consume(int bytes)
    {
        _start += bytes;
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }
    }

    /// <summary>Where the next bytes go, behind what is there; empty when a head is longer than any may be.</summary>
    public Memory<byte> Room()
    {
        if (_wasFull && ReferenceEquals(_bytes, _small))
        {
            var large = ArrayPool<byte>.Shared.Rent(LargeBytes);
            MoveTo(large);
            _bytes = large;
        }
        else if (_start > 0)
        {
            MoveTo(_bytes);
        }

        return _bytes.AsMemory(_end, Math.Min(_bytes.Length, LargeBytes) - _end);
    }

    /// <summary>So many bytes have been received into <see cref="Room"/>.</summary>
    public void Add(int bytes)
    {
        _end += bytes;
        _wasFull = _end == _bytes.Length;
    }

    /// <summary>Empties it, and gives a large array back: nothing may be receiving into it any more.</summary>
    public void Release()
    {
        if (!ReferenceEquals(_bytes, _small))
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = _small;
        }

        (_start, _end, _wasFull) = (0, 0, false);
    }

    private void MoveTo(byte[] bytes)
    {
        Buffered.CopyTo(bytes);
        _end -= _start;
        _start = 0;
    }
}
