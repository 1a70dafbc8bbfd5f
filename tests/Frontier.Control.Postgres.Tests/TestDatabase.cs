// SPDX-License-Identifier: Apache-2.0

using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Frontier.Control.Postgres.Tests;

/// <summary>A database of a test's own on the server that the tests were given.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "FRONTIER_TEST_POSTGRES";

    private static readonly string NoServer =
        $"These tests need a PostgreSQL server that they may do anything with, named by {Variable} as postgres://user:password@host:port/database. Run them through ./eng/test.sh Postgres, or under ./eng/postgres.sh COMMAND, which start one.";

    private readonly string _name = $"frontier_test_{Guid.NewGuid():N}";

    private TestDatabase()
    {
    }

    /// <summary>The server's own database, which tests leave alone.</summary>
    public static PostgresAddress Server => Parse(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url ? url : throw new InvalidOperationException(NoServer));

    public string Url => With(Server, database: _name);

    public PostgresAddress Address => Parse(Url);

    public static async Task<TestDatabase> CreateAsync(string clauses = "")
    {
        var database = new TestDatabase();
        await ExecuteAsync(Server, $"CREATE DATABASE {database._name} STRATEGY file_copy {clauses}"); // several times as quick as by the log
        return database;
    }

    public Task<PostgresControlStore> OpenAsync() => OpenPatientlyAsync(Address);

    /// <summary>With more patience than users have: a machine that builds and tests at once answers slowly.</summary>
    public static Task<PostgresControlStore> OpenPatientlyAsync(PostgresAddress address) => OpenAsync(new PostgresOptions { Address = address, AnswerTimeout = TimeSpan.FromSeconds(60) });

    public static Task<PostgresControlStore> OpenAsync(PostgresOptions options) => PostgresControlStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, default);

    public Task ExecuteAsync(string sql) => ExecuteAsync(Address, sql);

    public Task<T> ReadAsync<T>(string sql) => ReadAsync<T>(Address, sql);

    public static async Task<T> ReadAsync<T>(PostgresAddress address, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(address));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task ExecuteAsync(PostgresAddress address, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(address));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static PostgresAddress Parse(string url) => PostgresAddress.TryParse(url, out var address, out var fault) ? address : throw new FormatException($"{Variable}: {fault}");

    /// <summary>The same server by another way.</summary>
    public static string With(PostgresAddress address, string? user = null, string? password = null, string? host = null, int? port = null, string? database = null) =>
        $"postgres://{user ?? address.User}:{Uri.EscapeDataString(password ?? address.Password ?? "")}@{host ?? address.Host}:{port ?? address.Port}/{database ?? address.Database}";

    public async ValueTask DisposeAsync() => await ExecuteAsync(Server, $"DROP DATABASE {_name} WITH (FORCE)");

    private static string ConnectionString(PostgresAddress address) => new NpgsqlConnectionStringBuilder
    {
        Host = address.Host,
        Port = address.Port,
        Username = address.User,
        Password = address.Password,
        Database = address.Database,
        Pooling = false,
    }.ConnectionString;
}
