// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;
using Frontier.Testing;

namespace Frontier.Control.Sqlite.Tests;

/// <summary>What was stored before versions were kept is the first version of itself.</summary>
public sealed class OlderVersionTests
{
    private static readonly DateTimeOffset Made = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Distributions_of_an_older_file_get_their_present_state_as_their_first_version()
    {
        using var directory = new TemporaryDirectory();
        await (await FillAsync(directory["a"])).DisposeAsync();
        using (var connection = SqliteConnection.Open(directory["a"], readOnly: false))
        {
            // The step that made the table of versions is the last but two; all that came with the later ones goes with it.
            connection.ExecuteScript($"""
                DROP INDEX audit_of_call; ALTER TABLE audit DROP COLUMN signed;
                DROP TABLE presence; DROP INDEX tag_own; DROP TABLE record_set; DROP TABLE zone; DROP TABLE zone_log; DROP TABLE health_observation; DROP TABLE dns_node;
                ALTER TABLE head DROP COLUMN zone_log_end; ALTER TABLE head DROP COLUMN zone_oldest_kept; ALTER TABLE edge DROP COLUMN challenges;
                DROP TABLE resource_version; PRAGMA user_version = {Schema.Known - 3}
                """);
        }

        await using var store = await OpenAsync(directory["a"]);

        await AssertFirstAsync(store);
    }

    [Fact]
    public async Task Distributions_of_an_older_backup_do_too()
    {
        using var directory = new TemporaryDirectory();
        await (await FillAsync(directory["a"])).DisposeAsync();
        await using (var source = SqliteArchive.Open(directory["a"]))
        await using (var target = SqliteArchive.Prepare(directory["b"]))
        {
            Assert.True(await target.WriteAsync(source.ReadAsync(default).Where(static row => row.Table.Name != "resource_version"), replace: false, default));
        }

        await using var store = await OpenAsync(directory["b"]);

        await AssertFirstAsync(store);
    }

    private static Task<SqliteControlStore> OpenAsync(string path) => SqliteControlStore.OpenAsync(path, TimeProvider.System, default);

    private static async Task<SqliteControlStore> FillAsync(string path)
    {
        var store = await OpenAsync(path);
        var row = new ResourceRow { Kind = ResourceKind.Distribution, Id = "E1", ETag = "A1", Body = "<x/>", ModifiedAt = Made };
        await store.ChangeResourceAsync(new ResourceChange { Verb = ChangeVerb.Create, Row = row, BaseVersion = 0, Version = new NewVersion("AK", "Create", 0, "<x/>", 10) }, default);
        await store.ChangeResourceAsync(
            new ResourceChange { Verb = ChangeVerb.Update, Row = row with { ETag = "A2", Body = "<y/>" }, ExpectedETag = "A1", BaseVersion = 0, Version = new NewVersion("AK", "Update", 0, "<y/>", 10) }, default);
        await store.ChangeResourceAsync(new ResourceChange { Verb = ChangeVerb.Create, Row = row with { Kind = ResourceKind.CachePolicy, Id = "P1" }, BaseVersion = 0 }, default);
        return store;
    }

    private static async Task AssertFirstAsync(SqliteControlStore store)
    {
        Assert.Equal([new VersionHead(1, Made, "", "", 0, "A2")], (await store.ListVersionsAsync(ResourceKind.Distribution, "E1", long.MaxValue, 10, default))!.Value);
        Assert.Equal("<y/>", (await store.FindVersionAsync(ResourceKind.Distribution, "E1", 1, default))!.Body);
        Assert.Empty((await store.ListVersionsAsync(ResourceKind.CachePolicy, "P1", long.MaxValue, 10, default))!.Value);
    }
}
