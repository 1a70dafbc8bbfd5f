// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres.Engine;

namespace Frontier.Control.Postgres.Commands;

/// <summary>What the processes of an installation agreed on.</summary>
internal static class InstallationCommands
{
    public static async Task<string> AgreeAsync(Session session, string name, string proposed)
    {
        await session.ExecuteAsync("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, proposed);
        return (await session.FirstAsync("SELECT value FROM installation WHERE name = $1", static row => row.Text(0), name))!;
    }
}
