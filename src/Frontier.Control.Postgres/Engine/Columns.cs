// SPDX-License-Identifier: Apache-2.0

using Npgsql;

namespace Frontier.Control.Postgres.Engine;

/// <summary>How columns are read. Times are stored as the embedded store does, in ticks, so that a row is the same in both.</summary>
internal static class Columns
{
    extension(NpgsqlDataReader row)
    {
        public string Text(int column) => row.GetString(column);

        public string? OptionalText(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public long Number(int column) => row.GetInt64(column);

        public bool Flag(int column) => row.GetBoolean(column);

        public DateTimeOffset Time(int column) => new(row.GetInt64(column), TimeSpan.Zero);
    }
}
