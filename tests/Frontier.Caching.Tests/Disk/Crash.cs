// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Tests.Disk;

internal static class Crash
{
    /// <summary>
    /// What a killed process leaves: the files as far as they were written. Each is copied to the length it has at that
    /// moment, smallest number first, as the kernel would show them to the next process.
    /// </summary>
    public static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".lock", StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var target = File.Create(Path.Combine(to, Path.GetFileName(path)));
                source.CopyTo(target);
            }
            catch (FileNotFoundException)
            {
                // Recycled between listing and opening: gone for the next process too.
            }
        }
    }
}
