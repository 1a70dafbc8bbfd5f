// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Access keys. A key that was never used has 0 in <c>used_at</c>.</summary>
internal static class AccessKeyCommands
{
    private const string Columns = "id, role, active, description, created_at, used_at, sealed_secret";

    public static StoredAccessKeys Read(SqliteConnection connection) => new(
        connection.Prepare("SELECT key_revision FROM head").Number(),
        [.. connection.Prepare($"SELECT {Columns} FROM access_key ORDER BY position").All(ReadRow)]);

    public static AccessKeyChanged Change(SqliteConnection connection, AccessKeyChange change)
    {
        var keys = Read(connection).Keys;
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
                connection.Execute(
                    $"INSERT INTO access_key ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row.Id, row.Role.ToString(), row.IsActive, row.Description, row.CreatedAt, row.UsedAt?.UtcTicks ?? 0, row.SealedSecret);
                break;
            case ChangeVerb.Update:
                connection.Execute("UPDATE access_key SET active = ? WHERE id = ?", row.IsActive, row.Id);
                break;
            case ChangeVerb.Delete:
                connection.Execute("DELETE FROM access_key WHERE id = ?", row.Id);
                break;
        }

        connection.Execute("UPDATE head SET key_revision = key_revision + 1");
        if (change.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, before, after), call.Kept);
        }

        return new AccessKeyChanged(AccessKeyOutcome.Applied, after ?? before);
    }

    /// <summary>The number of keys that were known.</summary>
    public static int NoteUse(SqliteConnection connection, string id, DateTimeOffset usedAt) =>
        connection.Execute("UPDATE access_key SET used_at = max(used_at, ?) WHERE id = ?", usedAt, id);

    public static int Forget(SqliteConnection connection, AuditCall call)
    {
        var keys = Read(connection).Keys;
        connection.Execute("DELETE FROM access_key");
        connection.Execute("UPDATE head SET key_revision = key_revision + 1");
        foreach (var key in keys)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, key, null), call.Kept);
        }

        return keys.Length;
    }

    private static AccessKeyRow ReadRow(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        Role = Enum.Parse<AccessKeyRole>(row.Text(1)),
        IsActive = row.Flag(2),
        Description = row.Text(3),
        CreatedAt = row.Time(4),
        UsedAt = row.Int64(5) == 0 ? null : row.Time(5),
        SealedSecret = row.Text(6),
    };
}
