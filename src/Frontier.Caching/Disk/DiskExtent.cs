// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Disk;

/// <summary>One record's run of a body: <paramref name="Length"/> bytes in pages that begin at <paramref name="FileOffset"/>.</summary>
internal sealed record DiskExtent(Segment Segment, long FileOffset, long Length, uint PageSeed)
{
    /// <summary>Reads consecutive pages, each whole. False when they are not as they were written, or cannot be read.</summary>
    public async ValueTask<bool> TryReadAsync(long firstPage, IReadOnlyList<Chunk> pages)
    {
        var checks = new byte[pages.Count * sizeof(uint)];
        List<Memory<byte>> buffers = new(pages.Count * 2);
        for (var i = 0; i < pages.Count; i++)
        {
            for (var block = 0; block < pages[i].Blocks; block++)
            {
                buffers.Add(pages[i].Block(block));
            }

            buffers.Add(checks.AsMemory(i * sizeof(uint), sizeof(uint)));
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
            if (PageCheck(PageSeed, firstPage + i, pages[i]) != BinaryPrimitives.ReadUInt32LittleEndian(checks.AsSpan(i * sizeof(uint))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands behind a page: its CRC, begun with what the page belongs to.</summary>
    public static uint PageCheck(uint seed, long page, Chunk bytes)
    {
        // What one block comes to seeds the next, so that the sum does not depend on how the page lies in memory.
        var check = DiskIO.Crc(seed ^ (uint)page, []);
        for (var block = 0; block < bytes.Blocks; block++)
        {
            check = DiskIO.Crc(check ^ uint.MaxValue, bytes.Block(block).Span);
        }

        return check;
    }
}
