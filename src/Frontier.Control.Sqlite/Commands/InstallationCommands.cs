// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Sqlite.Engine;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>What the processes of an installation agreed on.</summary>
internal static class InstallationCommands
{
    public static string Agree(SqliteConnection connection, string name, string proposed)
    {
        connection.Execute("INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, proposed);
        return connection.Prepare("SELECT value FROM installation WHERE name = ?").Bind(name).First(static row => row.Text(0))!;
    }
}
