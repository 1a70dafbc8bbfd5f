// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Access keys. A key that was never used has 0 in <c>used_at</c>.</summary>
internal static class AccessKeyCommands
{
    private const string Columns = "id, role, active, description, created_at, used_at, sealed_secret";

    private const string Tell = $"UPDATE head SET key_revision = key_revision + 1 RETURNING {ChangeHints.Notify}";

    public static async Task<StoredAccessKeys> ReadAsync(Session session) => new(
        await session.NumberAsync("SELECT key_revision FROM head"),
        [.. await session.AllAsync($"SELECT {Columns} FROM access_key ORDER BY position", ReadRow)]);

    public static async Task<AccessKeyChanged> ChangeAsync(Session session, AccessKeyChange change)
    {
        // Of two that would each leave the other's key as the last, the second sees what the first has left.
        await HeadCommands.LockAsync(session);
        var keys = (await ReadAsync(session)).Keys;
        var before = keys.FirstOrDefault(key => key.Id == change.Row.Id);
        if (AccessKeyRules.FindObstacle(keys, before, change) is { } obstacle)
        {
            return new AccessKeyChanged(obstacle, null);
        }

        var row = change.Row;
        var after = AccessKeyRules.After(before, change);
        switch (change.Verb)
        {
            case ChangeVerb.Create:
                await session.ExecuteAsync(
                    $"INSERT INTO access_key ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    row.Id, row.Role.ToString(), row.IsActive, row.Description, row.CreatedAt, row.UsedAt?.UtcTicks ?? 0, row.SealedSecret);
                break;
            case ChangeVerb.Update:
                await session.ExecuteAsync("UPDATE access_key SET active = $1 WHERE id = $2", row.IsActive, row.Id);
                break;
            case ChangeVerb.Delete:
                await session.ExecuteAsync("DELETE FROM access_key WHERE id = $1", row.Id);
                break;
        }

        if (change.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, before, after), call.Kept);
        }

        await session.ExecuteAsync(Tell);
        return new AccessKeyChanged(AccessKeyOutcome.Applied, after ?? before);
    }

    /// <summary>The number of keys that were known.</summary>
    public static Task<int> NoteUseAsync(Session session, string id, DateTimeOffset usedAt) =>
        session.ExecuteAsync("UPDATE access_key SET used_at = greatest(used_at, $1) WHERE id = $2", usedAt, id);

    public static async Task<int> ForgetAsync(Session session, AuditCall call)
    {
        await HeadCommands.LockAsync(session);
        var keys = (await ReadAsync(session)).Keys;
        await session.ExecuteAsync("DELETE FROM access_key");
        foreach (var key in keys)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, key, null), call.Kept);
        }

        await session.ExecuteAsync(Tell);
        return keys.Length;
    }

    private static AccessKeyRow ReadRow(NpgsqlDataReader row) => new()
    {
        Id = row.Text(0),
        Role = Enum.Parse<AccessKeyRole>(row.Text(1)),
        IsActive = row.Flag(2),
        Description = row.Text(3),
        CreatedAt = row.Time(4),
        UsedAt = row.Number(5) == 0 ? null : row.Time(5),
        SealedSecret = row.Text(6),
    };
}
