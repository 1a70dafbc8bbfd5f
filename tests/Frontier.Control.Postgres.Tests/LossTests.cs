// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Frontier.Control.Store;
using Frontier.Testing;
using Npgsql;

namespace Frontier.Control.Postgres.Tests;

/// <summary>The server or the way to it is lost: calls say so, nothing acknowledged goes, and the store comes back by itself.</summary>
[Collection(nameof(LossTests))]
[CollectionDefinition(nameof(LossTests), DisableParallelization = true)]
public sealed class LossTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Connections_that_the_server_ended_are_replaced_without_anybody_noticing()
    {
        await using var store = await _database.OpenAsync();
        await Rows.CreateAsync(store, Rows.Distribution("E1"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.ReadHeadAsync(default)));

        await _database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        Assert.Equal(AppendOutcome.Appended, (await store.AppendInvalidationAsync(Rows.Invalidation("r"), default)).Outcome);
        Assert.Equal(1, (await store.ReadHeadAsync(default)).LogEnd);
    }

    [Fact]
    public async Task Without_a_way_to_the_server_calls_are_refused_and_with_one_they_work_again()
    {
        var server = TestDatabase.Server;
        var relay = await Relay.StartAsync(0, server.Host, server.Port);
        var port = relay.Port;
        await using var store = await TestDatabase.OpenAsync(new PostgresOptions { Address = TestDatabase.Parse(TestDatabase.With(_database.Address, port: port)) });
        await Rows.CreateAsync(store, Rows.Distribution("E1"));

        await relay.DisposeAsync();
        var read = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadHeadAsync(default));
        var change = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendInvalidationAsync(Rows.Invalidation("r"), default));
        await using var again = await Relay.StartAsync(port, server.Host, server.Port);

        Assert.Contains("nothing was changed", read.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", change.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await store.ReadHeadAsync(default)).LogEnd);
        Assert.Equal(AppendOutcome.Appended, (await store.AppendInvalidationAsync(Rows.Invalidation("r"), default)).Outcome);
    }

    /// <summary>Another process that holds what a change waits for, and does not go on.</summary>
    [Fact]
    public async Task A_change_that_gets_no_answer_in_time_is_refused_and_changes_nothing()
    {
        await using var store = await TestDatabase.OpenAsync(new PostgresOptions { Address = _database.Address, AnswerTimeout = TimeSpan.FromSeconds(1) });
        await Rows.CreateAsync(store, Rows.Distribution("E1"));
        await using (var holder = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = _database.Address.Host,
            Port = _database.Address.Port,
            Username = _database.Address.User,
            Password = _database.Address.Password,
            Database = _database.Address.Database,
        }))
        {
            await using var connection = await holder.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("SELECT FROM frontier.head FOR UPDATE", connection);
            await command.ExecuteNonQueryAsync();

            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendInvalidationAsync(Rows.Invalidation("r"), default));
            Assert.Equal(0, (await store.ReadHeadAsync(default)).LogEnd);
        }

        Assert.Equal(1, (await store.AppendInvalidationAsync(Rows.Invalidation("r"), default)).Row!.Sequence);
    }

    [Fact]
    public async Task More_callers_than_connections_wait_their_turn()
    {
        await using var store = await TestDatabase.OpenAsync(new PostgresOptions { Address = _database.Address, Connections = 3 });
        await Rows.CreateAsync(store, Rows.Distribution("E1"));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => store.AppendInvalidationAsync(Rows.Invalidation($"{i}"), default)));

        Assert.Equal(Rows.UpTo(100), await Rows.LogAsync(store));
        Assert.InRange(await _database.ReadAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'frontier-control'"), 1, 3);
    }

    /// <summary>SIGKILL of one backend makes the server end all others and recover from its log.</summary>
    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_backend_is_killed()
    {
        await using var store = await _database.OpenAsync();
        await Rows.CreateAsync(store, Rows.Distribution("E1"));
        var acknowledged = new ConcurrentBag<long>();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                try
                {
                    acknowledged.Add((await store.AppendInvalidationAsync(Rows.Invalidation($"{lane}/{i}"), default)).Row!.Sequence);
                }
                catch (StoreUnavailableException)
                {
                    // Not acknowledged: stored or not, as the store says.
                }
            }
        }).ToList();
        await Eventually.IsTrueAsync(() => acknowledged.Count > 50);

        var backend = await _database.ReadAsync<int>("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'frontier-control' AND query NOT LIKE 'LISTEN%' LIMIT 1");
        using (var kill = Process.Start("kill", ["-9", backend.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
            Assert.Equal(0, kill.ExitCode);
        }

        var before = acknowledged.Count;
        await Eventually.IsTrueAsync(() => acknowledged.Count > before + 50);
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        var log = await Rows.LogAsync(store);
        Assert.Equal(Rows.UpTo(log.Count), log);
        Assert.Empty(acknowledged.Except(log));
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
    }
}
