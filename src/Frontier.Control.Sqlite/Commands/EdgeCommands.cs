// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Which edges there are, and what all of them have.</summary>
internal static class EdgeCommands
{
    public static ImmutableArray<EdgeRow> List(SqliteConnection connection) =>
        [.. connection.Prepare("SELECT edge_id, pop FROM edge ORDER BY edge_id").All(static row => new EdgeRow(row.Text(0), row.Text(1)))];

    /// <summary>When an edge came into service is kept for whoever looks into the file; nothing here asks for it.</summary>
    public static int Save(SqliteConnection connection, EdgeRow edge, DateTimeOffset now) => connection.Execute(
        "INSERT INTO edge (edge_id, pop, noted_at) VALUES (?, ?, ?) ON CONFLICT (edge_id) DO UPDATE SET pop = excluded.pop, noted_at = excluded.noted_at",
        edge.EdgeId, edge.Pop, now);

    public static int Forget(SqliteConnection connection, string edgeId) => connection.Execute("DELETE FROM edge WHERE edge_id = ?", edgeId);

    /// <summary>The number of resources and invalidations whose status changed.</summary>
    public static int Settle(SqliteConnection connection, long version, long sequence) =>
        connection.Execute("UPDATE resource SET deployed = 1 WHERE deployed = 0 AND snapshot_version <= ?", version)
        + connection.Execute("UPDATE invalidation SET completed = 1 WHERE completed = 0 AND sequence <= ?", sequence);
}
