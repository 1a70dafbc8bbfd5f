// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Commands;

/// <summary>
/// The one row that counts. Whoever changes resources or invalidations locks it first and holds it to the commit: so order of
/// numbers is order of commit, an abandoned change leaves no gap, and two changes never wait for each other in a circle.
/// </summary>
internal static class HeadCommands
{
    private const string SnapshotVersion = "(SELECT coalesce(max(version), 0) FROM snapshot)";

    public static async Task<StoreHead> ReadAsync(Session session) =>
        (await session.FirstAsync($"SELECT {SnapshotVersion}, log_end, oldest_kept, key_revision, revision FROM head", static row => new StoreHead(row.Number(0), row.Number(1), row.Number(2)) { KeyRevision = row.Number(3), Revision = row.Number(4) }))!;

    /// <summary>Statements after this one see whatever was committed by those who held the row before.</summary>
    public static Task LockAsync(Session session) => session.ExecuteAsync("SELECT FROM head FOR UPDATE");

    public static async Task<(long SnapshotVersion, long Revision)> ReadRevisionAsync(Session session)
    {
        var read = await session.FirstAsync($"SELECT {SnapshotVersion}, revision FROM head", static row => Tuple.Create(row.Number(0), row.Number(1)));
        return (read!.Item1, read.Item2);
    }
}
