// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Http.Http2;

/// <summary>The nine bytes before each frame's payload (RFC 9113, section 4.1).</summary>
/// <param name="Length">Of the payload alone, less than 2^24.</param>
/// <param name="StreamId">31 bits; the reserved one is not looked at.</param>
internal readonly record struct FrameHeader(int Length, FrameType Type, FrameFlags Flags, int StreamId)
{
    public const int Bytes = 9;

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    public static FrameHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32BigEndian(bytes) >>> 8, (FrameType)bytes[3], (FrameFlags)bytes[4], BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue);

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, (Length << 8) | (byte)Type);
        bytes[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], StreamId);
    }
}
