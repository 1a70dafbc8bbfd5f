// SPDX-License-Identifier: Apache-2.0

using SQLitePCL;

namespace Frontier.Control.Sqlite.Engine;

/// <summary>A prepared statement of one connection, with its shares of values in and columns out.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            connection.Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(handle, i + 1),
                string text => raw.sqlite3_bind_text(handle, i + 1, text),
                long number => raw.sqlite3_bind_int64(handle, i + 1, number),
                int number => raw.sqlite3_bind_int64(handle, i + 1, number),
                bool flag => raw.sqlite3_bind_int64(handle, i + 1, flag ? 1 : 0),
                DateTimeOffset time => raw.sqlite3_bind_int64(handle, i + 1, time.UtcTicks),
                var other => throw new ArgumentException($"A {other.GetType().Name} cannot be stored.", nameof(values)),
            });
        }

        return this;
    }

    /// <summary>Moves to the next row; false, and reset, after the last.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        try
        {
            connection.Check(code);
        }
        finally
        {
            // A statement left open would hold its transaction's snapshot.
            Reset();
        }

        return false;
    }

    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>The first row, read, or null when there is none.</summary>
    public T? First<T>(Func<SqliteStatement, T> read)
        where T : class
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            Reset();
        }
    }

    public List<T> All<T>(Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>The number in the first column of the first row; 0 when there is no row or it holds null.</summary>
    public long Number()
    {
        try
        {
            return Step() ? Int64(0) : 0;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Whether there is a row.</summary>
    public bool Exists()
    {
        try
        {
            return Step();
        }
        finally
        {
            Reset();
        }
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public bool Flag(int column) => Int64(column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? OptionalText(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Text(column);

    public DateTimeOffset Time(int column) => new(Int64(column), TimeSpan.Zero);

    /// <summary>An error of the last step is reported by that step and not again.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();
}
