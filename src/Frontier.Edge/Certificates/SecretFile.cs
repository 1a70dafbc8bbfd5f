// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Edge.Certificates;

/// <summary>Files that only their owner may read: mode 0600 from the first byte on.</summary>
public static class SecretFile
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForEverybody = ForOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Replaces the file whole, so that a crash leaves the old or the new one.</summary>
    public static void Write(string path, string content) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(content)));

    /// <summary>The same for what is too long to be made into one text.</summary>
    public static void Write(string path, Action<Stream> write) => Write(path, write, ForOwner);

    /// <summary>Adds to the end of the file; on disk when this returns. A crash may leave a part of it.</summary>
    public static void Append(string path, ReadOnlySpan<byte> content)
    {
        using var file = Open(path, FileMode.Append, ForOwner);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Replaces a file that anybody may read whole, so that a crash leaves the old or the new one.</summary>
    public static void WriteOpen(string path, string content) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(content)), ForEverybody);

    private static void Write(string path, Action<Stream> write, UnixFileMode mode)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = Open(temporary, FileMode.CreateNew, mode))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static FileStream Open(string path, FileMode how, UnixFileMode mode) => new(path, new FileStreamOptions
    {
        Mode = how,
        Access = FileAccess.Write,
        UnixCreateMode = mode,
    });
}
