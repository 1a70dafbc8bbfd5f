// SPDX-License-Identifier: Apache-2.0

using System.Runtime.Versioning;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;
using Frontier.Testing;

namespace Frontier.Control.Sqlite.Tests;

public sealed class FileTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Every_file_of_the_store_is_its_owners_alone()
    {
        using var directory = new TemporaryDirectory();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], TimeProvider.System, default);
        await store.SaveEdgesAsync([new EdgeRow("e", "P", 0, 0)], default);

        var files = Directory.GetFiles(directory.Path);

        Assert.Contains(directory["control.db-wal"], files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_store_in_use_is_refused_and_free_again_when_closed()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["control.db"];
        var first = await SqliteControlStore.OpenAsync(path, TimeProvider.System, default);

        var error = await Assert.ThrowsAsync<IOException>(() => SqliteControlStore.OpenAsync(path, TimeProvider.System, default));

        Assert.Contains($"'{path}' is in use by another process", error.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await using var second = await SqliteControlStore.OpenAsync(path, TimeProvider.System, default);
    }

    [Fact]
    public async Task What_was_stored_is_there_when_opened_again()
    {
        using var directory = new TemporaryDirectory();
        var row = new ResourceRow { Kind = ResourceKind.OriginAccessControl, Id = "E1", ETag = "A", Body = "<x/>", ModifiedAt = DateTimeOffset.UnixEpoch };
        await using (var store = await SqliteControlStore.OpenAsync(directory["control.db"], TimeProvider.System, default))
        {
            await store.ChangeResourceAsync(new ResourceChange { Verb = ChangeVerb.Create, Row = row, BaseVersion = 0 }, default);
        }

        await using var again = await SqliteControlStore.OpenAsync(directory["control.db"], TimeProvider.System, default);
        Assert.Equal([row], (await again.ReadContentsAsync([], default)).Resources);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused_and_left_alone()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["control.db"];
        await using (await SqliteControlStore.OpenAsync(path, TimeProvider.System, default))
        {
        }

        using (var connection = SqliteConnection.Open(path, readOnly: false))
        {
            connection.ExecuteScript("PRAGMA user_version = 1000");
        }

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => SqliteControlStore.OpenAsync(path, TimeProvider.System, default));
        Assert.Contains("schema 1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["control.db"], new string('x', 10_000));

        await Assert.ThrowsAsync<SqliteException>(() => SqliteControlStore.OpenAsync(directory["control.db"], TimeProvider.System, default));
    }

    /// <summary>A table or a column that somebody adds and forgets there would be missing from every backup.</summary>
    [Fact]
    public async Task The_tables_of_a_backup_are_those_of_the_schema()
    {
        using var directory = new TemporaryDirectory();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], TimeProvider.System, default);
        using var connection = SqliteConnection.Open(directory["control.db"], readOnly: true);

        var columns = connection.Prepare("SELECT t.name || '.' || c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'")
            .All(row => row.Text(0));

        Assert.Equal(
            StoreTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).Order(StringComparer.Ordinal),
            columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_that_fails_takes_nobody_in_its_group_with_it()
    {
        using var directory = new TemporaryDirectory();
        using var connection = SqliteConnection.Open(directory["queue.db"], readOnly: false);
        connection.ExecuteScript("CREATE TABLE t (v INTEGER PRIMARY KEY)");
        await using var queue = new WriteQueue(connection);

        var jobs = Enumerable.Range(0, 50).Select(i => queue.RunAsync(
            writer =>
            {
                writer.Execute("INSERT INTO t VALUES (?)", i);
                return i % 10 == 3 ? throw new InvalidOperationException("on purpose") : i;
            },
            default)).ToList();

        for (var i = 0; i < jobs.Count; i++)
        {
            if (i % 10 == 3)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => jobs[i]);
            }
            else
            {
                Assert.Equal(i, await jobs[i]);
            }
        }

        Assert.Equal(45, await queue.RunAsync(writer => writer.Prepare("SELECT count(*) FROM t").Number(), default));
    }
}
