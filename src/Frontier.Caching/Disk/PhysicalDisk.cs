// SPDX-License-Identifier: Apache-2.0

using Microsoft.Win32.SafeHandles;

namespace Frontier.Caching.Disk;

internal sealed class PhysicalDisk : IDiskFiles
{
    public bool Exists(string path) => File.Exists(path);

    public IDiskFile Create(string path) => new PhysicalFile(path, FileMode.CreateNew);

    public IDiskFile Open(string path) => new PhysicalFile(path, FileMode.Open);

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    private sealed class PhysicalFile(string path, FileMode mode) : IDiskFile
    {
        // Deletable while open: a recycled segment lives on for those who still read it.
        private readonly SafeFileHandle _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

        public long Length => RandomAccess.GetLength(_handle);

        public ValueTask<long> ReadAsync(IReadOnlyList<Memory<byte>> buffers, long offset, long soon = 0) => DiskReads.RunAsync(() =>
        {
            if (soon > 0)
            {
                ReadAhead.Begin(_handle, offset, soon);
            }

            return RandomAccess.Read(_handle, buffers, offset);
        });

        public ValueTask WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => RandomAccess.WriteAsync(_handle, buffers, offset);

        public void Flush() => RandomAccess.FlushToDisk(_handle);

        public void Dispose() => _handle.Dispose();
    }
}
