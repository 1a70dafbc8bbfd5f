// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>A file of the cache; the seam at which tests break disks. All members throw <see cref="IOException"/> when the disk does not do as asked.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Bytes read, fewer than asked at the end of the file only.</summary>
    /// <param name="buffers">Filled in order.</param>
    /// <param name="offset">Of the first byte in the file.</param>
    /// <param name="soon">How many bytes from <paramref name="offset"/> on will be read next: the disk is told, and gives them in the same turn.</param>
    ValueTask<long> ReadAsync(IReadOnlyList<Memory<byte>> buffers, long offset, long soon = 0);

    ValueTask WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Returns when what was written survives a loss of power.</summary>
    void Flush();
}
