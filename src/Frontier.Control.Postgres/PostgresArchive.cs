// SPDX-License-Identifier: Apache-2.0

using System.Data;
using System.Runtime.CompilerServices;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Frontier.Control.Postgres;

/// <summary>A PostgreSQL database as a whole. Control processes may work on it meanwhile.</summary>
public sealed class PostgresArchive : IStoreArchive
{
    /// <summary>Reading and writing everything takes as long as it takes; what is idle is ended by the server all the same.</summary>
    private const string WithoutHaste = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";

    /// <summary>Of one table.</summary>
    private static readonly TimeSpan LongestCopy = TimeSpan.FromHours(1);

    private readonly NpgsqlDataSource _source;

    private PostgresArchive(NpgsqlDataSource source) => _source = source;

    /// <summary>To read: what is there is left as it is.</summary>
    /// <exception cref="IOException">The database cannot be used; the message says why.</exception>
    /// <exception cref="InvalidDataException">It holds no store, or one of another version.</exception>
    public static Task<PostgresArchive> OpenAsync(PostgresOptions options, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken) =>
        OpenAsync(options, (connection, token) => CheckSchemaAsync(connection, options.Address, token), timeProvider, logger, cancellationToken);

    /// <summary>To write: the schema is made, or brought up to date.</summary>
    /// <exception cref="IOException">The database cannot be used; the message says why.</exception>
    /// <exception cref="InvalidDataException">The database was used by a later version.</exception>
    public static Task<PostgresArchive> PrepareAsync(PostgresOptions options, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken) =>
        OpenAsync(options, (connection, token) => Schema.MigrateAsync(connection, options.Address, token), timeProvider, logger, cancellationToken);

    public async IAsyncEnumerable<StoredRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await ExecuteAsync(connection, WithoutHaste, cancellationToken);
        foreach (var table in StoreTables.All)
        {
            await using var command = new NpgsqlCommand($"SELECT {Columns(table)} FROM {table.Name} ORDER BY {table.Key}", connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return new StoredRow(table, [.. table.Columns.Select((column, index) => ReadValue(reader, column, index))]);
            }
        }
    }

    public async Task<bool> WriteAsync(IAsyncEnumerable<StoredRow> rows, bool replace, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Whoever changes anything locks this row first: changes wait until everything is in its new place.
        await ExecuteAsync(connection, WithoutHaste + "; SELECT FROM head FOR UPDATE", cancellationToken);
        if (!replace && await ExistsAsync(connection, "SELECT EXISTS (SELECT FROM resource) OR EXISTS (SELECT FROM snapshot)", cancellationToken))
        {
            return false;
        }

        foreach (var table in StoreTables.All.Reverse())
        {
            await ExecuteAsync(connection, $"DELETE FROM {table.Name}", cancellationToken);
        }

        await CopyAsync(connection, rows, cancellationToken);
        await ExecuteAsync(connection, Schema.SeedVersions, cancellationToken);
        await ExecuteAsync(connection, "SELECT setval(pg_get_serial_sequence('resource', 'position'), (SELECT coalesce(max(position), 0) + 1 FROM resource), false)", cancellationToken);
        await ExecuteAsync(connection, $"SELECT {ChangeHints.Notify}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<PostgresArchive> OpenAsync(
        PostgresOptions options, Func<NpgsqlConnection, CancellationToken, Task> ready, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken)
    {
        var source = Connecting.CreateSource(options);
        try
        {
            await Connecting.PrepareAsync(source, options, ready, timeProvider, logger, cancellationToken);
            return new PostgresArchive(source);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private static async Task CheckSchemaAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellationToken)
    {
        var taken = await Schema.TakenAsync(connection, cancellationToken);
        if (taken != Schema.Known)
        {
            throw new InvalidDataException(taken == 0
                ? $"The database {address} holds no store of Frontier."
                : $"The database {address} has schema {taken}; this version of Frontier reads {Schema.Known}. Use the version that made it, or start this one on it first.");
        }
    }

    /// <summary>Tables come one after the other, each in one stream.</summary>
    private static async Task CopyAsync(NpgsqlConnection connection, IAsyncEnumerable<StoredRow> rows, CancellationToken cancellationToken)
    {
        StoreTable? current = null;
        NpgsqlBinaryImporter? copy = null;
        try
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                if (row.Table != current)
                {
                    await EndAsync(copy, cancellationToken);
                    current = row.Table;
                    copy = await connection.BeginBinaryImportAsync($"COPY {current.Name} ({Columns(current)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
                    copy.Timeout = LongestCopy;
                }

                await copy!.StartRowAsync(cancellationToken);
                foreach (var (column, value) in current.Columns.Zip(row.Values))
                {
                    await WriteValueAsync(copy, column, value, cancellationToken);
                }
            }

            await EndAsync(copy, cancellationToken);
            copy = null;
        }
        finally
        {
            if (copy is not null)
            {
                await copy.DisposeAsync(); // not completed: what was copied is dropped
            }
        }
    }

    private static async Task EndAsync(NpgsqlBinaryImporter? copy, CancellationToken cancellationToken)
    {
        if (copy is not null)
        {
            await copy.CompleteAsync(cancellationToken);
            await copy.DisposeAsync();
        }
    }

    private static Task WriteValueAsync(NpgsqlBinaryImporter copy, StoreColumn column, object? value, CancellationToken cancellationToken) => (column.Kind, value) switch
    {
        (_, null) => copy.WriteNullAsync(cancellationToken),
        (ColumnKind.Text, string text) => copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken),
        (ColumnKind.Number, long number) => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
        (ColumnKind.Flag, bool flag) => copy.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
        _ => throw new ArgumentException($"{value} is no value of column {column.Name}.", nameof(value)),
    };

    private static object? ReadValue(NpgsqlDataReader reader, StoreColumn column, int index) => reader.IsDBNull(index) ? null : column.Kind switch
    {
        ColumnKind.Text => reader.GetString(index),
        ColumnKind.Number => reader.GetInt64(index),
        ColumnKind.Flag => reader.GetBoolean(index),
    };

    /// <summary>Quoted: one is a word of SQL's own.</summary>
    private static string Columns(StoreTable table) => string.Join(", ", table.Columns.Select(static column => $"\"{column.Name}\""));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
