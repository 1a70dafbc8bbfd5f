// SPDX-License-Identifier: Apache-2.0

using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Frontier.Geo;

/// <summary>
/// A file's bytes, mapped into memory. What is mapped is a copy that has no name any more: whoever truncates or overwrites the
/// original cannot take the pages from under a reader, which would end the process. Thread-safe.
/// </summary>
internal sealed class MappedFile
{
    private readonly SafeMemoryMappedViewHandle _view;

    private MappedFile(SafeMemoryMappedViewHandle view, long length)
    {
        (_view, Length) = (view, length);
    }

    public long Length { get; }

    /// <param name="directory">Where the copy is made; it must exist.</param>
    /// <exception cref="IOException">The file cannot be read, or there is no room for the copy.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<MappedFile> CopyAsync(string path, string directory, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(directory, Path.GetRandomFileName());
        try
        {
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            await using var into = new FileStream(copy, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0);
            await from.CopyToAsync(into, 1 << 16, cancellationToken);
            var length = into.Length;
            if (length == 0)
            {
                throw new InvalidDataException("The file is empty.");
            }

            using var file = MemoryMappedFile.CreateFromFile(into, null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

            // Never disposed of by hand: readers may still be at it when a newer file takes its place. The handle's finalizer unmaps it.
            return new MappedFile(file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle, length);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Copies what lies at <paramref name="offset"/>.</summary>
    /// <exception cref="InvalidDataException">It reaches beyond the file.</exception>
    public void Read(long offset, Span<byte> into)
    {
        if (offset < 0 || offset > Length - into.Length)
        {
            throw new InvalidDataException("The file ends in the middle of what it announces.");
        }

        _view.ReadSpan((ulong)offset, into);
    }
}
