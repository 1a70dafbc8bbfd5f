// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using System.Runtime.InteropServices;

namespace Frontier.Caching.Disk;

internal static class DiskIO
{
    /// <summary>Whether the whole buffer could be read.</summary>
    public static async ValueTask<bool> TryFillAsync(IDiskFile file, Memory<byte> buffer, long offset, long soon = 0)
    {
        return await file.ReadAsync([buffer], offset, soon) == buffer.Length;
    }

    /// <summary>CRC-32C (RFC 3720, appendix B.4) by the processor's own instruction, without the customary inversions: the seed takes their place.</summary>
    public static uint Crc(uint seed, ReadOnlySpan<byte> data)
    {
        // A seed of zero would not see leading zeroes.
        var crc = seed ^ uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var value in data[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    /// <summary>Whether the exception is the disk's fault and not ours.</summary>
    public static bool IsDiskFault(Exception error) => error is IOException or UnauthorizedAccessException;
}
