// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>
/// What a record says before its body. On disk: 64 bytes of fields, the key, the head, then a keyed hash of all these; then
/// the body in pages of 64 KiB, each followed by its CRC-32C; then zeroes up to a multiple of eight. Little-endian.
/// </summary>
/// <param name="Tag">The index's name for the record: the key's hash, or a block's.</param>
/// <param name="BodyBytes">Bytes of body in this record.</param>
/// <param name="ObjectId">Ties a large object's head to its blocks; chosen at random when its fill begins.</param>
/// <param name="Number">A block's number, or the whole body's length in a large head.</param>
/// <param name="BlockBytes">Length of all blocks but the last, in a large head.</param>
internal sealed record RecordMeta(
    RecordKind Kind, ulong Tag, long BodyBytes, ulong ObjectId, long Number, int BlockBytes, long FillSequence, byte[] Key, byte[] Head)
{
    public const int FixedBytes = 64;
    private const int CheckBytes = 8;

    /// <summary>"FREC".</summary>
    public const uint Magic = 0x43455246;

    /// <summary>A tombstone's record has neither key nor head nor body, so that no other is as short.</summary>
    public const int TombstoneBytes = FixedBytes + CheckBytes;

    private const int MaxPartBytes = 1 << 20;

    public int MetaBytes => FixedBytes + Key.Length + Head.Length + CheckBytes;

    public long RecordBytes => (MetaBytes + BodyBytes + (sizeof(uint) * Pages(BodyBytes)) + 7) & ~7L;

    /// <summary>Seeds the pages' checksums, so that pages of another record do not pass for this one's.</summary>
    public uint PageSeed => (uint)(Tag ^ (Tag >> 32));

    public static long Pages(long bodyBytes) => (bodyBytes + Chunk.MaxBytes - 1) / Chunk.MaxBytes;

    /// <summary>Where page <paramref name="page"/> begins, counted from the first.</summary>
    public static long PageOffset(long page) => page * (Chunk.MaxBytes + sizeof(uint));

    /// <summary>How many bytes the key and head may have together with the fixed part for a record to be read back.</summary>
    public static bool Fits(int keyBytes, int headBytes) => keyBytes <= MaxPartBytes && headBytes <= MaxPartBytes;

    public byte[] Format(KeyHasher hasher)
    {
        var bytes = new byte[MetaBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        bytes[4] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Head.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), BodyBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), Tag);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), ObjectId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), FillSequence);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(56), BlockBytes);
        Key.CopyTo(bytes, FixedBytes);
        Head.CopyTo(bytes, FixedBytes + Key.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - CheckBytes), hasher.Hash(bytes.AsSpan(0, bytes.Length - CheckBytes)));
        return bytes;
    }

    /// <summary>The length of the part before the body, from its fixed bytes; null when they are none of a record's.</summary>
    public static int? MeasureMeta(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return null;
        }

        var key = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var head = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        return key is < 0 or > MaxPartBytes || head is < 0 or > MaxPartBytes ? null : FixedBytes + key + head + CheckBytes;
    }

    public static long ReadFillSequence(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]);

    /// <summary>The object and number of a block, from its fixed bytes, unchecked; null when they are none of a block's.</summary>
    public static (ulong ObjectId, long Number)? TryReadBlock(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic && bytes[4] == (byte)RecordKind.Block
            ? (BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]))
            : null;

    /// <summary>Null unless every byte up to the body is as it was written.</summary>
    public static RecordMeta? TryParse(ReadOnlySpan<byte> bytes, KeyHasher hasher)
    {
        if (MeasureMeta(bytes) is not { } length || bytes.Length < length)
        {
            return null;
        }

        var checkedBytes = bytes[..(length - CheckBytes)];
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - CheckBytes)..]) != hasher.Hash(checkedBytes))
        {
            return null;
        }

        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        return new RecordMeta(
            (RecordKind)bytes[4],
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[56..]),
            ReadFillSequence(bytes),
            checkedBytes.Slice(FixedBytes, keyLength).ToArray(),
            checkedBytes[(FixedBytes + keyLength)..].ToArray());
    }
}
