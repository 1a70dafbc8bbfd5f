// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using Frontier.Edge.Origins;

namespace Frontier.Edge.Delivery.Compressing;

/// <summary>
/// A body coded on its way from the origin into the cache. It holds one buffer, and what the encoder holds. The encoder decides
/// when bytes come out: a body whose length was announced is there as a whole, so nothing is gained by making it give them early.
/// </summary>
/// <param name="release">Called once, when the encoder is given up.</param>
internal sealed class CompressedSource(IBodySource plain, BodyEncoder encoder, Action release) : IBodySource
{
    /// <summary>Coded in one go: well under a millisecond, after which other work has its turn.</summary>
    private const int StepBytes = 32 * 1024;

    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(StepBytes);
    private int _at;
    private int _count;
    private bool _hasEnded;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<OriginRead> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isComplete = encoder.Encode(_buffer.AsSpan(_at, _count), _hasEnded, into.Span, out var consumed, out var written);
            _at += consumed;
            _count -= consumed;
            if (isComplete || written > 0)
            {
                return new OriginRead(written, OriginFailure.None, isComplete);
            }

            if (_count > 0)
            {
                continue;
            }

            var read = await plain.ReadAsync(_buffer.AsMemory(0, StepBytes), cancellationToken);
            if (read.Failure is not OriginFailure.None)
            {
                return read;
            }

            (_at, _count, _hasEnded) = (0, read.Count, read.End);
            await Task.Yield(); // an origin that is always ahead must not keep a thread for a whole body
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            encoder.Dispose();
            ArrayPool<byte>.Shared.Return(buffer);
            release();
        }

        await plain.DisposeAsync();
    }
}
