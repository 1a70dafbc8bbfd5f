// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Certificates;

/// <summary>Files that only their owner may read: mode 0600 from the first byte on.</summary>
public static class SecretFile
{
    /// <summary>Replaces the file whole, so that a crash leaves the old or the new one.</summary>
    public static void Write(string path, string content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new StreamWriter(new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        })))
        {
            file.Write(content);
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
