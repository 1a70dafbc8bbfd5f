// SPDX-License-Identifier: Apache-2.0

using Npgsql;
using NpgsqlTypes;

namespace Frontier.Control.Postgres.Engine;

/// <summary>One transaction on one connection, with its shares of values in and columns out. Values are <c>$1</c>, <c>$2</c> and so on. Not thread-safe.</summary>
internal sealed class Session(NpgsqlConnection connection, CancellationToken cancellationToken)
{
    /// <summary>The number of rows changed.</summary>
    public async Task<int> ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first row, read, or null when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
        where T : class
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }

    public async Task<List<T>> AllAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        var rows = new List<T>();
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The number in the first column of the first row; 0 when there is no row or it holds null.</summary>
    public async Task<long> NumberAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) is long number ? number : 0;
    }

    /// <summary>Whether there is a row.</summary>
    public async Task<bool> ExistsAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    /// <summary>For reading row by row; the caller closes both.</summary>
    public NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                string[] texts => new NpgsqlParameter<string[]> { TypedValue = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
                long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                int number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
                bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
                DateTimeOffset time => new NpgsqlParameter<long> { TypedValue = time.UtcTicks, NpgsqlDbType = NpgsqlDbType.Bigint },
                var other => throw new ArgumentException($"A {other.GetType().Name} cannot be stored.", nameof(values)),
            });
        }

        return command;
    }
}
