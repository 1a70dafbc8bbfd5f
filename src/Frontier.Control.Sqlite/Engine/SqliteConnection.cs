// SPDX-License-Identifier: Apache-2.0

using SQLitePCL;

namespace Frontier.Control.Sqlite.Engine;

/// <summary>One connection to a database file. Not thread-safe: whoever holds it uses it alone. Statements are prepared once and kept.</summary>
internal sealed class SqliteConnection : IDisposable
{
    /// <summary>How long a lock is waited for. Only a checkpoint or another process's reader can hold one that long.</summary>
    private const int BusyTimeoutMilliseconds = 5_000;

    // Bounded by the number of different texts in this project.
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private readonly sqlite3 _handle;

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Opens or creates the file.</summary>
    public static SqliteConnection Open(string path, bool readOnly)
    {
        SqliteLibrary.Load();
        var flags = (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var connection = new SqliteConnection(handle);
        try
        {
            connection.Check(code);
            connection.Check(raw.sqlite3_extended_result_codes(handle, 1));
            connection.Check(raw.sqlite3_busy_timeout(handle, BusyTimeoutMilliseconds));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement ready to be bound: the one prepared before for the same text, reset.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
            _statements[sql] = statement = new SqliteStatement(this, handle);
        }

        statement.Reset();
        return statement;
    }

    /// <summary>Runs a statement that returns nothing; the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        Prepare(sql).Bind(values).Run();
        return raw.sqlite3_changes(_handle);
    }

    /// <summary>Runs any number of statements, for schemas and pragmas.</summary>
    public void ExecuteScript(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _handle.Dispose();
    }

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(code, raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }
}
