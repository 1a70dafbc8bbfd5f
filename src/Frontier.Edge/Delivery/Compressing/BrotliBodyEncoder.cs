// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.IO.Compression;

namespace Frontier.Edge.Delivery.Compressing;

/// <summary>Brotli (RFC 7932).</summary>
internal sealed class BrotliBodyEncoder : BodyEncoder
{
    /// <summary>
    /// Measured on JSON, C# and Markdown of 20 to 400 KB, one core: 4 leaves 17.9 per cent at 100 MB/s, which is no less than gzip
    /// does, 5 leaves 16.6 at 48, 6 leaves 16.5. An object is coded once and sent often, while one viewer waits for it.
    /// </summary>
    private const int Quality = 5;

    /// <summary>A window of 256 KiB: no worse than larger ones on those objects, and an encoder takes 2.2 MiB; with the default of 4 MiB it would be 5.6.</summary>
    private const int WindowBits = 18;

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
