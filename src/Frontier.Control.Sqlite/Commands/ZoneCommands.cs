// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Record sets of hosted zones. How many there are is kept beside the zone, so that a change reads and writes only what it names.</summary>
internal static class ZoneCommands
{
    private const string Columns = "sort_name, type, set_identifier, document";

    public static ZoneEdited Edit(SqliteConnection connection, ZoneEdit edit)
    {
        connection.Execute("SAVEPOINT edit");
        var outcome = Apply(connection, edit);
        var sequence = 0L;
        if (outcome == ZoneEditOutcome.Applied && edit.Entry is { } entry)
        {
            sequence = ZoneLogCommands.Append(connection, entry);
            connection.Execute("UPDATE zone SET version = ? WHERE resource = ?", sequence, Position(connection, entry.ZoneId));
        }

        if (outcome != ZoneEditOutcome.Applied)
        {
            connection.Execute("ROLLBACK TO edit");
        }

        connection.Execute("RELEASE edit");
        return new ZoneEdited(outcome, sequence);
    }

    public static ZoneRecords? Read(SqliteConnection connection, string zoneId, IReadOnlyCollection<string> names)
    {
        var position = Position(connection, zoneId);
        return ReadHead(connection, position) is { } head
            ? head with
            {
                Rows =
                [
                    .. names.Order(StringComparer.Ordinal).SelectMany(name =>
                        connection.Prepare($"SELECT {Columns} FROM record_set WHERE resource = ? AND sort_name = ? ORDER BY type, set_identifier").Bind(position, name).All(ReadRow)),
                ],
            }
            : null;
    }

    public static ZoneRecords? List(SqliteConnection connection, string zoneId, RecordSetPlace from, int limit)
    {
        var position = Position(connection, zoneId);
        return ReadHead(connection, position) is { } head
            ? head with
            {
                Rows =
                [
                    .. connection.Prepare(
                            $"SELECT {Columns} FROM record_set WHERE resource = ? AND (sort_name, type, set_identifier) >= (?, ?, ?) ORDER BY sort_name, type, set_identifier LIMIT ?")
                        .Bind(position, from.SortName, from.Type, from.SetIdentifier, limit).All(ReadRow),
                ],
            }
            : null;
    }

    public static ImmutableDictionary<string, long> Count(SqliteConnection connection, IReadOnlyCollection<string> zoneIds) => zoneIds
        .Select(id => KeyValuePair.Create(id, ReadHead(connection, Position(connection, id))))
        .Where(static zone => zone.Value is not null)
        .ToImmutableDictionary(static zone => zone.Key, static zone => zone.Value!.Count);

    public static ZonePage ReadAll(SqliteConnection connection, long after, int recordSets)
    {
        var zones = ImmutableArray.CreateBuilder<ZoneRow>();
        long total = 0;
        while (total < recordSets)
        {
            var found = connection.Prepare("SELECT position, id, name FROM resource WHERE kind = ? AND position > ? ORDER BY position LIMIT 1").Bind(nameof(ResourceKind.HostedZone), after)
                .First(static row => Tuple.Create(row.Int64(0), row.Text(1), row.Text(2)));
            if (found is not var (position, id, name))
            {
                return new ZonePage(ZoneLogCommands.End(connection), zones.ToImmutable(), HasMore: false);
            }

            var head = ReadHead(connection, position)!;
            var rows = connection.Prepare($"SELECT {Columns} FROM record_set WHERE resource = ? ORDER BY sort_name, type, set_identifier").Bind(position).All(ReadRow);
            zones.Add(new ZoneRow(position, id, name, head with { Rows = [.. rows] }));
            total += rows.Count + 1;
            after = position;
        }

        return new ZonePage(ZoneLogCommands.End(connection), zones.ToImmutable(), HasMore: true);
    }

    private static ZoneEditOutcome Apply(SqliteConnection connection, ZoneEdit edit)
    {
        if (edit.RecordSets is { BaseVersion: > 0 } checkedAgainst && ReadHead(connection, Position(connection, checkedAgainst.ZoneId))?.Version is var version && version != checkedAgainst.BaseVersion)
        {
            return version is null ? ZoneEditOutcome.NotFound : ZoneEditOutcome.Moved;
        }

        if (edit.Resource is { } change)
        {
            // Zones are part of no snapshot: which one is the newest does not matter to them.
            var outcome = ResourceCommands.Change(connection, change with { BaseVersion = ResourceCommands.SnapshotVersion(connection), BaseRevision = null });
            if (outcome != ChangeOutcome.Applied)
            {
                return outcome.AsZoneEdit;
            }

            if (change is { Verb: ChangeVerb.Delete, Row.Kind: ResourceKind.HealthCheck })
            {
                connection.Execute("DELETE FROM health_observation WHERE health_check_id = ?", change.Row.Id);
            }
        }

        if (edit.RecordSets is { } records && edit.Resource?.Verb != ChangeVerb.Delete)
        {
            Write(connection, records);
        }

        return ZoneEditOutcome.Applied;
    }

    private static void Write(SqliteConnection connection, RecordSetEdit edit)
    {
        var position = Position(connection, edit.ZoneId);
        connection.Execute(
            "INSERT INTO zone (resource, version, record_sets) VALUES (?, 0, ?) ON CONFLICT (resource) DO UPDATE SET record_sets = excluded.record_sets", position, edit.Count);
        var before = edit.Audit is null ? [] : edit.Removed.Concat(edit.Put.Select(static row => row.Place)).Distinct().Select(place => Find(connection, position, place)).OfType<RecordSetRow>().ToList();
        foreach (var (name, type, identifier) in edit.Removed)
        {
            connection.Execute("DELETE FROM record_set WHERE resource = ? AND sort_name = ? AND type = ? AND set_identifier = ?", position, name, type, identifier);
        }

        foreach (var row in edit.Put)
        {
            connection.Execute(
                $"INSERT INTO record_set (resource, {Columns}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (resource, sort_name, type, set_identifier) DO UPDATE SET document = excluded.document",
                position, row.SortName, row.Place.Type, row.Place.SetIdentifier, row.Document);
        }

        if (edit.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, edit, before), call.Kept);
        }
    }

    private static RecordSetRow? Find(SqliteConnection connection, long position, RecordSetPlace place) =>
        connection.Prepare($"SELECT {Columns} FROM record_set WHERE resource = ? AND sort_name = ? AND type = ? AND set_identifier = ?")
            .Bind(position, place.SortName, place.Type, place.SetIdentifier).First(ReadRow);

    private static ZoneRecords? ReadHead(SqliteConnection connection, long position) =>
        connection.Prepare("SELECT version, record_sets FROM zone WHERE resource = ?").Bind(position).First(static row => new ZoneRecords(row.Int64(0), row.Int64(1), []));

    private static long Position(SqliteConnection connection, string zoneId) => ResourceCommands.Position(connection, ResourceKind.HostedZone, zoneId);

    private static RecordSetRow ReadRow(SqliteStatement row) => new(new RecordSetPlace(row.Text(0), row.Text(1), row.Text(2)), row.Text(3));
}
