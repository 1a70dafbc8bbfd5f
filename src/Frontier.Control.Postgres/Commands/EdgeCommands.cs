// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Commands;

/// <summary>
/// Which edges there are, and what all of them have, whichever process hears them. When an edge was heard is told by the
/// server's clock, the one that all processes share.
/// </summary>
internal static class EdgeCommands
{
    /// <summary>Ticks of the server's clock; 621355968000000000 of them passed before 1970.</summary>
    public const string Now = "(extract(epoch FROM clock_timestamp()) * 10000000)::bigint + 621355968000000000";

    public static async Task<ImmutableArray<EdgeRow>> ListAsync(Session session, TimeSpan silence) =>
    [
        .. await session.AllAsync(
            $"SELECT edge_id, pop, snapshot_version, invalidation_position, challenges FROM edge WHERE heard_at >= {Now} - $1 ORDER BY edge_id",
            static row => new EdgeRow(row.Text(0), row.Text(1), row.Number(2), row.Number(3)) { Challenges = row.Text(4) }, silence.Ticks),
    ];

    /// <summary>The number of edges. Locked in one order, whoever does it.</summary>
    public static Task<int> SaveAsync(Session session, ImmutableArray<EdgeRow> edges) => session.ExecuteAsync(
        $"""
        INSERT INTO edge (edge_id, pop, snapshot_version, invalidation_position, challenges, heard_at)
        SELECT id, pop, version, position, challenges, {Now} FROM unnest($1, $2, $3, $4, $5) AS given (id, pop, version, position, challenges) ORDER BY id COLLATE "C"
        ON CONFLICT (edge_id) DO UPDATE SET
            pop = excluded.pop, snapshot_version = excluded.snapshot_version, invalidation_position = excluded.invalidation_position,
            challenges = excluded.challenges, heard_at = excluded.heard_at
        """,
        edges.Select(static edge => edge.EdgeId).ToArray(), edges.Select(static edge => edge.Pop).ToArray(), edges.Select(static edge => edge.SnapshotVersion).ToArray(),
        edges.Select(static edge => edge.InvalidationPosition).ToArray(), edges.Select(static edge => edge.Challenges).ToArray());

    /// <summary>The number of edges that were known. Locked in one order, whoever does it.</summary>
    public static Task<int> NoteAsync(Session session, ImmutableArray<EdgeHeard> heard) => session.ExecuteAsync(
        $"""
        WITH noted AS (SELECT id, {Now} - ago AS at FROM unnest($1, $2) AS given (id, ago)),
            locked AS (SELECT edge_id FROM edge WHERE edge_id = ANY ($1) ORDER BY edge_id FOR UPDATE)
        UPDATE edge SET heard_at = greatest(heard_at, noted.at) FROM noted, locked WHERE edge.edge_id = noted.id AND edge.edge_id = locked.edge_id
        """,
        heard.Select(static edge => edge.EdgeId).ToArray(), heard.Select(static edge => edge.Ago.Ticks).ToArray());

    public static async Task<int> ReviveAsync(Session session) =>
        await session.ExecuteAsync(
            $"""
            WITH locked AS (SELECT edge_id FROM edge ORDER BY edge_id FOR UPDATE)
            UPDATE edge SET heard_at = {Now} FROM locked WHERE edge.edge_id = locked.edge_id
            """)
        + await session.ExecuteAsync(
            $"""
            WITH locked AS (SELECT node_id FROM dns_node ORDER BY node_id FOR UPDATE)
            UPDATE dns_node SET heard_at = {Now} FROM locked WHERE dns_node.node_id = locked.node_id
            """);

    public static Task<bool> IsAnythingOpenAsync(Session session) =>
        session.ExistsAsync("SELECT WHERE EXISTS (SELECT FROM resource WHERE NOT deployed) OR EXISTS (SELECT FROM invalidation WHERE NOT completed)");

    /// <summary>The number of resources and invalidations whose status changed.</summary>
    public static async Task<int> SettleAsync(Session session, ImmutableArray<EdgeHeard> heard, TimeSpan silence)
    {
        await HeadCommands.LockAsync(session);
        await NoteAsync(session, heard);
        await session.ExecuteAsync($"DELETE FROM edge WHERE heard_at < {Now} - $1", silence.Ticks);
        return await session.ExecuteAsync("UPDATE resource SET deployed = true WHERE NOT deployed AND snapshot_version <= (SELECT min(snapshot_version) FROM edge)")
            + await session.ExecuteAsync("UPDATE invalidation SET completed = true WHERE NOT completed AND sequence <= (SELECT min(invalidation_position) FROM edge)");
    }
}
