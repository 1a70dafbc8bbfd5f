// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;

namespace Frontier.Caching.Tests.Disk;

/// <summary>A real disk that refuses to write, or to read, or takes its time, while it is told to.</summary>
internal sealed class BrokenDisk : IDiskFiles
{
    private readonly PhysicalDisk _disk = new();

    public volatile bool RefusesWrites;

    public volatile bool RefusesReads;

    /// <summary>Writes wait for it.</summary>
    public volatile Task Writing = Task.CompletedTask;

    private int _flushes;

    public int Flushes => Volatile.Read(ref _flushes);

    public bool Exists(string path) => _disk.Exists(path);

    public IDiskFile Create(string path) => RefusesWrites ? throw Full() : new BrokenFile(this, _disk.Create(path));

    public IDiskFile Open(string path) => new BrokenFile(this, _disk.Open(path));

    public void Move(string from, string to) => _disk.Move(from, to);

    public void Delete(string path) => _disk.Delete(path);

    private static IOException Full() => new("No space left on device.");

    private sealed class BrokenFile(BrokenDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public ValueTask<long> ReadAsync(IReadOnlyList<Memory<byte>> buffers, long offset, long soon = 0) =>
            disk.RefusesReads ? throw new IOException("Input/output error.") : file.ReadAsync(buffers, offset, soon);

        public async ValueTask WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
        {
            await disk.Writing;
            await (disk.RefusesWrites ? throw Full() : file.WriteAsync(buffers, offset));
        }

        public void Flush()
        {
            Interlocked.Increment(ref disk._flushes);
            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
