// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Tests;

/// <summary>A database that cannot be used is refused with a sentence that says why and what to do, and never tells a password.</summary>
public sealed class StartTests
{
    private static readonly PostgresAddress Server = TestDatabase.Server;

    [Fact]
    public async Task A_wrong_password_is_named_at_once() => await AssertRefusedAsync(
        TestDatabase.With(Server, password: "not-the-password"), $"does not let user \"{Server.User}\" in: password authentication failed");

    [Fact]
    public async Task An_unknown_user_is_named_at_once() => await AssertRefusedAsync(TestDatabase.With(Server, user: "nobody_at_all"), "does not let user \"nobody_at_all\" in");

    [Fact]
    public async Task A_missing_database_is_named_with_the_command_that_makes_it() => await AssertRefusedAsync(
        TestDatabase.With(Server, database: "no_such_database"), $"has no database \"no_such_database\". Create it: createdb --encoding UTF8 --owner {Server.User} no_such_database");

    [Fact]
    public async Task A_missing_password_is_asked_for() => await AssertRefusedAsync($"postgres://{Server.User}@{Server.Host}:{Server.Port}/postgres", $"wants a password of user \"{Server.User}\"");

    [Fact]
    public async Task A_server_that_is_not_there_is_waited_for_and_then_named()
    {
        var port = FreePort();

        await AssertRefusedAsync(TestDatabase.With(Server, port: port), $"PostgreSQL at {Server.Host}:{port} does not answer: ", patience: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_server_that_comes_up_late_is_found()
    {
        await using var database = await TestDatabase.CreateAsync();
        var port = FreePort();
        var opening = TestDatabase.OpenAsync(new PostgresOptions { Address = TestDatabase.Parse(TestDatabase.With(database.Address, port: port)) });
        await using var relay = await Relay.StartAsync(port, Server.Host, Server.Port);

        await using var store = await opening;

        Assert.Equal(new StoreHead(0, 0, 1), await store.ReadHeadAsync(default));
    }

    [Fact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");

        await AssertRefusedAsync(database.Url, "is encoded in SQL_ASCII; Frontier needs UTF8");
    }

    [Fact]
    public async Task A_user_who_may_not_make_tables_is_told_what_is_missing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var role = $"guest_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'let-me-in'");
        try
        {
            await AssertRefusedAsync(TestDatabase.With(database.Address, user: role, password: "let-me-in"), $"User \"{role}\" may not set up the database");
        }
        finally
        {
            await database.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_database_of_a_later_version_is_refused_and_left_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await (await database.OpenAsync()).DisposeAsync();
        await database.ExecuteAsync("INSERT INTO frontier.schema_step (step) VALUES (1000)");

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => database.OpenAsync());

        Assert.Contains("schema 1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_that_start_together_on_an_empty_database_set_it_up_once()
    {
        await using var database = await TestDatabase.CreateAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => database.OpenAsync()));

        Assert.Equal(Schema.Known, await database.ReadAsync<long>("SELECT count(*) FROM frontier.schema_step"));
        foreach (var store in stores)
        {
            Assert.Equal(new StoreHead(0, 0, 1), await store.ReadHeadAsync(default));
            await store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(14, "UTF8", false, "is version 14.9; Frontier needs 15 or later")]
    [InlineData(15, "LATIN1", false, "is encoded in LATIN1")]
    [InlineData(15, "UTF8", true, "is a standby")]
    [InlineData(15, "UTF8", false, null)]
    public void Old_servers_other_encodings_and_standbys_will_not_do(int major, string encoding, bool isStandby, string? expected)
    {
        var fault = Connecting.FindFault(Server, new Version(major, 9), encoding, isStandby);

        Assert.Equal(expected is null, fault is null);
        Assert.Contains(expected ?? "", fault ?? "", StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(string url, string sentence, TimeSpan? patience = null)
    {
        var options = new PostgresOptions { Address = TestDatabase.Parse(url), StartPatience = patience ?? TimeSpan.FromMinutes(5) };

        var error = await Assert.ThrowsAsync<IOException>(() => TestDatabase.OpenAsync(options).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(options.Address.Password is { Length: > 0 } password ? password : "\0", error.Message, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
