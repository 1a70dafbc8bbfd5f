// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

internal static class TagCommands
{
    public static ImmutableArray<TagRow>? Read(SqliteConnection connection, ResourceKind kind, string id) =>
        ResourceCommands.Position(connection, kind, id) is not 0 and var position
            ? [.. All(connection, position)]
            : null;

    public static TagOutcome Change(SqliteConnection connection, TagChange change)
    {
        if (ResourceCommands.Position(connection, change.Kind, change.Id) is not (not 0 and var position))
        {
            return TagOutcome.NotFound;
        }

        var before = All(connection, position);
        if (before.Select(static tag => tag.Key).Except(change.Remove).Union(change.Set.Select(static tag => tag.Key)).Count() > change.Limit)
        {
            return TagOutcome.TooMany;
        }

        foreach (var key in change.Remove)
        {
            connection.Execute("DELETE FROM tag WHERE resource = ? AND key = ?", position, key);
        }

        Set(connection, position, change.Set);
        if (change.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, change, before), call.Kept);
        }

        return TagOutcome.Applied;
    }

    public static void Set(SqliteConnection connection, long position, ImmutableArray<TagRow> tags)
    {
        foreach (var (key, value) in tags)
        {
            connection.Execute("INSERT INTO tag (resource, key, value) VALUES (?, ?, ?) ON CONFLICT (resource, key) DO UPDATE SET value = excluded.value", position, key, value);
        }
    }

    /// <summary>An index holds these alone (<see cref="OwnTag.Prefix"/>; a semicolon follows the colon), however many others there are.</summary>
    public static List<OwnTag> ReadOwn(SqliteConnection connection) => connection.Prepare(
        """
        SELECT kind, id, key, value FROM tag JOIN resource ON position = resource WHERE key >= 'frontier:' AND key < 'frontier;' ORDER BY resource, key
        """).All(static row => new OwnTag(Enum.Parse<ResourceKind>(row.Text(0)), row.Text(1), row.Text(2), row.Text(3)));

    private static List<TagRow> All(SqliteConnection connection, long position) =>
        connection.Prepare("SELECT key, value FROM tag WHERE resource = ? ORDER BY key").Bind(position).All(static row => new TagRow(row.Text(0), row.Text(1)));
}
