// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Commands;

/// <summary>What the processes of an installation agreed on.</summary>
internal static class InstallationCommands
{
    public static async Task<string> AgreeAsync(Session session, string name, string proposed)
    {
        await session.ExecuteAsync("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, proposed);
        return (await FindAsync(session, name))!;
    }

    public static Task<string?> FindAsync(Session session, string name) =>
        session.FirstAsync("SELECT value FROM installation WHERE name = $1", static row => row.Text(0), name);

    public static async Task<bool> SwapAsync(Session session, SharedSwap swap)
    {
        var changed = swap.Expected is null
            ? await session.ExecuteAsync("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", swap.Name, swap.Value)
            : await session.ExecuteAsync("UPDATE installation SET value = $2 WHERE name = $1 AND value = $3", swap.Name, swap.Value, swap.Expected);
        if (changed > 0 && swap.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, swap), call.Kept);
        }

        if (changed > 0)
        {
            await session.ExistsAsync($"SELECT {ChangeHints.Notify}");
        }

        return changed > 0;
    }
}
