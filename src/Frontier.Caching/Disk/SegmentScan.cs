// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>
/// Finds the records of a segment that was never sealed, or whose summary is damaged. Where a record should begin and does
/// not, the next one is looked for byte by byte (records begin at multiples of eight); the keyed hash sees to it that nothing
/// in a body is taken for a record.
/// </summary>
internal static class SegmentScan
{
    private const int WindowBytes = 1 << 20;

    public static async Task<(List<SegmentEntry> Entries, long MinFillSequence)> ReadAsync(IDiskFile file, KeyHasher hasher)
    {
        List<SegmentEntry> entries = [];
        var oldest = long.MaxValue;
        var length = file.Length;
        var first = new byte[RecordMeta.FixedBytes];
        for (var offset = 0L; offset + RecordMeta.FixedBytes <= length;)
        {
            var meta = await ReadMetaAsync(file, first, offset, hasher);
            if (meta is not null && offset + meta.RecordBytes <= length)
            {
                entries.Add(new SegmentEntry(meta.Tag, (uint)offset, (uint)meta.RecordBytes));
                oldest = Math.Min(oldest, meta.FillSequence);
                offset += meta.RecordBytes;
            }
            else
            {
                offset = await NextMagicAsync(file, offset + 8, length);
            }
        }

        return (entries, oldest);
    }

    private static async Task<RecordMeta?> ReadMetaAsync(IDiskFile file, byte[] first, long offset, KeyHasher hasher)
    {
        if (!await DiskIO.TryFillAsync(file, first, offset) || RecordMeta.MeasureMeta(first) is not { } length)
        {
            return null;
        }

        var bytes = new byte[length];
        return await DiskIO.TryFillAsync(file, bytes, offset) ? RecordMeta.TryParse(bytes, hasher) : null;
    }

    private static async Task<long> NextMagicAsync(IDiskFile file, long offset, long length)
    {
        var window = new byte[WindowBytes];
        for (; offset < length; offset += WindowBytes)
        {
            var read = (int)await file.ReadAsync([window], offset);
            for (var at = 0; at + 8 <= read; at += 8)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(window.AsSpan(at)) == RecordMeta.Magic)
                {
                    return offset + at;
                }
            }
        }

        return length;
    }
}
