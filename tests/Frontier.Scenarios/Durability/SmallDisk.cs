// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Durability;

/// <summary>A file system of a few megabytes, which only root can make.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    public string Path => _directory.Path;

    private string Ballast => _directory["ballast"];

    /// <summary>Null where file systems cannot be mounted.</summary>
    public static async Task<SmallDisk?> TryMountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        if (Command.Exists("mount") && (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", disk.Path], Patience)).ExitCode == 0)
        {
            return disk;
        }

        disk._directory.Dispose();
        return null;
    }

    /// <summary>Leaves no byte to anybody.</summary>
    public void Fill()
    {
        var piece = new byte[4_096];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(piece);
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", [Path], Patience);
        _directory.Dispose();
    }
}
