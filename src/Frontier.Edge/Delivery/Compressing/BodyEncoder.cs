// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Delivery.Compressing;

/// <summary>Codes one body, piece by piece. One caller at a time; dispose it to give up what it holds.</summary>
internal abstract class BodyEncoder : IDisposable
{
    /// <summary>Takes from the source and gives to the destination as much as it can; either may be nothing.</summary>
    /// <param name="isLast">Nothing follows the source.</param>
    /// <returns>True when the coded body is complete.</returns>
    public abstract bool Encode(ReadOnlySpan<byte> source, bool isLast, Span<byte> destination, out int consumed, out int written);

    public abstract void Dispose();
}
