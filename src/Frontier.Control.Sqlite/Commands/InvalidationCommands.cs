// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>Invalidations and their log. A path holds no line end (DP-27.2), so lists of paths are stored one a line.</summary>
internal static class InvalidationCommands
{
    private const string Columns = "distribution_id, id, caller_reference, paths, effective_paths, created_at, sequence, completed";

    public static InvalidationAppended Append(SqliteConnection connection, NewInvalidation added)
    {
        var row = added.Row;
        if (ResourceCommands.Position(connection, ResourceKind.Distribution, row.DistributionId) is not (not 0 and var resource))
        {
            return new InvalidationAppended(AppendOutcome.NoSuchDistribution, null);
        }

        if (connection.Prepare($"SELECT {Columns} FROM invalidation WHERE distribution_id = ? AND caller_reference = ?").Bind(row.DistributionId, row.CallerReference).First(ReadRow) is { } existing)
        {
            return new InvalidationAppended(AppendOutcome.Existing, existing);
        }

        var wildcards = row.Paths.Count(static path => path.EndsWith('*'));
        if (CountOpen(connection, row.DistributionId, "path_count") + row.Paths.Length > added.PathLimit)
        {
            return new InvalidationAppended(AppendOutcome.TooManyPaths, null);
        }

        if (wildcards > 0 && CountOpen(connection, row.DistributionId, "wildcard_count") + wildcards > added.WildcardLimit)
        {
            return new InvalidationAppended(AppendOutcome.TooManyWildcards, null);
        }

        return new InvalidationAppended(AppendOutcome.Appended, Insert(connection, added, resource, wildcards));
    }

    public static InvalidationRow? Find(SqliteConnection connection, string distributionId, string id) =>
        connection.Prepare($"SELECT {Columns} FROM invalidation WHERE distribution_id = ? AND id = ?").Bind(distributionId, id).First(ReadRow);

    public static ImmutableArray<InvalidationRow>? List(SqliteConnection connection, string distributionId, string? after, int limit)
    {
        var before = long.MaxValue;
        if (after is not null)
        {
            if (Find(connection, distributionId, after) is not { } marker)
            {
                return null;
            }

            before = marker.Sequence;
        }

        return
        [
            .. connection.Prepare($"SELECT {Columns} FROM invalidation WHERE distribution_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?")
                .Bind(distributionId, before, limit).All(ReadRow),
        ];
    }

    public static ImmutableDictionary<string, int> CountAllOpen(SqliteConnection connection) =>
        connection.Prepare("SELECT distribution_id, count(*) FROM invalidation WHERE completed = 0 GROUP BY distribution_id")
            .All(static row => KeyValuePair.Create(row.Text(0), (int)row.Int64(1))).ToImmutableDictionary();

    public static ImmutableArray<InvalidationRow> ReadLog(SqliteConnection connection, long after, int limit, int characters)
    {
        var page = ImmutableArray.CreateBuilder<InvalidationRow>();
        var total = 0;
        var statement = connection.Prepare("SELECT sequence, distribution_id, invalidation_id, caller_reference, paths, created_at FROM log WHERE sequence > ? ORDER BY sequence LIMIT ?").Bind(after, limit);
        while (total < characters && statement.Step())
        {
            var paths = statement.Text(4);
            total += paths.Length;
            page.Add(new InvalidationRow
            {
                Sequence = statement.Int64(0),
                DistributionId = statement.Text(1),
                Id = statement.Text(2),
                CallerReference = statement.Text(3),
                Paths = Split(paths),
                EffectivePaths = Split(paths),
                CreatedAt = statement.Time(5),
            });
        }

        statement.Reset();
        return page.ToImmutable();
    }

    public static StoreHead ReadHead(SqliteConnection connection) =>
        connection.Prepare("SELECT log_end, oldest_kept, key_revision, revision FROM head").First(row => new StoreHead(0, row.Int64(0), row.Int64(1)) { KeyRevision = row.Int64(2), Revision = row.Int64(3) })! with
        {
            SnapshotVersion = ResourceCommands.SnapshotVersion(connection),
        };

    private static long CountOpen(SqliteConnection connection, string distributionId, string column) =>
        connection.Prepare($"SELECT sum({column}) FROM invalidation WHERE distribution_id = ? AND completed = 0").Bind(distributionId).Number();

    private static InvalidationRow Insert(SqliteConnection connection, NewInvalidation added, long resource, int wildcards)
    {
        // The counter moves in the transaction that uses it: an abandoned change leaves no gap, and order of numbers is order of commit.
        var head = ReadHead(connection);
        var row = added.Row with { Sequence = head.LogEnd + 1, Completed = false };
        var oldestKept = Math.Max(head.OldestKept, row.Sequence - added.LogKept + 1);
        connection.Execute("UPDATE head SET log_end = ?, oldest_kept = ?", row.Sequence, oldestKept);
        connection.Execute(
            $"INSERT INTO invalidation (resource, path_count, wildcard_count, {Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            resource, row.Paths.Length, wildcards, row.DistributionId, row.Id, row.CallerReference, Join(row.Paths), Join(row.EffectivePaths), row.CreatedAt, row.Sequence, false);
        connection.Execute(
            "INSERT INTO log (sequence, distribution_id, invalidation_id, caller_reference, paths, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            row.Sequence, row.DistributionId, row.Id, row.CallerReference, Join(row.EffectivePaths), row.CreatedAt);
        connection.Execute("DELETE FROM log WHERE sequence < ?", oldestKept);
        if (added.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, row), call.Kept);
        }

        return row;
    }

    private static string Join(ImmutableArray<string> paths) => string.Join('\n', paths);

    private static ImmutableArray<string> Split(string paths) => [.. paths.Split('\n')];

    private static InvalidationRow ReadRow(SqliteStatement row) => new()
    {
        DistributionId = row.Text(0),
        Id = row.Text(1),
        CallerReference = row.Text(2),
        Paths = Split(row.Text(3)),
        EffectivePaths = Split(row.Text(4)),
        CreatedAt = row.Time(5),
        Sequence = row.Int64(6),
        Completed = row.Flag(7),
    };
}
