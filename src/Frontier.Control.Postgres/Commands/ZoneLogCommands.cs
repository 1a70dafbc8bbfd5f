// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>The log of changes to zones, and what DNS nodes have of it. Whoever appends holds the head's lock.</summary>
internal static class ZoneLogCommands
{
    private const string Columns = "sequence, kind, change_id, zone_id, document, comment, created_at, in_sync";
    private const string Observed = "node_id, health_check_id, healthy, reason, observed_at";

    public static async Task<long> AppendAsync(Session session, NewZoneEntry entry)
    {
        var sequence = await session.NumberAsync(
            $"UPDATE head SET zone_log_end = zone_log_end + 1, zone_oldest_kept = greatest(zone_oldest_kept, zone_log_end + 1 - $1 + 1) RETURNING zone_log_end, {ChangeHints.Notify}", entry.LogKept);
        await session.ExecuteAsync(
            $"INSERT INTO zone_log ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            sequence, entry.Kind.ToString(), entry.ChangeId, entry.ZoneId, entry.Document, entry.Comment, entry.CreatedAt, false);
        await session.ExecuteAsync("DELETE FROM zone_log WHERE sequence < (SELECT zone_oldest_kept FROM head)");
        return sequence;
    }

    public static Task<long> EndAsync(Session session) => session.NumberAsync("SELECT zone_log_end FROM head");

    public static Task<ZoneEntryRow?> FindAsync(Session session, string changeId) => session.FirstAsync($"SELECT {Columns} FROM zone_log WHERE change_id = $1", ReadRow, changeId);

    /// <summary>The server ends the page, so that nothing beyond it is sent.</summary>
    public static async Task<ZoneLogPage?> ReadAsync(Session session, long after, int limit, int characters)
    {
        if (after + 1 < await session.NumberAsync("SELECT zone_oldest_kept FROM head"))
        {
            return null;
        }

        var entries = await session.AllAsync(
            $"""
            SELECT {Columns}
            FROM (
                SELECT *, sum(length(document)) OVER (ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM (SELECT * FROM zone_log WHERE sequence > $1 ORDER BY sequence LIMIT $2) AS entries) AS page
            WHERE coalesce(before, 0) < $3 ORDER BY sequence
            """,
            ReadRow, after, limit, characters);
        return new ZoneLogPage(await EndAsync(session), [.. entries]);
    }

    public static async Task<bool> SaveNodeAsync(Session session, DnsNodeRow node, ImmutableArray<HealthObservationRow> observations, int most)
    {
        if (await session.ExecuteAsync($"UPDATE dns_node SET position = $1, heard_at = {EdgeCommands.Now} WHERE node_id = $2", node.Position, node.NodeId) == 0)
        {
            if (await session.NumberAsync("SELECT count(*) FROM dns_node") >= most)
            {
                return false;
            }

            await session.ExecuteAsync(
                $"INSERT INTO dns_node (node_id, position, heard_at) VALUES ($1, $2, {EdgeCommands.Now}) ON CONFLICT (node_id) DO UPDATE SET position = excluded.position, heard_at = excluded.heard_at",
                node.NodeId, node.Position);
        }

        foreach (var observation in observations)
        {
            // What was deleted meanwhile has no state.
            await session.ExecuteAsync(
                $"""
                INSERT INTO health_observation ({Observed}) SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT FROM resource WHERE kind = $6 AND id = $2)
                ON CONFLICT (node_id, health_check_id) DO UPDATE SET healthy = excluded.healthy, reason = excluded.reason, observed_at = excluded.observed_at
                """,
                node.NodeId, observation.HealthCheckId, observation.IsHealthy, observation.Reason, observation.ObservedAt, nameof(ResourceKind.HealthCheck));
        }

        return true;
    }

    /// <summary>Whether there is anything to settle, so that nothing is written otherwise.</summary>
    public static Task<bool> IsAnythingOpenAsync(Session session, TimeSpan silence) => session.ExistsAsync(
        $"SELECT WHERE EXISTS (SELECT FROM zone_log WHERE NOT in_sync) OR EXISTS (SELECT FROM dns_node WHERE heard_at < {EdgeCommands.Now} - $1)", silence.Ticks);

    /// <summary>The number of entries that are in sync since now.</summary>
    public static async Task<int> SettleAsync(Session session, TimeSpan silence)
    {
        await HeadCommands.LockAsync(session);
        await session.ExecuteAsync($"DELETE FROM dns_node WHERE heard_at < {EdgeCommands.Now} - $1", silence.Ticks);
        return await session.ExecuteAsync("UPDATE zone_log SET in_sync = true WHERE NOT in_sync AND sequence <= (SELECT min(position) FROM dns_node)");
    }

    public static async Task<ImmutableArray<HealthObservationRow>> ReadObservationsAsync(Session session, string healthCheckId) =>
    [
        .. await session.AllAsync(
            $"SELECT {Observed} FROM health_observation WHERE health_check_id = $1 ORDER BY node_id",
            static row => new HealthObservationRow(row.Text(0), row.Text(1), row.Flag(2), row.Text(3), row.Time(4)), healthCheckId),
    ];

    public static async Task<ImmutableDictionary<string, HealthCount>> CountObservationsAsync(Session session)
    {
        var counts = await session.AllAsync(
            "SELECT health_check_id, count(*), count(*) FILTER (WHERE healthy) FROM health_observation GROUP BY health_check_id",
            static row => KeyValuePair.Create(row.Text(0), new HealthCount(row.Number(1), row.Number(2))));
        return counts.ToImmutableDictionary();
    }

    private static ZoneEntryRow ReadRow(NpgsqlDataReader row) => new(
        row.Number(0), Enum.Parse<ZoneEntryKind>(row.Text(1)), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Time(6), row.Flag(7));
}
