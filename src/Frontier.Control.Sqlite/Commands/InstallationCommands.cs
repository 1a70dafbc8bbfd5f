// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>What the processes of an installation agreed on.</summary>
internal static class InstallationCommands
{
    public static string Agree(SqliteConnection connection, string name, string proposed)
    {
        connection.Execute("INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, proposed);
        return Find(connection, name)!;
    }

    public static string? Find(SqliteConnection connection, string name) =>
        connection.Prepare("SELECT value FROM installation WHERE name = ?").Bind(name).First(static row => row.Text(0));

    public static bool Swap(SqliteConnection connection, SharedSwap swap)
    {
        var changed = swap.Expected is null
            ? connection.Execute("INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", swap.Name, swap.Value)
            : connection.Execute("UPDATE installation SET value = ? WHERE name = ? AND value = ?", swap.Value, swap.Name, swap.Expected);
        if (changed > 0 && swap.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, swap), call.Kept);
        }

        return changed > 0;
    }
}
