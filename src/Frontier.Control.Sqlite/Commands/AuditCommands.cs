// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>The audit log: entries go in with the changes they tell of.</summary>
internal static class AuditCommands
{
    private const string Columns = "made_at, access_key_id, source, operation, request_id, kind, resource_id, etag_before, etag_after, document_before, document_after, error, signed";

    /// <summary>Its sequence.</summary>
    /// <param name="kept">How many entries of its sort, made or refused, stay.</param>
    public static long Append(SqliteConnection connection, AuditRow row, int kept)
    {
        var sequence = connection.Prepare($"INSERT INTO audit ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence").Bind(
            row.At, row.AccessKeyId, row.Source, row.Operation, row.RequestId, row.Kind, row.ResourceId, row.ETagBefore, row.ETagAfter, row.Before, row.After, row.Error, row.Signed).Number();
        if (sequence % AuditLimits.PruneEvery == 0)
        {
            // Refused attempts have a share of their own, so that they push no change out.
            var same = row.Error is null ? "error IS NULL" : "error IS NOT NULL";
            connection.Execute($"DELETE FROM audit WHERE {same} AND sequence <= (SELECT sequence FROM audit WHERE {same} ORDER BY sequence DESC LIMIT 1 OFFSET ?)", kept);
        }

        return sequence;
    }

    public static DateTimeOffset? FindCall(SqliteConnection connection, string signed) =>
        connection.Prepare("SELECT made_at FROM audit WHERE signed = ? ORDER BY made_at LIMIT 1").Bind(signed).All(static row => row.Time(0)) is [var made] ? made : null;

    public static ImmutableArray<AuditRow> Read(SqliteConnection connection, AuditQuery query)
    {
        List<string> conditions = ["sequence < ?"];
        List<object?> values = [query.Before];
        void Where(string condition, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add(value);
            }
        }

        Where("made_at >= ?", query.Since);
        Where("resource_id = ?", query.ResourceId);
        Where("access_key_id = ?", query.AccessKeyId);
        values.Add(query.Limit);
        return
        [
            .. connection.Prepare($"SELECT sequence, {Columns} FROM audit WHERE {string.Join(" AND ", conditions)} ORDER BY sequence DESC LIMIT ?").Bind([.. values]).All(ReadRow),
        ];
    }

    private static AuditRow ReadRow(SqliteStatement row) => new()
    {
        Sequence = row.Int64(0),
        At = row.Time(1),
        AccessKeyId = row.Text(2),
        Source = row.Text(3),
        Operation = row.Text(4),
        RequestId = row.Text(5),
        Kind = row.Text(6),
        ResourceId = row.Text(7),
        ETagBefore = row.OptionalText(8),
        ETagAfter = row.OptionalText(9),
        Before = row.OptionalText(10),
        After = row.OptionalText(11),
        Error = row.OptionalText(12),
        Signed = row.OptionalText(13),
    };
}
