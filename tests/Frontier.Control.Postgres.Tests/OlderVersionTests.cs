// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Control.Postgres.Tests;

/// <summary>What was stored before versions were kept is the first version of itself.</summary>
public sealed class OlderVersionTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Distributions_of_an_older_database_get_their_present_state_as_their_first_version()
    {
        await FillAsync();
        await _database.ExecuteAsync("""
            DROP TABLE frontier.presence, frontier.health_observation, frontier.dns_node, frontier.zone_log, frontier.record_set, frontier.zone, frontier.resource_version;
            ALTER TABLE frontier.audit DROP COLUMN signed;
            DROP INDEX frontier.tag_own;
            ALTER TABLE frontier.edge DROP COLUMN challenges;
            ALTER TABLE frontier.head DROP COLUMN zone_log_end, DROP COLUMN zone_oldest_kept;
            DELETE FROM frontier.schema_step WHERE step >= (SELECT max(step) - 2 FROM frontier.schema_step)
            """);

        await AssertFirstAsync();
    }

    [Fact]
    public async Task Distributions_of_an_older_backup_do_too()
    {
        await FillAsync();
        var options = new PostgresOptions { Address = _database.Address };
        await using (var archive = await PostgresArchive.PrepareAsync(options, TimeProvider.System, NullLogger.Instance, default))
        {
            var rows = await archive.ReadAsync(default).Where(static row => row.Table.Name != "resource_version").ToListAsync();
            Assert.True(await archive.WriteAsync(rows.ToAsyncEnumerable(), replace: true, default));
        }

        await AssertFirstAsync();
    }

    private async Task FillAsync()
    {
        await using var store = await _database.OpenAsync();
        Assert.Equal(ChangeOutcome.Applied, await Rows.CreateAsync(store, Rows.Distribution("E1")));
        Assert.Equal(ChangeOutcome.Applied, await Rows.CreateAsync(store, Rows.Distribution("P1") with { Kind = ResourceKind.CachePolicy }, 2));
    }

    private async Task AssertFirstAsync()
    {
        await using var store = await _database.OpenAsync();
        Assert.Equal([new VersionHead(1, default, "", "", 0, "A1")], (await store.ListVersionsAsync(ResourceKind.Distribution, "E1", long.MaxValue, 10, default))!.Value);
        Assert.Equal("<x/>", (await store.FindVersionAsync(ResourceKind.Distribution, "E1", 1, default))!.Body);
        Assert.Empty((await store.ListVersionsAsync(ResourceKind.CachePolicy, "P1", long.MaxValue, 10, default))!.Value);
    }
}
