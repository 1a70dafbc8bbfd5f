// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Invalidations and their log. A path holds no line end (DP-27.2), so lists of paths are stored one a line.</summary>
internal static class InvalidationCommands
{
    private const string Columns = "distribution_id, id, caller_reference, paths, effective_paths, created_at, sequence, completed";

    public static async Task<InvalidationAppended> AppendAsync(Session session, NewInvalidation added)
    {
        var row = added.Row;
        await HeadCommands.LockAsync(session);
        if (await ResourceCommands.PositionAsync(session, ResourceKind.Distribution, row.DistributionId) is not (not 0 and var resource))
        {
            return new InvalidationAppended(AppendOutcome.NoSuchDistribution, null);
        }

        var existing = await session.FirstAsync(
            $"SELECT {Columns} FROM invalidation WHERE distribution_id = $1 AND caller_reference = $2", ReadRow, row.DistributionId, row.CallerReference);
        if (existing is not null)
        {
            return new InvalidationAppended(AppendOutcome.Existing, existing);
        }

        var wildcards = row.Paths.Count(static path => path.EndsWith('*'));
        if (await CountOpenAsync(session, row.DistributionId, "path_count") + row.Paths.Length > added.PathLimit)
        {
            return new InvalidationAppended(AppendOutcome.TooManyPaths, null);
        }

        if (wildcards > 0 && await CountOpenAsync(session, row.DistributionId, "wildcard_count") + wildcards > added.WildcardLimit)
        {
            return new InvalidationAppended(AppendOutcome.TooManyWildcards, null);
        }

        return new InvalidationAppended(AppendOutcome.Appended, await InsertAsync(session, added, resource, wildcards));
    }

    public static Task<InvalidationRow?> FindAsync(Session session, string distributionId, string id) =>
        session.FirstAsync($"SELECT {Columns} FROM invalidation WHERE distribution_id = $1 AND id = $2", ReadRow, distributionId, id);

    public static async Task<ImmutableArray<InvalidationRow>?> ListAsync(Session session, string distributionId, string? after, int limit)
    {
        var before = long.MaxValue;
        if (after is not null)
        {
            if (await FindAsync(session, distributionId, after) is not { } marker)
            {
                return null;
            }

            before = marker.Sequence;
        }

        return
        [
            .. await session.AllAsync(
                $"SELECT {Columns} FROM invalidation WHERE distribution_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3", ReadRow, distributionId, before, limit),
        ];
    }

    public static async Task<ImmutableDictionary<string, int>> CountAllOpenAsync(Session session)
    {
        var counts = await session.AllAsync(
            "SELECT distribution_id, count(*) FROM invalidation WHERE NOT completed GROUP BY distribution_id", static row => KeyValuePair.Create(row.Text(0), (int)row.Number(1)));
        return counts.ToImmutableDictionary();
    }

    /// <summary>The server ends the page, so that nothing beyond it is sent.</summary>
    public static async Task<ImmutableArray<InvalidationRow>> ReadLogAsync(Session session, long after, int limit, int characters) =>
    [
        .. await session.AllAsync(
            """
            SELECT sequence, distribution_id, invalidation_id, caller_reference, paths, created_at
            FROM (
                SELECT *, sum(length(paths)) OVER (ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM (SELECT * FROM log WHERE sequence > $1 ORDER BY sequence LIMIT $2) AS entries) AS page
            WHERE coalesce(before, 0) < $3 ORDER BY sequence
            """,
            ReadEntry, after, limit, characters),
    ];

    private static Task<long> CountOpenAsync(Session session, string distributionId, string column) =>
        session.NumberAsync($"SELECT sum({column})::bigint FROM invalidation WHERE distribution_id = $1 AND NOT completed", distributionId);

    private static async Task<InvalidationRow> InsertAsync(Session session, NewInvalidation added, long resource, int wildcards)
    {
        var head = await HeadCommands.ReadAsync(session);
        var row = added.Row with { Sequence = head.LogEnd + 1, Completed = false };
        var oldestKept = Math.Max(head.OldestKept, row.Sequence - added.LogKept + 1);
        await session.ExecuteAsync("UPDATE head SET log_end = $1, oldest_kept = $2", row.Sequence, oldestKept);
        await session.ExecuteAsync(
            $"INSERT INTO invalidation (resource, path_count, wildcard_count, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            resource, row.Paths.Length, wildcards, row.DistributionId, row.Id, row.CallerReference, Join(row.Paths), Join(row.EffectivePaths), row.CreatedAt, row.Sequence, false);
        await session.ExecuteAsync(
            "INSERT INTO log (sequence, distribution_id, invalidation_id, caller_reference, paths, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
            row.Sequence, row.DistributionId, row.Id, row.CallerReference, Join(row.EffectivePaths), row.CreatedAt);
        await session.ExecuteAsync("DELETE FROM log WHERE sequence < $1", oldestKept);
        await session.ExecuteAsync(ChangeHints.Notify);
        return row;
    }

    private static string Join(ImmutableArray<string> paths) => string.Join('\n', paths);

    private static ImmutableArray<string> Split(string paths) => [.. paths.Split('\n')];

    private static InvalidationRow ReadEntry(NpgsqlDataReader row)
    {
        var paths = Split(row.Text(4));
        return new InvalidationRow
        {
            Sequence = row.Number(0),
            DistributionId = row.Text(1),
            Id = row.Text(2),
            CallerReference = row.Text(3),
            Paths = paths,
            EffectivePaths = paths,
            CreatedAt = row.Time(5),
        };
    }

    private static InvalidationRow ReadRow(NpgsqlDataReader row) => new()
    {
        DistributionId = row.Text(0),
        Id = row.Text(1),
        CallerReference = row.Text(2),
        Paths = Split(row.Text(3)),
        EffectivePaths = Split(row.Text(4)),
        CreatedAt = row.Time(5),
        Sequence = row.Number(6),
        Completed = row.Flag(7),
    };
}
