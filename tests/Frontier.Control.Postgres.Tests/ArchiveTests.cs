// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Backup;
using Frontier.Control.Sqlite;
using Frontier.Control.Store;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Control.Postgres.Tests;

/// <summary>A backup of either engine restores into either engine, and means the same there.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_same_rows_come_back_from_SQLite_to_PostgreSQL_to_SQLite()
    {
        await using (var store = await OpenSqliteAsync("a"))
        {
            await FillAsync(store);
        }

        var original = await ReadAsync(SqliteArchive.Open(_directory["a"]));
        await using (var backup = await BackUpAsync(SqliteArchive.Open(_directory["a"])))
        {
            Assert.True(await RestoreAsync(backup, await PreparePostgresAsync()));
        }

        Assert.Equal(original, await ReadAsync(await OpenPostgresAsync()));
        await using (var backup = await BackUpAsync(await OpenPostgresAsync()))
        {
            Assert.True(await RestoreAsync(backup, SqliteArchive.Prepare(_directory["b"])));
        }

        Assert.Equal(original, await ReadAsync(SqliteArchive.Open(_directory["b"])));
        Assert.All(StoreTables.All, table => Assert.Contains(original, row => row.StartsWith(table.Name + '|', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_restored_store_goes_on_where_the_other_was()
    {
        await using (var store = await OpenSqliteAsync("a"))
        {
            await FillAsync(store);
        }

        await using var backup = await BackUpAsync(SqliteArchive.Open(_directory["a"]));
        await RestoreAsync(backup, await PreparePostgresAsync());
        await using var restored = await _database.OpenAsync();

        Assert.Equal(ChangeOutcome.CallerReferenceTaken, await Rows.CreateAsync(restored, Rows.Distribution("E9") with { CallerReference = "c" }, version: 3));
        Assert.Equal(ChangeOutcome.AliasTaken, await Rows.CreateAsync(restored, Rows.Distribution("E9"), version: 3, aliases: ["www.example.com"]));
        Assert.Equal(ChangeOutcome.Applied, await Rows.CreateAsync(restored, Rows.Distribution("E9"), version: 3));
        Assert.Equal(["E1", "E2", "K1", "Z1", "H1", "E9"], (await restored.ReadContentsAsync([], default)).Resources.Select(row => row.Id));
        Assert.Equal("\n", (await restored.FindKeyValueAsync("K1", "ü", default))!.Value);
        Assert.Equal(AppendOutcome.Existing, (await restored.AppendInvalidationAsync(Rows.Invalidation("r0"), default)).Outcome);
        Assert.Equal(4, (await restored.AppendInvalidationAsync(Rows.Invalidation("next", "E9"), default)).Row!.Sequence);
        Assert.Equal("agreed", await restored.AgreeAsync("origin-access", "another", default));
        var another = new AccessKeyRow { Id = "FK2", Role = AccessKeyRole.Admin, IsActive = true, Description = "", CreatedAt = default, SealedSecret = "sealed, too" };
        await restored.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Create, Row = another, Audit = new AuditCall(default, "FK1", "::1", "CreateAccessKey", "request", 10) }, default);
        Assert.Equal(["sealed", "sealed, too"], (await restored.ReadAccessKeysAsync(default)).Keys.Select(row => row.SealedSecret));
        Assert.Equal(["FK2", "FK1"], (await restored.ReadAuditAsync(new AuditQuery(long.MaxValue, 10), default)).Select(row => row.ResourceId));
    }

    /// <summary>Edges may have seen what came after the backup: no number of theirs is given out again.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_state_of_before_gets_numbers_that_no_edge_has_seen(string engine)
    {
        await using (var store = await OpenSqliteAsync("a"))
        {
            await FillAsync(store);
        }

        await using var backup = await BackUpAsync(SqliteArchive.Open(_directory["a"]));
        var reader = await BackupReader.OpenAsync(backup, default);
        await using (var target = engine == "sqlite" ? SqliteArchive.Prepare(_directory["b"]) : await PreparePostgresAsync())
        {
            Assert.True(await target.WriteAsync(RestoredRows.BeyondWhatEdgesKnowAsync(reader.ReadAsync(default), default), false, default));
        }

        await using var restored = engine == "sqlite" ? await OpenSqliteAsync("b") : (IControlStore)await _database.OpenAsync();
        Assert.Equal(new StoreHead(2 + RestoredRows.Leap, 3 + RestoredRows.Leap, 4 + RestoredRows.Leap) { KeyRevision = 1, ZoneLogEnd = 2 + RestoredRows.Leap }, await restored.ReadHeadAsync(default) with { Revision = 0 });
        Assert.Equal(Rows.Snapshot(2), await restored.FindSnapshotAsync(2, default));
        Assert.Contains($"\"version\":{2 + RestoredRows.Leap}", (await restored.FindSnapshotAsync(2 + RestoredRows.Leap, default))!.Json, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await restored.ReadLogAsync(0, 10, 10, default));
        Assert.Empty(await restored.ListEdgesAsync(TimeSpan.FromHours(1), default));
        Assert.Empty(await restored.ListPresenceAsync(default));
        Assert.Null(await restored.ReadZoneLogAsync(2, 10, 10, default)); // what a DNS node knows of before is too old: it starts anew
        Assert.Equal("a.", Assert.Single((await restored.ReadZonesAsync(0, 10, default)).Zones).Name);
        Assert.Equal(4 + RestoredRows.Leap, (await restored.AppendInvalidationAsync(Rows.Invalidation("next"), default)).Row!.Sequence);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_store_that_holds_something_is_not_restored_over_unless_told(string engine)
    {
        await using (var store = await OpenSqliteAsync("a"))
        {
            await FillAsync(store);
        }

        await using var backup = await BackUpAsync(SqliteArchive.Open(_directory["a"]));
        await using (var other = engine == "sqlite" ? await OpenSqliteAsync("b") : (IControlStore)await _database.OpenAsync())
        {
            await Rows.CreateAsync(other, Rows.Distribution("OTHER"));
        }

        async Task<IStoreArchive> PrepareAsync() => engine == "sqlite" ? SqliteArchive.Prepare(_directory["b"]) : await PreparePostgresAsync();
        async Task<IStoreArchive> OpenAsync() => engine == "sqlite" ? SqliteArchive.Open(_directory["b"]) : await OpenPostgresAsync();
        Assert.False(await RestoreAsync(backup, await PrepareAsync()));
        Assert.Contains(await ReadAsync(await OpenAsync()), row => row.Contains("OTHER", StringComparison.Ordinal));

        Assert.True(await RestoreAsync(backup, await PrepareAsync(), replace: true));
        Assert.Equal(await ReadAsync(SqliteArchive.Open(_directory["a"])), await ReadAsync(await OpenAsync()));
    }

    /// <summary>A backup that fails half-way leaves the store as it was.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_restore_that_breaks_off_changes_nothing(string engine)
    {
        await using (var other = engine == "sqlite" ? await OpenSqliteAsync("b") : (IControlStore)await _database.OpenAsync())
        {
            await FillAsync(other);
        }

        async Task<IStoreArchive> OpenAsync() => engine == "sqlite" ? SqliteArchive.Open(_directory["b"]) : await OpenPostgresAsync();
        var before = await ReadAsync(await OpenAsync());
        await using (var target = engine == "sqlite" ? SqliteArchive.Prepare(_directory["b"]) : await PreparePostgresAsync())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => target.WriteAsync(BreakOff(), replace: true, default));
        }

        Assert.Equal(before, await ReadAsync(await OpenAsync()));
    }

    /// <summary>Each invalidation takes the next number: a copy that is not of one moment has a counter and a log that disagree.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_backup_under_writes_is_of_one_moment(string engine)
    {
        await using var store = engine == "sqlite" ? await OpenSqliteAsync("a") : (IControlStore)await _database.OpenAsync();
        await FillAsync(store);
        using var enough = new CancellationTokenSource();
        var written = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                await store.AppendInvalidationAsync(Rows.Invalidation($"{lane}/{i}"), default);
                Interlocked.Increment(ref written);
            }
        }));

        for (var round = 0; round < 5; round++)
        {
            var before = written;
            await Eventually.IsTrueAsync(() => written > before + 10);
            var rows = new List<StoredRow>();
            await using var archive = engine == "sqlite" ? SqliteArchive.Open(_directory["a"]) : (IStoreArchive)await OpenPostgresAsync();
            await foreach (var row in archive.ReadAsync(default))
            {
                rows.Add(row);
                await Task.Yield();
            }

            var end = (long)rows.Single(row => row.Table.Name == "head").Values[1]!;
            Assert.True(end > before);
            Assert.Equal(Rows.UpTo(end), rows.Where(row => row.Table.Name == "log").Select(row => (long)row.Values[0]!));
            Assert.Equal(Rows.UpTo(end), rows.Where(row => row.Table.Name == "invalidation").Select(row => (long)row.Values[0]!));
        }

        await enough.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task What_is_no_store_is_not_backed_up()
    {
        Assert.Throws<FileNotFoundException>(() => SqliteArchive.Open(_directory["nothing"]));
        await File.WriteAllTextAsync(_directory["text"], new string('x', 10_000));
        Assert.Contains("cannot be read", Assert.Throws<InvalidDataException>(() => SqliteArchive.Open(_directory["text"])).Message, StringComparison.Ordinal);
        Assert.Contains("holds no store of Frontier", (await Assert.ThrowsAsync<InvalidDataException>(OpenPostgresAsync)).Message, StringComparison.Ordinal);
    }

    /// <summary>A table or a column that somebody adds and forgets here would be missing from every backup.</summary>
    [Fact]
    public async Task The_tables_of_a_backup_are_those_of_the_schema()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        var expected = StoreTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).Order(StringComparer.Ordinal);

        var postgres = await _database.ReadAsync<string[]>(
            "SELECT array_agg(table_name || '.' || column_name) FROM information_schema.columns WHERE table_schema = 'frontier' AND table_name <> 'schema_step'");

        Assert.Equal(expected, postgres.Order(StringComparer.Ordinal));
    }

    private static async Task FillAsync(IControlStore store)
    {
        await Rows.CreateAsync(store, Rows.Distribution("E1") with { CallerReference = "c", Name = "n", DomainName = "d.test", Body = "<x a='ü\u0001\n'/>", Deployed = true }, 1, ["www.example.com"]);
        await Rows.CreateAsync(store, Rows.Distribution("E2") with { Kind = ResourceKind.CachePolicy, ModifiedAt = new DateTimeOffset(2026, 8, 7, 12, 0, 0, 123, 456, TimeSpan.Zero) }, 2);
        var pairs = new NewKeyValues("P1", [new KeyValueRow("a", "1"), new KeyValueRow("ü", "\n")]);
        var named = Rows.Distribution("K1") with { Kind = ResourceKind.KeyValueStore, Name = "pairs", SnapshotVersion = 2 };
        Assert.Equal(ChangeOutcome.Applied, await store.ChangeResourceAsync(new ResourceChange { Verb = ChangeVerb.Create, Row = named, BaseVersion = 2, KeyValues = pairs }, default));
        for (var i = 0; i < 3; i++)
        {
            await store.AppendInvalidationAsync(Rows.Invalidation($"r{i}"), default);
        }

        await store.SaveEdgesAsync([new EdgeRow("edge", "POP", 1, 2)], default);
        await store.SavePresenceAsync([new PresenceRow("edge", TimeSpan.Zero, "{}")], TimeSpan.FromDays(1), default);
        await store.AgreeAsync("origin-access", "agreed", default);
        var key = new AccessKeyRow { Id = "FK1", Role = AccessKeyRole.ReadOnly, IsActive = true, Description = "ü", CreatedAt = default, SealedSecret = "sealed" };
        await store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Create, Row = key, Audit = new AuditCall(default, "FK0", "::1", "CreateAccessKey", "request", 10) }, default);
        await store.EditZoneAsync(Rows.ZoneEdit(ResourceKind.HostedZone, "Z1") with { RecordSets = new RecordSetEdit("Z1", 0, 1, [], [new RecordSetRow(new RecordSetPlace("a.", "TXT", "ü"), "document")]) }, default);
        await store.EditZoneAsync(Rows.ZoneEdit(ResourceKind.HealthCheck, "H1"), default);
        await store.SaveDnsNodeAsync(new DnsNodeRow("node", 1), [new HealthObservationRow("node", "H1", true, "Success", default)], 1, default);
    }

    private Task<SqliteControlStore> OpenSqliteAsync(string name) => SqliteControlStore.OpenAsync(_directory[name], TimeProvider.System, default);

    private async Task<IStoreArchive> OpenPostgresAsync() =>
        await PostgresArchive.OpenAsync(new PostgresOptions { Address = _database.Address }, TimeProvider.System, NullLogger.Instance, default);

    private async Task<IStoreArchive> PreparePostgresAsync() =>
        await PostgresArchive.PrepareAsync(new PostgresOptions { Address = _database.Address }, TimeProvider.System, NullLogger.Instance, default);

    private static async Task<List<string>> ReadAsync(IStoreArchive archive)
    {
        var rows = new List<string>();
        await using (archive)
        {
            await foreach (var row in archive.ReadAsync(default))
            {
                rows.Add($"{row.Table.Name}|{string.Join('|', row.Values.Select(value => value is null ? "null" : $"{value.GetType().Name} {value}"))}");
            }
        }

        return rows;
    }

    private static async Task<MemoryStream> BackUpAsync(IStoreArchive archive)
    {
        var backup = new MemoryStream();
        await using (archive)
        {
            await BackupWriter.WriteAsync(backup, archive.ReadAsync(default), [], DateTimeOffset.UnixEpoch, _ => { }, default);
        }

        return backup;
    }

    private static async Task<bool> RestoreAsync(MemoryStream backup, IStoreArchive target, bool replace = false)
    {
        await using (target)
        {
            var reader = await BackupReader.OpenAsync(backup, default);
            return await target.WriteAsync(reader.ReadAsync(default), replace, default);
        }
    }

    private static async IAsyncEnumerable<StoredRow> BreakOff()
    {
        yield return new StoredRow(StoreTables.All.Single(static table => table.Name == "installation"), ["name", "value"]);
        await Task.Yield();
        throw new InvalidOperationException("on purpose");
    }
}
