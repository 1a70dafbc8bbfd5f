// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>The log of changes to zones, and what DNS nodes have of it.</summary>
internal static class ZoneLogCommands
{
    private const string Columns = "sequence, kind, change_id, zone_id, document, comment, created_at, in_sync";
    private const string Observed = "node_id, health_check_id, healthy, reason, observed_at";

    /// <summary>The counter moves in the transaction that uses it: an abandoned change leaves no gap, and order of numbers is order of commit.</summary>
    public static long Append(SqliteConnection connection, NewZoneEntry entry)
    {
        var sequence = End(connection) + 1;
        connection.Execute("UPDATE head SET zone_log_end = ?, zone_oldest_kept = max(zone_oldest_kept, ?)", sequence, sequence - entry.LogKept + 1);
        connection.Execute(
            $"INSERT INTO zone_log ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            sequence, entry.Kind.ToString(), entry.ChangeId, entry.ZoneId, entry.Document, entry.Comment, entry.CreatedAt, false);
        connection.Execute("DELETE FROM zone_log WHERE sequence < (SELECT zone_oldest_kept FROM head)");
        return sequence;
    }

    public static long End(SqliteConnection connection) => connection.Prepare("SELECT zone_log_end FROM head").Number();

    public static ZoneEntryRow? Find(SqliteConnection connection, string changeId) =>
        connection.Prepare($"SELECT {Columns} FROM zone_log WHERE change_id = ?").Bind(changeId).First(ReadRow);

    public static ZoneLogPage? Read(SqliteConnection connection, long after, int limit, int characters)
    {
        if (after + 1 < connection.Prepare("SELECT zone_oldest_kept FROM head").Number())
        {
            return null;
        }

        var page = ImmutableArray.CreateBuilder<ZoneEntryRow>();
        var total = 0;
        var statement = connection.Prepare($"SELECT {Columns} FROM zone_log WHERE sequence > ? ORDER BY sequence LIMIT ?").Bind(after, limit);
        while (total < characters && statement.Step())
        {
            page.Add(ReadRow(statement));
            total += page[^1].Document.Length;
        }

        statement.Reset();
        return new ZoneLogPage(End(connection), page.ToImmutable());
    }

    public static bool SaveNode(SqliteConnection connection, DnsNodeRow node, ImmutableArray<HealthObservationRow> observations, int most, DateTimeOffset now)
    {
        if (connection.Execute("UPDATE dns_node SET position = ?, heard_at = ? WHERE node_id = ?", node.Position, now, node.NodeId) == 0)
        {
            if (connection.Prepare("SELECT count(*) FROM dns_node").Number() >= most)
            {
                return false;
            }

            connection.Execute("INSERT INTO dns_node (node_id, position, heard_at) VALUES (?, ?, ?)", node.NodeId, node.Position, now);
        }

        foreach (var observation in observations)
        {
            // What was deleted meanwhile has no state.
            connection.Execute(
                $"INSERT OR REPLACE INTO health_observation ({Observed}) SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM resource WHERE kind = ? AND id = ?)",
                node.NodeId, observation.HealthCheckId, observation.IsHealthy, observation.Reason, observation.ObservedAt, nameof(ResourceKind.HealthCheck), observation.HealthCheckId);
        }

        return true;
    }

    /// <summary>Whether there is anything to settle, so that nothing is written otherwise.</summary>
    public static bool IsAnythingOpen(SqliteConnection connection, TimeSpan silence, DateTimeOffset now) =>
        connection.Prepare("SELECT 1 FROM zone_log WHERE in_sync = 0 LIMIT 1").Exists() || connection.Prepare("SELECT 1 FROM dns_node WHERE heard_at < ?").Bind(now - silence).Exists();

    /// <summary>The number of entries that are in sync since now.</summary>
    public static int Settle(SqliteConnection connection, TimeSpan silence, DateTimeOffset now)
    {
        connection.Execute("DELETE FROM dns_node WHERE heard_at < ?", now - silence);
        return connection.Execute("UPDATE zone_log SET in_sync = 1 WHERE in_sync = 0 AND sequence <= (SELECT min(position) FROM dns_node)");
    }

    public static ImmutableArray<HealthObservationRow> ReadObservations(SqliteConnection connection, string healthCheckId) =>
    [
        .. connection.Prepare($"SELECT {Observed} FROM health_observation WHERE health_check_id = ? ORDER BY node_id").Bind(healthCheckId)
            .All(static row => new HealthObservationRow(row.Text(0), row.Text(1), row.Flag(2), row.Text(3), row.Time(4))),
    ];

    public static ImmutableDictionary<string, HealthCount> CountObservations(SqliteConnection connection) =>
        connection.Prepare("SELECT health_check_id, count(*), sum(healthy) FROM health_observation GROUP BY health_check_id")
            .All(static row => KeyValuePair.Create(row.Text(0), new HealthCount(row.Int64(1), row.Int64(2)))).ToImmutableDictionary();

    private static ZoneEntryRow ReadRow(SqliteStatement row) => new(
        row.Int64(0), Enum.Parse<ZoneEntryKind>(row.Text(1)), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Time(6), row.Flag(7));
}
