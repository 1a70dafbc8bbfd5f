// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>A file of the cache; the seam at which tests break disks. All members throw <see cref="IOException"/> when the disk does not do as asked.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Bytes read, fewer than asked at the end of the file only.</summary>
    ValueTask<long> ReadAsync(IReadOnlyList<Memory<byte>> buffers, long offset);

    ValueTask WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Returns when what was written survives a loss of power.</summary>
    void Flush();
}
