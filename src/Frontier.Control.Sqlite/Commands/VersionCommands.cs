// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Versions of resources.</summary>
internal static class VersionCommands
{
    private const string Head = "number, created_at, access_key, operation, restored_from, etag";

    public static ImmutableArray<VersionHead>? List(SqliteConnection connection, ResourceKind kind, string id, long before, int limit) =>
        ResourceCommands.Position(connection, kind, id) is not 0 and var position
            ? [.. connection.Prepare($"SELECT {Head} FROM resource_version WHERE resource = ? AND number < ? ORDER BY number DESC LIMIT ?").Bind(position, before, limit).All(ReadHead)]
            : null;

    public static VersionRow? Find(SqliteConnection connection, ResourceKind kind, string id, long number) =>
        connection.Prepare($"SELECT {Head}, body FROM resource_version WHERE resource = ? AND number = ?").Bind(ResourceCommands.Position(connection, kind, id), number)
            .First(static row => new VersionRow(ReadHead(row), row.Text(6)));

    public static void Add(SqliteConnection connection, long position, ResourceRow row, NewVersion version)
    {
        var number = connection.Prepare("SELECT max(number) FROM resource_version WHERE resource = ?").Bind(position).Number() + 1;
        connection.Execute(
            $"INSERT INTO resource_version (resource, {Head}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            position, number, row.ModifiedAt, version.AccessKeyId, version.Operation, version.RestoredFrom, row.ETag, version.Body);
        connection.Execute("DELETE FROM resource_version WHERE resource = ? AND number <= ?", position, number - version.Kept);
    }

    private static VersionHead ReadHead(SqliteStatement row) => new(row.Int64(0), row.Time(1), row.Text(2), row.Text(3), row.Int64(4), row.Text(5));
}
