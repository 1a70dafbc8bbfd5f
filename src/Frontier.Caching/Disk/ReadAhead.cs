// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Frontier.Caching.Disk;

/// <summary>
/// Tells the kernel what of a file will be read, so that it begins with all of it at once: a record's head says where its body
/// begins, and without this the disk would be asked for one after the other. The class library has no such call.
/// </summary>
internal static class ReadAhead
{
    /// <summary>POSIX_FADV_WILLNEED.</summary>
    private const int WillNeed = 3;

    /// <summary>Whoever reads finds out by reading what may be wrong, so what the kernel answers counts for nothing.</summary>
    public static void Begin(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(file, offset, length, WillNeed);
        }
    }

    [DllImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
}
