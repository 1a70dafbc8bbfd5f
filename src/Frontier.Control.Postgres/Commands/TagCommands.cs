// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Commands;

internal static class TagCommands
{
    public static async Task<ImmutableArray<TagRow>?> ReadAsync(Session session, ResourceKind kind, string id) =>
        await ResourceCommands.PositionAsync(session, kind, id) is not 0 and var position
            ? [.. await AllAsync(session, position)]
            : null;

    /// <summary>An index holds these alone (<see cref="OwnTag.Prefix"/>; a semicolon follows the colon), however many others there are.</summary>
    public static Task<List<OwnTag>> ReadOwnAsync(Session session) => session.AllAsync(
        """
        SELECT kind, id, key, value FROM tag JOIN resource ON position = resource WHERE key >= 'frontier:' AND key < 'frontier;' ORDER BY resource, key
        """,
        static row => new OwnTag(Enum.Parse<ResourceKind>(row.Text(0)), row.Text(1), row.Text(2), row.Text(3)));

    public static async Task<TagOutcome> ChangeAsync(Session session, TagChange change)
    {
        // Of two that count the tags of one resource the second counts those of the first; and its deletion waits.
        var position = await session.NumberAsync("SELECT position FROM resource WHERE kind = $1 AND id = $2 FOR UPDATE", change.Kind.ToString(), change.Id);
        if (position == 0)
        {
            return TagOutcome.NotFound;
        }

        var before = await AllAsync(session, position);
        if (before.Select(static tag => tag.Key).Except(change.Remove).Union(change.Set.Select(static tag => tag.Key)).Count() > change.Limit)
        {
            return TagOutcome.TooMany;
        }

        await session.ExecuteAsync("DELETE FROM tag WHERE resource = $1 AND key = ANY ($2)", position, change.Remove.ToArray());
        await SetAsync(session, position, change.Set);
        if (change.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, change, before), call.Kept);
        }

        return TagOutcome.Applied;
    }

    public static async Task SetAsync(Session session, long position, ImmutableArray<TagRow> tags)
    {
        foreach (var (key, value) in tags)
        {
            await session.ExecuteAsync("INSERT INTO tag (resource, key, value) VALUES ($1, $2, $3) ON CONFLICT (resource, key) DO UPDATE SET value = excluded.value", position, key, value);
        }
    }

    private static Task<List<TagRow>> AllAsync(Session session, long position) =>
        session.AllAsync("SELECT key, value FROM tag WHERE resource = $1 ORDER BY key", static row => new TagRow(row.Text(0), row.Text(1)), position);
}
