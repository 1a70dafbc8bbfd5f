// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>Invalidations and their log. A path holds no line end (DP-27.2), so lists of paths are stored one a line.</summary>
internal static class InvalidationCommands
{
    private const string Columns = "distribution_id, id, caller_reference, paths, effective_paths, created_at, sequence, completed";

    /// <summary>Few statements: all changes of the installation wait while this one is under way.</summary>
    public static async Task<InvalidationAppended> AppendAsync(Session session, NewInvalidation added)
    {
        var row = added.Row;
        await HeadCommands.LockAsync(session);
        var existing = await session.FirstAsync(
            $"SELECT {Columns} FROM invalidation WHERE distribution_id = $1 AND caller_reference = $2", ReadRow, row.DistributionId, row.CallerReference);
        if (existing is not null)
        {
            return new InvalidationAppended(AppendOutcome.Existing, existing);
        }

        var open = await session.FirstAsync(
            """
            SELECT position, coalesce(sum(path_count), 0)::bigint, coalesce(sum(wildcard_count), 0)::bigint
            FROM resource LEFT JOIN invalidation ON distribution_id = resource.id AND NOT completed
            WHERE kind = $1 AND resource.id = $2 GROUP BY position
            """,
            static counts => new OpenInvalidations(counts.Number(0), counts.Number(1), counts.Number(2)), nameof(ResourceKind.Distribution), row.DistributionId);
        var wildcards = row.Paths.Count(static path => path.EndsWith('*'));
        return open is null ? new InvalidationAppended(AppendOutcome.NoSuchDistribution, null)
            : open.Paths + row.Paths.Length > added.PathLimit ? new InvalidationAppended(AppendOutcome.TooManyPaths, null)
            : wildcards > 0 && open.Wildcards + wildcards > added.WildcardLimit ? new InvalidationAppended(AppendOutcome.TooManyWildcards, null)
            : new InvalidationAppended(AppendOutcome.Appended, await InsertAsync(session, added, open.Position, wildcards));
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

    private static async Task<InvalidationRow> InsertAsync(Session session, NewInvalidation added, long resource, int wildcards)
    {
        var row = added.Row;
        var sequence = await session.NumberAsync(
            $"""
            WITH next AS (
                UPDATE head SET log_end = log_end + 1, oldest_kept = greatest(oldest_kept, log_end + 1 - $1 + 1) RETURNING log_end, oldest_kept),
            stored AS (
                INSERT INTO invalidation (sequence, resource, path_count, wildcard_count, distribution_id, id, caller_reference, paths, effective_paths, created_at, completed)
                SELECT log_end, $2, $3, $4, $5, $6, $7, $8, $9, $10, false FROM next),
            told AS (
                INSERT INTO log (sequence, distribution_id, invalidation_id, caller_reference, paths, created_at) SELECT log_end, $5, $6, $7, $9, $10 FROM next),
            dropped AS (
                DELETE FROM log USING next WHERE sequence < oldest_kept)
            SELECT log_end, {ChangeHints.Notify} FROM next
            """,
            added.LogKept, resource, row.Paths.Length, wildcards, row.DistributionId, row.Id, row.CallerReference, Join(row.Paths), Join(row.EffectivePaths), row.CreatedAt);
        if (added.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, row), call.Kept);
        }

        return row with { Sequence = sequence, Completed = false };
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

    /// <summary>What of a distribution's invalidations counts against its quotas.</summary>
    private sealed record OpenInvalidations(long Position, long Paths, long Wildcards);
}
