// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Versions of resources.</summary>
internal static class VersionCommands
{
    private const string Head = "number, created_at, access_key, operation, restored_from, etag";

    public static async Task<ImmutableArray<VersionHead>?> ListAsync(Session session, ResourceKind kind, string id, long before, int limit) =>
        await ResourceCommands.PositionAsync(session, kind, id) is not 0 and var position
            ? [.. await session.AllAsync($"SELECT {Head} FROM resource_version WHERE resource = $1 AND number < $2 ORDER BY number DESC LIMIT $3", ReadHead, position, before, limit)]
            : null;

    public static async Task<VersionRow?> FindAsync(Session session, ResourceKind kind, string id, long number) =>
        await session.FirstAsync(
            $"SELECT {Head}, body FROM resource_version WHERE resource = $1 AND number = $2", static row => new VersionRow(ReadHead(row), row.Text(6)),
            await ResourceCommands.PositionAsync(session, kind, id), number);

    /// <summary>The caller holds the head, so that of two changes the second counts the first one's version.</summary>
    public static async Task AddAsync(Session session, long position, ResourceRow row, NewVersion version)
    {
        var number = await session.NumberAsync("SELECT max(number) FROM resource_version WHERE resource = $1", position) + 1;
        await session.ExecuteAsync(
            $"INSERT INTO resource_version (resource, {Head}, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            position, number, row.ModifiedAt, version.AccessKeyId, version.Operation, version.RestoredFrom, row.ETag, version.Body);
        await session.ExecuteAsync("DELETE FROM resource_version WHERE resource = $1 AND number <= $2", position, number - version.Kept);
    }

    private static VersionHead ReadHead(NpgsqlDataReader row) => new(row.Number(0), row.Time(1), row.Text(2), row.Text(3), row.Number(4), row.Text(5));
}
