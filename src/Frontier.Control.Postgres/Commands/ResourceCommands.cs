// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Resources, their aliases and the snapshots their changes cause.</summary>
internal static class ResourceCommands
{
    private const string Columns = "kind, id, name, caller_reference, domain_name, etag, body, modified_at, snapshot_version, deployed";

    public static async Task<StoreContents> ReadContentsAsync(Session session, IReadOnlyList<ResourceMark> known)
    {
        var (version, revision) = await HeadCommands.ReadRevisionAsync(session);
        var marks = await session.AllAsync("SELECT position, etag, deployed FROM resource ORDER BY position", static row => new ResourceMark(row.Number(0), row.Text(1), row.Flag(2)));
        var rows = known.Count == 0 ? await session.AllAsync($"SELECT {Columns} FROM resource ORDER BY position", ReadRow)
            : ResourceMark.FindUnknown(marks, known) is { Count: > 0 } unknown ? await session.AllAsync($"SELECT {Columns} FROM resource WHERE position = ANY ($1) ORDER BY position", ReadRow, unknown.ToArray())
            : [];
        return new StoreContents(version, marks, rows) { Revision = revision, OwnTags = await TagCommands.ReadOwnAsync(session) };
    }

    public static Task<ResourceRow?> FindAsync(Session session, ResourceKind kind, string id) =>
        session.FirstAsync($"SELECT {Columns} FROM resource WHERE kind = $1 AND id = $2", ReadRow, kind.ToString(), id);

    public static Task<SnapshotRow?> FindSnapshotAsync(Session session, long version) =>
        session.FirstAsync("SELECT version, json, created_at FROM snapshot WHERE version = $1", static row => new SnapshotRow(row.Number(0), row.Text(1), row.Time(2)), version);

    /// <summary>The resource's key within this database; 0 when there is none.</summary>
    public static Task<long> PositionAsync(Session session, ResourceKind kind, string id) =>
        session.NumberAsync("SELECT position FROM resource WHERE kind = $1 AND id = $2", kind.ToString(), id);

    public static async Task<ChangeOutcome> ChangeAsync(Session session, ResourceChange change)
    {
        await HeadCommands.LockAsync(session);
        if (change.Before.IsEmpty)
        {
            return await ChangeAllAsync(session, change);
        }

        await session.ExecuteAsync("SAVEPOINT whole");
        var outcome = await ChangeAllAsync(session, change);
        if (outcome is not ChangeOutcome.Applied)
        {
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT whole");
        }

        return outcome;
    }

    private static async Task<ChangeOutcome> ChangeAllAsync(Session session, ResourceChange change)
    {
        foreach (var earlier in change.Before)
        {
            if (await FindObstacleAsync(session, earlier) is { } before)
            {
                return before;
            }

            await WriteAsync(session, earlier);
        }

        if (await FindObstacleAsync(session, change) is { } obstacle)
        {
            return obstacle;
        }

        // Last in the order of ChangeOutcome.
        var (version, revision) = await HeadCommands.ReadRevisionAsync(session);
        if (version != change.BaseVersion || (change.BaseRevision is { } seen && seen != revision))
        {
            return ChangeOutcome.SnapshotMoved;
        }

        await WriteAsync(session, change);
        if (change.Snapshot is { } snapshot)
        {
            await session.ExecuteAsync("INSERT INTO snapshot (version, json, created_at) VALUES ($1, $2, $3)", snapshot.Version, snapshot.Json, snapshot.CreatedAt);
        }

        await session.ExecuteAsync($"UPDATE head SET revision = revision + 1 RETURNING {ChangeHints.Notify}");
        return ChangeOutcome.Applied;
    }

