// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Resources, their aliases and the snapshots their changes cause.</summary>
internal static class ResourceCommands
{
    private const string Columns = "kind, id, name, caller_reference, domain_name, etag, body, modified_at, snapshot_version, deployed";

    public static StoreContents ReadContents(SqliteConnection connection, IReadOnlyList<ResourceMark> known)
    {
        // Its index holds all of this: in the table "deployed" comes after the document, so that every page would be read.
        var marks = connection.Prepare("SELECT position, etag, deployed FROM resource ORDER BY position")
            .All(static row => new ResourceMark(row.Int64(0), row.Text(1), row.Flag(2)));
        var rows = known.Count == 0
            ? connection.Prepare($"SELECT {Columns} FROM resource ORDER BY position").All(ReadRow)
            : [.. ResourceMark.FindUnknown(marks, known).Select(position => connection.Prepare($"SELECT {Columns} FROM resource WHERE position = ?").Bind(position).First(ReadRow)!)];
        return new StoreContents(SnapshotVersion(connection), marks, rows) { Revision = Revision(connection), OwnTags = TagCommands.ReadOwn(connection) };
    }

    public static ResourceRow? Find(SqliteConnection connection, ResourceKind kind, string id) =>
        connection.Prepare($"SELECT {Columns} FROM resource WHERE kind = ? AND id = ?").Bind(kind.ToString(), id).First(ReadRow);

    public static SnapshotRow? FindSnapshot(SqliteConnection connection, long version) =>
        connection.Prepare("SELECT version, json, created_at FROM snapshot WHERE version = ?").Bind(version)
            .First(static row => new SnapshotRow(row.Int64(0), row.Text(1), row.Time(2)));

    public static long SnapshotVersion(SqliteConnection connection) => connection.Prepare("SELECT max(version) FROM snapshot").Number();

    /// <summary>The resource's key within this file; 0 when there is none.</summary>
    public static long Position(SqliteConnection connection, ResourceKind kind, string id) =>
        connection.Prepare("SELECT position FROM resource WHERE kind = ? AND id = ?").Bind(kind.ToString(), id).Number();

    public static ChangeOutcome Change(SqliteConnection connection, ResourceChange change)
    {
        connection.Execute("SAVEPOINT whole");
        var outcome = ChangeAll(connection, change);
        if (outcome is not ChangeOutcome.Applied)
        {
            connection.Execute("ROLLBACK TO whole");
        }

        connection.Execute("RELEASE whole");
        return outcome;
    }

    private static ChangeOutcome ChangeAll(SqliteConnection connection, ResourceChange change)
    {
        foreach (var earlier in change.Before)
        {
            if (ChangeOne(connection, earlier) is not ChangeOutcome.Applied and var obstacle)
            {
                return obstacle;
            }
        }

        if (ChangeOne(connection, change) is not ChangeOutcome.Applied and var refused)
        {
            return refused;
        }

        // Last in the order of ChangeOutcome.
        if (SnapshotVersion(connection) != change.BaseVersion || (change.BaseRevision is { } seen && seen != Revision(connection)))
        {
            return ChangeOutcome.SnapshotMoved;
        }

        if (change.Snapshot is { } snapshot)
        {
            connection.Execute("INSERT INTO snapshot (version, json, created_at) VALUES (?, ?, ?)", snapshot.Version, snapshot.Json, snapshot.CreatedAt);
        }

        connection.Execute("UPDATE head SET revision = revision + 1");
        return ChangeOutcome.Applied;
    }

