// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>
/// The audit log: entries go in with the changes they tell of. Numbers are taken in the order of writing, which is nearly that of
/// commit, and leave gaps where a change was rolled back: nobody reads on from one of them.
/// </summary>
internal static class AuditCommands
{
    private const string Columns = "made_at, access_key_id, source, operation, request_id, kind, resource_id, etag_before, etag_after, document_before, document_after, error, signed";

    /// <summary>Its sequence.</summary>
    /// <param name="kept">How many entries of its sort, made or refused, stay.</param>
    public static async Task<long> AppendAsync(Session session, AuditRow row, int kept)
    {
        var sequence = await session.NumberAsync(
            $"INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING sequence",
            row.At, row.AccessKeyId, row.Source, row.Operation, row.RequestId, row.Kind, row.ResourceId, row.ETagBefore, row.ETagAfter, row.Before, row.After, row.Error, row.Signed);
        if (sequence % AuditLimits.PruneEvery == 0)
        {
            // Refused attempts have a share of their own, so that they push no change out.
            var same = row.Error is null ? "error IS NULL" : "error IS NOT NULL";
            await session.ExecuteAsync($"DELETE FROM audit WHERE {same} AND sequence <= (SELECT sequence FROM audit WHERE {same} ORDER BY sequence DESC LIMIT 1 OFFSET $1)", kept);
        }

        return sequence;
    }

    public static async Task<DateTimeOffset?> FindCallAsync(Session session, string signed) =>
        await session.AllAsync("SELECT made_at FROM audit WHERE signed = $1 ORDER BY made_at LIMIT 1", static row => row.Time(0), signed) is [var made] ? made : null;

    public static async Task<ImmutableArray<AuditRow>> ReadAsync(Session session, AuditQuery query)
    {
        List<string> conditions = ["sequence < $1"];
        List<object?> values = [query.Before];
        void Where(string condition, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                conditions.Add(string.Create(CultureInfo.InvariantCulture, $"{condition} ${values.Count}"));
            }
        }

        Where("made_at >=", query.Since);
        Where("resource_id =", query.ResourceId);
        Where("access_key_id =", query.AccessKeyId);
        values.Add(query.Limit);
        var sql = string.Create(CultureInfo.InvariantCulture, $"SELECT sequence, {Columns} FROM audit WHERE {string.Join(" AND ", conditions)} ORDER BY sequence DESC LIMIT ${values.Count}");
        return [.. await session.AllAsync(sql, ReadRow, [.. values])];
    }

    private static AuditRow ReadRow(NpgsqlDataReader row) => new()
    {
        Sequence = row.Number(0),
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
