// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Auditing;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Commands;

/// <summary>The pairs of key value stores. Count and size are kept beside them, so that a change reads and writes only what it names.</summary>
internal static class KeyValueCommands
{
    private const string Head = "etag, item_count, total_bytes, created_at, modified_at";

    public static async Task CreateAsync(Session session, long position, NewKeyValues added, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            $"INSERT INTO key_value_store (resource, {Head}) VALUES ($1, $2, $3, $4, $5, $6)",
            position, added.ETag, added.Items.Length, Size(added.Items), now, now);
        await PutAsync(session, position, added.Items);
    }

    public static async Task<KeyValueHead?> ReadHeadAsync(Session session, string storeId) => await ReadHeadAsync(session, await PositionAsync(session, storeId), "");

    public static async Task<KeyValueFound?> FindAsync(Session session, string storeId, string key)
    {
        var position = await PositionAsync(session, storeId);
        return await ReadHeadAsync(session, position, "") is { } head
            ? new KeyValueFound(head, await session.FirstAsync("SELECT value FROM key_value WHERE resource = $1 AND key = $2", static row => row.Text(0), position, key))
            : null;
    }

    public static async Task<KeyValuePage?> ListAsync(Session session, string storeId, string after, int limit)
    {
        var position = await PositionAsync(session, storeId);
        return await ReadHeadAsync(session, position, "") is { } head
            ? new KeyValuePage(
                head,
                [.. await session.AllAsync("SELECT key, value FROM key_value WHERE resource = $1 AND key > $2 ORDER BY key LIMIT $3", ReadPair, position, after, limit)])
            : null;
    }

    public static async Task<KeyValueChanged> ChangeAsync(Session session, KeyValueChange change)
    {
        // Of two changes the second is held against what the first has left.
        var position = await PositionAsync(session, change.StoreId);
        if (await ReadHeadAsync(session, position, "FOR UPDATE") is not { } head)
        {
            return new KeyValueChanged(KeyValueOutcome.NotFound, null);
        }

        if (head.ETag != change.ExpectedETag)
        {
            return new KeyValueChanged(KeyValueOutcome.ETagDiffers, null);
        }

        var after = await SumAsync(session, position, head, change);
        if (after.TotalBytes > change.ByteLimit)
        {
            return new KeyValueChanged(KeyValueOutcome.TooLarge, null);
        }

        await session.ExecuteAsync("DELETE FROM key_value WHERE resource = $1 AND key = ANY ($2)", position, change.Deletes.ToArray());
        await PutAsync(session, position, change.Puts);
        await session.ExecuteAsync(
            "UPDATE key_value_store SET etag = $1, item_count = $2, total_bytes = $3, modified_at = $4 WHERE resource = $5",
            after.ETag, after.ItemCount, after.TotalBytes, after.ModifiedAt, position);
        if (change.Audit is { } call)
        {
            await AuditCommands.AppendAsync(session, AuditRows.Of(call, change, head, after), call.Kept);
        }

        return new KeyValueChanged(KeyValueOutcome.Applied, after);
    }

    /// <summary>The head afterwards. No key occurs twice in a change, so each is measured against what is stored.</summary>
    private static async Task<KeyValueHead> SumAsync(Session session, long position, KeyValueHead head, KeyValueChange change)
    {
        string[] named = [.. change.Deletes, .. change.Puts.Select(static put => put.Key)];
        var replaced = await session.AllAsync("SELECT key, value FROM key_value WHERE resource = $1 AND key = ANY ($2)", ReadPair, position, named);
        return new KeyValueHead(
            change.ETag,
            head.ItemCount - replaced.Count + change.Puts.Length,
            head.TotalBytes - Size(replaced) + Size(change.Puts),
            head.CreatedAt,
            change.ModifiedAt);
    }

    private static Task<int> PutAsync(Session session, long position, IReadOnlyCollection<KeyValueRow> pairs) => session.ExecuteAsync(
        """
        INSERT INTO key_value (resource, key, value) SELECT $1, key, value FROM unnest($2, $3) AS pair (key, value)
        ON CONFLICT (resource, key) DO UPDATE SET value = excluded.value
        """,
        position, pairs.Select(static pair => pair.Key).ToArray(), pairs.Select(static pair => pair.Value).ToArray());

    private static Task<KeyValueHead?> ReadHeadAsync(Session session, long position, string locking) => session.FirstAsync(
        $"SELECT {Head} FROM key_value_store WHERE resource = $1 {locking}",
        static row => new KeyValueHead(row.Text(0), row.Number(1), row.Number(2), row.Time(3), row.Time(4)), position);

    private static Task<long> PositionAsync(Session session, string storeId) => ResourceCommands.PositionAsync(session, ResourceKind.KeyValueStore, storeId);

    private static KeyValueRow ReadPair(NpgsqlDataReader row) => new(row.Text(0), row.Text(1));

    private static long Size(IEnumerable<KeyValueRow> pairs) => pairs.Sum(static pair => Size(pair.Key) + Size(pair.Value));

    private static long Size(string text) => Encoding.UTF8.GetByteCount(text);
}
