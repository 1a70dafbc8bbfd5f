// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Record sets of hosted zones. How many there are is kept beside the zone, so that a change reads and writes only what it names.</summary>
internal static class ZoneCommands
{
    private const string Columns = "sort_name, type, set_identifier, document";
    private const string Named = "(sort_name, type, set_identifier) IN (SELECT * FROM unnest($2, $3, $4))";

    public static async Task<ZoneEdited> EditAsync(Session session, ZoneEdit edit)
    {
        await HeadCommands.LockAsync(session);
        var outcome = await ApplyAsync(session, edit);
        var sequence = 0L;
        if (outcome == ZoneEditOutcome.Applied && edit.Entry is { } entry)
        {
            sequence = await ZoneLogCommands.AppendAsync(session, entry);
            await session.ExecuteAsync("UPDATE zone SET version = $1 WHERE resource = $2", sequence, await PositionAsync(session, entry.ZoneId));
        }

        return new ZoneEdited(outcome, sequence);
    }

    public static async Task<ZoneRecords?> ReadAsync(Session session, string zoneId, IReadOnlyCollection<string> names)
    {
        var position = await PositionAsync(session, zoneId);
        return await ReadHeadAsync(session, position) is { } head
            ? head with
            {
                Rows =
                [
                    .. await session.AllAsync(
                        $"SELECT {Columns} FROM record_set WHERE resource = $1 AND sort_name = ANY ($2) ORDER BY sort_name, type, set_identifier", ReadRow, position, names.ToArray()),
                ],
            }
            : null;
    }

    public static async Task<ZoneRecords?> ListAsync(Session session, string zoneId, RecordSetPlace from, int limit)
    {
        var position = await PositionAsync(session, zoneId);
        return await ReadHeadAsync(session, position) is { } head
            ? head with
            {
                Rows =
                [
                    .. await session.AllAsync(
                        $"SELECT {Columns} FROM record_set WHERE resource = $1 AND (sort_name, type, set_identifier) >= ($2, $3, $4) ORDER BY sort_name, type, set_identifier LIMIT $5",
                        ReadRow, position, from.SortName, from.Type, from.SetIdentifier, limit),
                ],
            }
            : null;
    }

    public static async Task<ImmutableDictionary<string, long>> CountAsync(Session session, IReadOnlyCollection<string> zoneIds)
    {
        var counts = await session.AllAsync(
            "SELECT id, record_sets FROM zone JOIN resource ON position = resource WHERE kind = $1 AND id = ANY ($2)",
            static row => KeyValuePair.Create(row.Text(0), row.Number(1)), nameof(ResourceKind.HostedZone), zoneIds.ToArray());
        return counts.ToImmutableDictionary();
    }

    public static async Task<ZonePage> ReadAllAsync(Session session, long after, int recordSets)
    {
        var zones = ImmutableArray.CreateBuilder<ZoneRow>();
        long total = 0;
        while (total < recordSets)
        {
            var found = await session.FirstAsync(
                "SELECT position, id, name FROM resource WHERE kind = $1 AND position > $2 ORDER BY position LIMIT 1",
                static row => Tuple.Create(row.Number(0), row.Text(1), row.Text(2)), nameof(ResourceKind.HostedZone), after);
            if (found is not var (position, id, name))
            {
                return new ZonePage(await ZoneLogCommands.EndAsync(session), zones.ToImmutable(), HasMore: false);
            }

            var head = (await ReadHeadAsync(session, position))!;
            var rows = await session.AllAsync($"SELECT {Columns} FROM record_set WHERE resource = $1 ORDER BY sort_name, type, set_identifier", ReadRow, position);
            zones.Add(new ZoneRow(position, id, name, head with { Rows = [.. rows] }));
            total += rows.Count + 1;
            after = position;
        }

        return new ZonePage(await ZoneLogCommands.EndAsync(session), zones.ToImmutable(), HasMore: true);
    }

    private static async Task<ZoneEditOutcome> ApplyAsync(Session session, ZoneEdit edit)
    {
        if (edit.RecordSets is { BaseVersion: > 0 } checkedAgainst)
        {
            var version = (await ReadHeadAsync(session, await PositionAsync(session, checkedAgainst.ZoneId)))?.Version;
            if (version != checkedAgainst.BaseVersion)
            {
                return version is null ? ZoneEditOutcome.NotFound : ZoneEditOutcome.Moved;
            }
        }

        if (edit.Resource is { } change)
        {
            // Zones are part of no snapshot: which one is the newest does not matter to them. Nothing was written before, so a refusal leaves nothing behind.
            var (version, _) = await HeadCommands.ReadRevisionAsync(session);
            var outcome = await ResourceCommands.ChangeAsync(session, change with { BaseVersion = version, BaseRevision = null });
            if (outcome != ChangeOutcome.Applied)
            {
                return outcome.AsZoneEdit;
            }

            if (change is { Verb: ChangeVerb.Delete, Row.Kind: ResourceKind.HealthCheck })
            {
                await session.ExecuteAsync("DELETE FROM health_observation WHERE health_check_id = $1", change.Row.Id);
            }
        }

        if (edit.RecordSets is { } records && edit.Resource?.Verb != ChangeVerb.Delete)
        {
            await WriteAsync(session, records);
        }

        return ZoneEditOutcome.Applied;
    }

    private static async Task WriteAsync(Session session, RecordSetEdit edit)
    {
        var position = await PositionAsync(session, edit.ZoneId);
        await session.ExecuteAsync(
            "INSERT INTO zone (resource, version, record_sets) VALUES ($1, 0, $2) ON CONFLICT (resource) DO UPDATE SET record_sets = excluded.record_sets", position, edit.Count);
        var before = edit.Audit is null
            ? []
            : await session.AllAsync(
                $"SELECT {Columns} FROM record_set WHERE resource = $1 AND {Named} ORDER BY sort_name, type, set_identifier",
                ReadRow, [position, .. Places([.. edit.Removed, .. edit.Put.Select(static row => row.Place)])]);
        await session.ExecuteAsync($"DELETE FROM record_set WHERE resource = $1 AND {Named}", [position, .. Places(edit.Removed)]);
        await session.ExecuteAsync(
            $"""
            INSERT INTO record_set (resource, {Columns}) SELECT $1, * FROM unnest($2, $3, $4, $5)
            ON CONFLICT (resource, sort_name, type, set_identifier) DO UPDATE SET document = excluded.document
            """,
            [position, .. Places([.. edit.Put.Select(static row => row.Place)]), edit.Put.Select(static row => row.Document).ToArray()]);
        if (edit.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, edit, before), call.Kept);
        }
    }

    private static object[] Places(ImmutableArray<RecordSetPlace> places) =>
    [
        places.Select(static place => place.SortName).ToArray(),
        places.Select(static place => place.Type).ToArray(),
        places.Select(static place => place.SetIdentifier).ToArray(),
    ];

    private static Task<ZoneRecords?> ReadHeadAsync(Session session, long position) =>
        session.FirstAsync("SELECT version, record_sets FROM zone WHERE resource = $1", static row => new ZoneRecords(row.Number(0), row.Number(1), []), position);

    private static Task<long> PositionAsync(Session session, string zoneId) => ResourceCommands.PositionAsync(session, ResourceKind.HostedZone, zoneId);

    private static RecordSetRow ReadRow(NpgsqlDataReader row) => new(new RecordSetPlace(row.Text(0), row.Text(1), row.Text(2)), row.Text(3));
}