    private static async Task WriteAsync(Session session, ResourceChange change)
    {
        var row = change.Row;
        var before = change.Audit is null ? null : await FindAsync(session, row.Kind, row.Id);
        object?[] values =
            [row.Kind.ToString(), row.Id, row.Name, row.CallerReference, row.DomainName, row.ETag, row.Body, row.ModifiedAt, row.SnapshotVersion, row.Deployed];
        switch (change.Verb)
        {
            case ChangeVerb.Create:
                await session.ExecuteAsync($"INSERT INTO resource ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", values);
                break;
            case ChangeVerb.Update:
                await session.ExecuteAsync(
                    "UPDATE resource SET name = $3, caller_reference = $4, domain_name = $5, etag = $6, body = $7, modified_at = $8, snapshot_version = $9, deployed = $10 WHERE kind = $1 AND id = $2",
                    values);
                break;
            case ChangeVerb.Delete:
                await session.ExecuteAsync("DELETE FROM resource WHERE kind = $1 AND id = $2", row.Kind.ToString(), row.Id);
                break;
        }

        await WriteDependantsAsync(session, change);
        if (change.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, change, before), call.Kept);
        }
    }

    /// <summary>Checks in the order that <see cref="ChangeOutcome"/> promises.</summary>
    private static async Task<ChangeOutcome?> FindObstacleAsync(Session session, ResourceChange change)
    {
        var (kind, row) = (change.Row.Kind.ToString(), change.Row);
        if (change.Verb != ChangeVerb.Create)
        {
            var etag = await session.FirstAsync("SELECT etag FROM resource WHERE kind = $1 AND id = $2", static found => found.Text(0), kind, row.Id);
            if (etag is null)
            {
                return ChangeOutcome.NotFound;
            }

            if (etag != change.ExpectedETag)
            {
                return ChangeOutcome.ETagDiffers;
            }
        }

        if (change.Verb != ChangeVerb.Delete)
        {
            if (await session.ExistsAsync("SELECT FROM resource WHERE kind = $1 AND caller_reference = $2 AND id <> $3", kind, row.CallerReference, row.Id))
            {
                return ChangeOutcome.CallerReferenceTaken;
            }

            if (await session.ExistsAsync("SELECT FROM resource WHERE kind = $1 AND name = $2 AND id <> $3", kind, row.Name, row.Id))
            {
                return ChangeOutcome.NameTaken;
            }

            var isTaken = await session.ExistsAsync(
                "SELECT FROM alias JOIN resource ON position = resource WHERE alias.name = ANY ($1) AND NOT (kind = $2 AND id = $3)", change.Aliases.ToArray(), kind, row.Id);
            if (isTaken)
            {
                return ChangeOutcome.AliasTaken;
            }
        }

        return null;
    }

    private static async Task WriteDependantsAsync(Session session, ResourceChange change)
    {
        if (change.Verb == ChangeVerb.Delete)
        {
            return;
        }

        var position = await PositionAsync(session, change.Row.Kind, change.Row.Id);
        await session.ExecuteAsync("DELETE FROM alias WHERE resource = $1", position);
        await session.ExecuteAsync("INSERT INTO alias (name, resource) SELECT name, $2 FROM unnest($1) AS name", change.Aliases.ToArray(), position);
        if (change.Version is { } version)
        {
            await VersionCommands.AddAsync(session, position, change.Row, version);
        }

        if (change.Verb == ChangeVerb.Create)
        {
            await TagCommands.SetAsync(session, position, change.Tags);
            if (change.KeyValues is { } keyValues)
            {
                await KeyValueCommands.CreateAsync(session, position, keyValues, change.Row.ModifiedAt);
            }
        }
    }

    private static ResourceRow ReadRow(NpgsqlDataReader row) => new()
    {
        Kind = Enum.Parse<ResourceKind>(row.Text(0)),
        Id = row.Text(1),
        Name = row.OptionalText(2),
        CallerReference = row.OptionalText(3),
        DomainName = row.OptionalText(4),
        ETag = row.Text(5),
        Body = row.Text(6),
        ModifiedAt = row.Time(7),
        SnapshotVersion = row.Number(8),
        Deployed = row.Flag(9),
    };
}