    private static ChangeOutcome ChangeOne(SqliteConnection connection, ResourceChange change)
    {
        if (FindObstacle(connection, change) is { } obstacle)
        {
            return obstacle;
        }

        var row = change.Row;
        var before = change.Audit is null ? null : Find(connection, row.Kind, row.Id);
        switch (change.Verb)
        {
            case ChangeVerb.Create:
                connection.Execute(
                    $"INSERT INTO resource ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row.Kind.ToString(), row.Id, row.Name, row.CallerReference, row.DomainName, row.ETag, row.Body, row.ModifiedAt, row.SnapshotVersion, row.Deployed);
                break;
            case ChangeVerb.Update:
                connection.Execute(
                    "UPDATE resource SET name = ?, caller_reference = ?, domain_name = ?, etag = ?, body = ?, modified_at = ?, snapshot_version = ?, deployed = ? WHERE kind = ? AND id = ?",
                    row.Name, row.CallerReference, row.DomainName, row.ETag, row.Body, row.ModifiedAt, row.SnapshotVersion, row.Deployed, row.Kind.ToString(), row.Id);
                break;
            case ChangeVerb.Delete:
                connection.Execute("DELETE FROM resource WHERE kind = ? AND id = ?", row.Kind.ToString(), row.Id);
                break;
        }

        WriteDependants(connection, change);
        if (change.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, change, before), call.Kept);
        }

        return ChangeOutcome.Applied;
    }

    /// <summary>Checks in the order that <see cref="ChangeOutcome"/> promises.</summary>
    private static ChangeOutcome? FindObstacle(SqliteConnection connection, ResourceChange change)
    {
        var (kind, row) = (change.Row.Kind.ToString(), change.Row);
        if (change.Verb != ChangeVerb.Create)
        {
            var etag = connection.Prepare("SELECT etag FROM resource WHERE kind = ? AND id = ?").Bind(kind, row.Id).First(static found => found.Text(0));
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
            if (connection.Prepare("SELECT 1 FROM resource WHERE kind = ? AND caller_reference = ? AND id <> ?").Bind(kind, row.CallerReference, row.Id).Exists())
            {
                return ChangeOutcome.CallerReferenceTaken;
            }

            if (connection.Prepare("SELECT 1 FROM resource WHERE kind = ? AND name = ? AND id <> ?").Bind(kind, row.Name, row.Id).Exists())
            {
                return ChangeOutcome.NameTaken;
            }

            if (change.Aliases.Any(alias => IsTaken(connection, alias, row)))
            {
                return ChangeOutcome.AliasTaken;
            }
        }

        return null;
    }

    private static long Revision(SqliteConnection connection) => connection.Prepare("SELECT revision FROM head").Number();

    private static bool IsTaken(SqliteConnection connection, string alias, ResourceRow row) =>
        connection.Prepare("SELECT 1 FROM alias JOIN resource ON position = resource WHERE alias.name = ? AND NOT (kind = ? AND id = ?)").Bind(alias, row.Kind.ToString(), row.Id).Exists();

    private static void WriteDependants(SqliteConnection connection, ResourceChange change)
    {
        if (change.Verb == ChangeVerb.Delete)
        {
            return;
        }

        var position = Position(connection, change.Row.Kind, change.Row.Id);
        connection.Execute("DELETE FROM alias WHERE resource = ?", position);
        foreach (var alias in change.Aliases)
        {
            connection.Execute("INSERT INTO alias (name, resource) VALUES (?, ?)", alias, position);
        }

        if (change.Version is { } version)
        {
            VersionCommands.Add(connection, position, change.Row, version);
        }

        if (change.Verb == ChangeVerb.Create)
        {
            TagCommands.Set(connection, position, change.Tags);
            if (change.KeyValues is { } keyValues)
            {
                KeyValueCommands.Create(connection, position, keyValues, change.Row.ModifiedAt);
            }
        }
    }

    private static ResourceRow ReadRow(SqliteStatement row) => new()
    {
        Kind = Enum.Parse<ResourceKind>(row.Text(0)),
        Id = row.Text(1),
        Name = row.OptionalText(2),
        CallerReference = row.OptionalText(3),
        DomainName = row.OptionalText(4),
        ETag = row.Text(5),
        Body = row.Text(6),
        ModifiedAt = row.Time(7),
        SnapshotVersion = row.Int64(8),
        Deployed = row.Flag(9),
    };
}
