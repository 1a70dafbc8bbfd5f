// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>
/// The end of a sealed segment: 16 bytes for each record, then 32 bytes of trailer (magic, count, oldest fill sequence, keyed
/// hash of all of it), so that a restart reads a thousandth of the log and not the log.
/// </summary>
internal static class SegmentSummary
{
    public const int EntryBytes = 16;
    public const int TrailerBytes = 32;
    private const ulong Magic = 0x314d_5553_5246_4547; // "GEFRSUM1"

    public static byte[] Format(List<SegmentEntry> entries, long minFillSequence, KeyHasher hasher)
    {
        var bytes = new byte[(entries.Count * EntryBytes) + TrailerBytes];
        var at = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(at, entry.Tag);
            BinaryPrimitives.WriteUInt32LittleEndian(at[8..], entry.Offset);
            BinaryPrimitives.WriteUInt32LittleEndian(at[12..], entry.Length);
            at = at[EntryBytes..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(at, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(at[8..], entries.Count);
        BinaryPrimitives.WriteInt64LittleEndian(at[16..], minFillSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(at[24..], hasher.Hash(bytes.AsSpan(0, bytes.Length - 8)));
        return bytes;
    }

    /// <summary>Null when the segment does not end in a summary that is as it was written.</summary>
    public static async Task<(List<SegmentEntry> Entries, long MinFillSequence)?> TryReadAsync(IDiskFile file, KeyHasher hasher)
    {
        var length = file.Length;
        var trailer = new byte[TrailerBytes];
        if (length < TrailerBytes
            || !await DiskIO.TryFillAsync(file, trailer, length - TrailerBytes)
            || BinaryPrimitives.ReadUInt64LittleEndian(trailer) != Magic)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt64LittleEndian(trailer.AsSpan(8));
        if (count < 0 || count > (length - TrailerBytes) / EntryBytes)
        {
            return null;
        }

        var bytes = new byte[(count * EntryBytes) + TrailerBytes];
        return await DiskIO.TryFillAsync(file, bytes, length - bytes.Length) ? TryParse(bytes, hasher) : null;
    }

    private static (List<SegmentEntry> Entries, long MinFillSequence)? TryParse(ReadOnlySpan<byte> bytes, KeyHasher hasher)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) != hasher.Hash(bytes[..^8]))
        {
            return null;
        }

        List<SegmentEntry> entries = new((bytes.Length - TrailerBytes) / EntryBytes);
        for (var at = bytes[..^TrailerBytes]; !at.IsEmpty; at = at[EntryBytes..])
        {
            entries.Add(new SegmentEntry(
                BinaryPrimitives.ReadUInt64LittleEndian(at),
                BinaryPrimitives.ReadUInt32LittleEndian(at[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(at[12..])));
        }

        return (entries, BinaryPrimitives.ReadInt64LittleEndian(bytes[^16..]));
    }
}
