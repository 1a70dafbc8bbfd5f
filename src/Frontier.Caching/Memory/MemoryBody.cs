// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Caching.Memory;

/// <summary>A whole body in memory; each object that shows it (a 304 gives it a second head) holds one reference.</summary>
internal sealed class MemoryBody
{
    private readonly Chunk[] _chunks;
    private int _references = 1;

    /// <summary>Takes over one reference of every chunk; all but the last are full.</summary>
    public MemoryBody(Chunk[] chunks)
    {
        _chunks = chunks;
        Segment? first = null;
        Segment? last = null;
        foreach (var chunk in chunks)
        {
            for (var block = 0; block < chunk.Blocks; block++)
            {
                last = new Segment(chunk.Block(block), last);
                first ??= last;
            }

            ChargedBytes += SlabPool.Rounded(chunk.Length);
        }

        Whole = first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
        Length = Whole.Length;
    }

    public ReadOnlySequence<byte> Whole { get; }

    public long Length { get; }

    public long ChargedBytes { get; }

    public ReadOnlySpan<Chunk> Chunks => _chunks;

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            foreach (var chunk in _chunks)
            {
                chunk.Release();
            }
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
