// SPDX-License-Identifier: Apache-2.0

using Microsoft.Win32.SafeHandles;

namespace Frontier.Buckets.Objects;

/// <summary>
/// The files that hold bodies, one directory per bucket. A file is named by chance and is nothing until a journal record
/// names it; files that no record names are swept away when the bucket is opened. Thread-safe.
/// </summary>
/// <param name="open">Creates a file to write; tests put faults here.</param>
internal sealed class BodyFiles(string directory, Func<string, SafeFileHandle>? open = null)
{
    public SafeFileHandle Create(out Guid file)
    {
        file = Guid.NewGuid();
        return open is null ? File.OpenHandle(PathOf(file), FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileOptions.Asynchronous) : open(PathOf(file));
    }

    public SafeFileHandle OpenRead(BodyPart part) =>
        File.OpenHandle(PathOf(part.File), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Delete(IEnumerable<BodyPart> parts)
    {
        foreach (var part in parts)
        {
            if (part.Length > 0)
            {
                Delete(part.File);
            }
        }
    }

    public void Delete(Guid file) => File.Delete(PathOf(file));

    /// <summary>Makes the names of files already flushed durable.</summary>
    public void SyncNames() => DirectorySync.Flush(directory);

    /// <summary>Deletes every file that is not <paramref name="live"/>; returns how many.</summary>
    public int Sweep(IReadOnlySet<Guid> live)
    {
        var swept = 0;
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            if (!Guid.TryParseExact(Path.GetFileName(path), "N", out var file) || !live.Contains(file))
            {
                File.Delete(path);
                swept++;
            }
        }

        return swept;
    }

    private string PathOf(Guid file) => Path.Combine(directory, file.ToString("N"));
}
