// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Which processes of the fleet were heard, and what they said.</summary>
internal static class PresenceCommands
{
    public static ImmutableArray<PresenceRow> List(SqliteConnection connection, DateTimeOffset now) =>
        [.. connection.Prepare("SELECT id, heard_at, report FROM presence ORDER BY id").All(row => new PresenceRow(row.Text(0), now - row.Time(1), row.Text(2)))];

    /// <summary>The number of processes that are remembered by it.</summary>
    public static int Save(SqliteConnection connection, ImmutableArray<PresenceRow> rows, TimeSpan kept, DateTimeOffset now)
    {
        connection.Execute("DELETE FROM presence WHERE heard_at < ?", now - kept);
        return rows.Sum(row => connection.Execute(
            "INSERT INTO presence (id, heard_at, report) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET heard_at = excluded.heard_at, report = excluded.report WHERE excluded.heard_at >= heard_at",
            row.Id, now - row.Ago, row.Report));
    }
}
