// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Auditing;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Commands;

/// <summary>The pairs of key value stores. Count and size are kept beside them, so that a change reads and writes only what it names.</summary>
internal static class KeyValueCommands
{
    private const string Head = "etag, item_count, total_bytes, created_at, modified_at";

    public static void Create(SqliteConnection connection, long position, NewKeyValues added, DateTimeOffset now)
    {
        connection.Execute(
            $"INSERT INTO key_value_store (resource, {Head}) VALUES (?, ?, ?, ?, ?, ?)",
            position, added.ETag, added.Items.Length, added.Items.Sum(static item => Size(item.Key) + Size(item.Value)), now, now);
        foreach (var (key, value) in added.Items)
        {
            Put(connection, position, key, value);
        }
    }

    public static KeyValueHead? ReadHead(SqliteConnection connection, string storeId) => ReadHead(connection, Position(connection, storeId));

    public static KeyValueFound? Find(SqliteConnection connection, string storeId, string key)
    {
        var position = Position(connection, storeId);
        return ReadHead(connection, position) is { } head ? new KeyValueFound(head, FindValue(connection, position, key)) : null;
    }

    public static KeyValuePage? List(SqliteConnection connection, string storeId, string after, int limit)
    {
        var position = Position(connection, storeId);
        return ReadHead(connection, position) is not { } head
            ? null
            : new KeyValuePage(
                head,
                [.. connection.Prepare("SELECT key, value FROM key_value WHERE resource = ? AND key > ? ORDER BY key LIMIT ?").Bind(position, after, limit).All(static row => new KeyValueRow(row.Text(0), row.Text(1)))]);
    }

    public static KeyValueChanged Change(SqliteConnection connection, KeyValueChange change)
    {
        var position = Position(connection, change.StoreId);
        if (ReadHead(connection, position) is not { } head)
        {
            return new KeyValueChanged(KeyValueOutcome.NotFound, null);
        }

        if (head.ETag != change.ExpectedETag)
        {
            return new KeyValueChanged(KeyValueOutcome.ETagDiffers, null);
        }

        var after = Sum(connection, position, head, change);
        if (after.TotalBytes > change.ByteLimit)
        {
            return new KeyValueChanged(KeyValueOutcome.TooLarge, null);
        }

        foreach (var key in change.Deletes)
        {
            connection.Execute("DELETE FROM key_value WHERE resource = ? AND key = ?", position, key);
        }

        foreach (var (key, value) in change.Puts)
        {
            Put(connection, position, key, value);
        }

        connection.Execute(
            "UPDATE key_value_store SET etag = ?, item_count = ?, total_bytes = ?, modified_at = ? WHERE resource = ?",
            after.ETag, after.ItemCount, after.TotalBytes, after.ModifiedAt, position);
        if (change.Audit is { } call)
        {
            AuditCommands.Append(connection, AuditRows.Of(call, change, head, after), call.Kept);
        }

        return new KeyValueChanged(KeyValueOutcome.Applied, after);
    }

    /// <summary>The head afterwards. No key occurs twice in a change, so each is measured against what is stored.</summary>
    private static KeyValueHead Sum(SqliteConnection connection, long position, KeyValueHead head, KeyValueChange change)
    {
        var (count, bytes) = (head.ItemCount, head.TotalBytes);
        foreach (var key in change.Deletes.Concat(change.Puts.Select(static put => put.Key)))
        {
            if (FindValue(connection, position, key) is { } value)
            {
                count--;
                bytes -= Size(key) + Size(value);
            }
        }

        count += change.Puts.Length;
        bytes += change.Puts.Sum(static put => Size(put.Key) + Size(put.Value));
        return new KeyValueHead(change.ETag, count, bytes, head.CreatedAt, change.ModifiedAt);
    }

    private static void Put(SqliteConnection connection, long position, string key, string value) => connection.Execute(
        "INSERT INTO key_value (resource, key, value) VALUES (?, ?, ?) ON CONFLICT (resource, key) DO UPDATE SET value = excluded.value", position, key, value);

    private static string? FindValue(SqliteConnection connection, long position, string key) =>
        connection.Prepare("SELECT value FROM key_value WHERE resource = ? AND key = ?").Bind(position, key).First(static row => row.Text(0));

    private static KeyValueHead? ReadHead(SqliteConnection connection, long position) =>
        connection.Prepare($"SELECT {Head} FROM key_value_store WHERE resource = ?").Bind(position)
            .First(static row => new KeyValueHead(row.Text(0), row.Int64(1), row.Int64(2), row.Time(3), row.Time(4)));

    private static long Position(SqliteConnection connection, string storeId) => ResourceCommands.Position(connection, ResourceKind.KeyValueStore, storeId);

    private static long Size(string text) => Encoding.UTF8.GetByteCount(text);
}
