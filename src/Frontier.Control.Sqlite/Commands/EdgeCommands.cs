// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Which edges there are, and what all of them have.</summary>
internal static class EdgeCommands
{
    public static ImmutableArray<EdgeRow> List(SqliteConnection connection, DateTimeOffset since) =>
        [.. connection.Prepare("SELECT edge_id, pop, snapshot_version, invalidation_position, challenges FROM edge WHERE heard_at >= ? ORDER BY edge_id").Bind(since)
            .All(static row => new EdgeRow(row.Text(0), row.Text(1), row.Int64(2), row.Int64(3)) { Challenges = row.Text(4) })];

    /// <summary>The number of edges.</summary>
    public static int Save(SqliteConnection connection, ImmutableArray<EdgeRow> edges, DateTimeOffset now) => edges.Sum(edge => connection.Execute(
        "INSERT OR REPLACE INTO edge (edge_id, pop, snapshot_version, invalidation_position, challenges, heard_at) VALUES (?, ?, ?, ?, ?, ?)",
        edge.EdgeId, edge.Pop, edge.SnapshotVersion, edge.InvalidationPosition, edge.Challenges, now));

    /// <summary>The number of edges that were known.</summary>
    public static int Note(SqliteConnection connection, ImmutableArray<EdgeHeard> heard, DateTimeOffset now) =>
        heard.Sum(edge => connection.Execute("UPDATE edge SET heard_at = max(heard_at, ?) WHERE edge_id = ?", now - edge.Ago, edge.EdgeId));

    public static int Revive(SqliteConnection connection, DateTimeOffset now) =>
        connection.Execute("UPDATE edge SET heard_at = ?", now) + connection.Execute("UPDATE dns_node SET heard_at = ?", now);

    public static bool IsAnythingOpen(SqliteConnection connection) =>
        connection.Prepare("SELECT 1 WHERE EXISTS (SELECT 1 FROM resource WHERE deployed = 0) OR EXISTS (SELECT 1 FROM invalidation WHERE completed = 0)").Exists();

    /// <summary>The number of resources and invalidations whose status changed.</summary>
    public static int Settle(SqliteConnection connection, ImmutableArray<EdgeHeard> heard, TimeSpan silence, DateTimeOffset now)
    {
        Note(connection, heard, now);
        connection.Execute("DELETE FROM edge WHERE heard_at < ?", now - silence);
        return connection.Execute("UPDATE resource SET deployed = 1 WHERE deployed = 0 AND snapshot_version <= (SELECT min(snapshot_version) FROM edge)")
            + connection.Execute("UPDATE invalidation SET completed = 1 WHERE completed = 0 AND sequence <= (SELECT min(invalidation_position) FROM edge)");
    }
}
