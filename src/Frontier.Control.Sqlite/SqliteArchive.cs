// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite;

/// <summary>
/// A SQLite store as a whole. It is read beside the process that holds it, as one moment (WAL); it is written only while nobody
/// holds it. Calls work on the caller's thread: this is for commands, not for servers.
/// </summary>
public sealed class SqliteArchive : IStoreArchive
{
    private readonly SqliteConnection _connection;
    private readonly StoreFile? _file;

    private SqliteArchive(SqliteConnection connection, StoreFile? file) => (_connection, _file) = (connection, file);

    /// <summary>To read, also while the store is in use.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no store, or one of another version.</exception>
    public static SqliteArchive Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no control store '{path}'.");
        }

        var connection = SqliteConnection.Open(path, readOnly: true);
        try
        {
            var taken = Schema.Taken(connection);
            return taken == Schema.Known
                ? new SqliteArchive(connection, null)
                : throw new InvalidDataException(
                    $"The control store '{path}' has schema {taken}; this version of Frontier reads {Schema.Known}. Use the version that wrote it, or start this one on it first.");
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new InvalidDataException($"The control store '{path}' cannot be read: {error.Message}", error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>To write: the file is made, or brought up to date, and held by this process alone.</summary>
    /// <exception cref="IOException">Another process holds the store, or the file cannot be used.</exception>
    /// <exception cref="InvalidDataException">A later version wrote the file, or it is no store.</exception>
    public static SqliteArchive Prepare(string path)
    {
        try
        {
            var file = StoreFile.Open(path);
            return new SqliteArchive(file.Connection, file);
        }
        catch (SqliteException error)
        {
            throw new InvalidDataException($"The control store '{path}' cannot be used: {error.Message}", error);
        }
    }

    public IAsyncEnumerable<StoredRow> ReadAsync(CancellationToken cancellationToken) => Read(cancellationToken).ToAsyncEnumerable();

    public async Task<bool> WriteAsync(IAsyncEnumerable<StoredRow> rows, bool replace, CancellationToken cancellationToken)
    {
        _connection.Execute("BEGIN IMMEDIATE");
        try
        {
            if (!replace && _connection.Prepare("SELECT 1 WHERE EXISTS (SELECT 1 FROM resource) OR EXISTS (SELECT 1 FROM snapshot)").Exists())
            {
                _connection.Execute("ROLLBACK");
                return false;
            }

            foreach (var table in StoreTables.All.Reverse())
            {
                _connection.Execute($"DELETE FROM {table.Name}");
            }

            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                var places = string.Join(", ", row.Values.Select(static _ => "?"));
                _connection.Execute($"INSERT INTO {row.Table.Name} ({Columns(row.Table)}) VALUES ({places})", row.Values.AsSpan());
            }

            _connection.Execute(Schema.SeedVersions);
            _connection.Execute("COMMIT");
            return true;
        }
        catch (SqliteException error) when (error.IsFull)
        {
            Abandon();
            throw new StoreFullException(error);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _file?.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<StoredRow> Read(CancellationToken cancellationToken)
    {
        _connection.Execute("BEGIN");
        try
        {
            foreach (var table in StoreTables.All)
            {
                var statement = _connection.Prepare($"SELECT {Columns(table)} FROM {table.Name} ORDER BY {table.Key}");
                while (statement.Step())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new StoredRow(table, [.. table.Columns.Select((column, index) => ReadValue(statement, column, index))]);
                }
            }
        }
        finally
        {
            Abandon();
        }
    }

    private void Abandon()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself after some errors; then there is no transaction to end.
        }
    }

    /// <summary>Quoted: one is a word of SQL's own.</summary>
    private static string Columns(StoreTable table) => string.Join(", ", table.Columns.Select(static column => $"\"{column.Name}\""));

    private static object? ReadValue(SqliteStatement row, StoreColumn column, int index) => column.Kind switch
    {
        ColumnKind.Text => row.OptionalText(index),
        ColumnKind.Number => row.Int64(index),
        ColumnKind.Flag => row.Flag(index),
    };
}
