// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Caching.Disk;

/// <summary>One record's run of a body: <paramref name="Length"/> bytes in pages that begin at <paramref name="FileOffset"/>.</summary>
internal sealed record DiskExtent(Segment Segment, long FileOffset, long Length, uint PageSeed)
{
    /// <summary>Reads consecutive pages, each whole. False when they are not as they were written, or cannot be read.</summary>
    public async ValueTask<bool> TryReadAsync(long firstPage, IReadOnlyList<Memory<byte>> pages)
    {
        var checks = new byte[pages.Count * sizeof(uint)];
        var buffers = new Memory<byte>[pages.Count * 2];
        for (var i = 0; i < pages.Count; i++)
        {
            buffers[2 * i] = pages[i];
            buffers[(2 * i) + 1] = checks.AsMemory(i * sizeof(uint), sizeof(uint));
        }

        try
        {
            if (await Segment.File.ReadAsync(buffers, FileOffset + RecordMeta.PageOffset(firstPage)) != buffers.Sum(buffer => (long)buffer.Length))
            {
                return false;
            }
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            return false;
        }

        for (var i = 0; i < pages.Count; i++)
        {
            if (PageCheck(PageSeed, firstPage + i, pages[i].Span) != BinaryPrimitives.ReadUInt32LittleEndian(checks.AsSpan(i * sizeof(uint))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands behind a page: its CRC, begun with what the page belongs to.</summary>
    public static uint PageCheck(uint seed, long page, ReadOnlySpan<byte> bytes) => DiskIO.Crc(seed ^ (uint)page, bytes);
}
