// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.IO.Compression;

namespace Frontier.Edge.Delivery.Compressing;

/// <summary>Brotli (RFC 7932).</summary>
internal sealed class BrotliBodyEncoder : BodyEncoder
{
    /// <summary>4 is the last quality that needs no more than one hash table: beyond it each per cent costs twice the time, on the path of a viewer who waits.</summary>
    private const int Quality = 4;

    /// <summary>A window of 512 KiB, which most objects fit in whole; it bounds an encoder's memory at about 2 MiB.</summary>
    private const int WindowBits = 19;

    private BrotliEncoder _encoder = new(Quality, WindowBits);

    public override bool Encode(ReadOnlySpan<byte> source, bool isLast, Span<byte> destination, out int consumed, out int written)
    {
        var status = _encoder.Compress(source, destination, out consumed, out written, isLast);
        return status switch
        {
            OperationStatus.Done => isLast,
            OperationStatus.DestinationTooSmall or OperationStatus.NeedMoreData => false,
            _ => throw new InvalidOperationException($"The encoder says {status}."),
        };
    }

    public override void Dispose() => _encoder.Dispose();
}
