// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Caching.Disk;

/// <summary>A <see cref="StoredHead"/> in a record. The record's own field says its fill sequence; the record's hash vouches for every byte.</summary>
internal static class HeadFormat
{
    private const int FixedBytes = 48;

    public static byte[] Format(StoredHead head)
    {
        var bytes = new byte[FixedBytes + head.Tags.Length + head.HeaderBlock.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, head.Status);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), head.InitialAgeSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), head.ReceivedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), head.FreshUntil.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), head.StaleWhileRevalidate.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), head.StaleIfError.Ticks);
        bytes[40] = head.MustRevalidate ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(44), head.Tags.Length);
        head.Tags.CopyTo(bytes, FixedBytes);
        head.HeaderBlock.CopyTo(bytes, FixedBytes + head.Tags.Length);
        return bytes;
    }

    public static StoredHead? TryParse(ReadOnlySpan<byte> bytes, long fillSequence)
    {
        if (bytes.Length < FixedBytes)
        {
            return null;
        }

        var tags = BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]);
        if (tags < 0 || tags > bytes.Length - FixedBytes)
        {
            return null;
        }

        return new StoredHead
        {
            Status = BinaryPrimitives.ReadInt32LittleEndian(bytes),
            InitialAgeSeconds = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            ReceivedAt = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), TimeSpan.Zero),
            FreshUntil = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), TimeSpan.Zero),
            StaleWhileRevalidate = new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])),
            StaleIfError = new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(bytes[32..])),
            MustRevalidate = bytes[40] != 0,
            Tags = bytes.Slice(FixedBytes, tags).ToArray(),
            HeaderBlock = bytes[(FixedBytes + tags)..].ToArray(),
            FillSequence = fillSequence,
        };
    }
}
