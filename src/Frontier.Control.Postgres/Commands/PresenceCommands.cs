// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Which processes of the fleet were heard, and what they said. Times are told by the server's clock.</summary>
internal static class PresenceCommands
{
    public static async Task<ImmutableArray<PresenceRow>> ListAsync(Session session) =>
    [
        .. await session.AllAsync(
            $"SELECT id, {EdgeCommands.Now} - heard_at, report FROM presence ORDER BY id",
            static row => new PresenceRow(row.Text(0), TimeSpan.FromTicks(row.Number(1)), row.Text(2))),
    ];

    /// <summary>The number of processes that are remembered by it. Locked in one order, whoever does it.</summary>
    public static async Task<int> SaveAsync(Session session, ImmutableArray<PresenceRow> rows, TimeSpan kept)
    {
        await session.ExecuteAsync($"DELETE FROM presence WHERE heard_at < {EdgeCommands.Now} - $1", kept.Ticks);
        return await session.ExecuteAsync(
            $"""
            INSERT INTO presence (id, heard_at, report) SELECT id, {EdgeCommands.Now} - ago, report FROM unnest($1, $2, $3) AS given (id, ago, report) ORDER BY id
            ON CONFLICT (id) DO UPDATE SET heard_at = excluded.heard_at, report = excluded.report WHERE excluded.heard_at >= presence.heard_at
            """,
            rows.Select(static row => row.Id).ToArray(), rows.Select(static row => row.Ago.Ticks).ToArray(), rows.Select(static row => row.Report).ToArray());
    }
}
