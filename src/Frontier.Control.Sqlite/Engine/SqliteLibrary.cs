// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Frontier.Control.Sqlite.Engine;

/// <summary>Loads SQLite once: the system's library where there is one, for it is newer and patched by somebody; else the bundled one.</summary>
internal static class SqliteLibrary
{
    private const string BundledName = "e_sqlite3";

    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib"];

    static SqliteLibrary()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) => name == BundledName ? LoadSystem() : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    public static void Load() => RuntimeHelpers.RunClassConstructor(typeof(SqliteLibrary).TypeHandle);

    /// <summary>0 leaves the choice to the runtime, which finds the bundled library.</summary>
    private static nint LoadSystem()
    {
        foreach (var name in SystemNames)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return library;
            }
        }

        return 0;
    }
}
