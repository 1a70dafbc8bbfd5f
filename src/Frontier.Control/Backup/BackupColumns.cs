// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Control.Store;

namespace Frontier.Control.Backup;

/// <summary>Where in a row of a backup the columns of today's table stand. A backup from before a column was added lacks it.</summary>
internal sealed class BackupColumns
{
    /// <summary>Marks a column that the backup does not have.</summary>
    private const int Absent = -1;

    private readonly StoreTable _table;
    private readonly ImmutableArray<int> _sources;
    private readonly int _given;

    private BackupColumns(StoreTable table, ImmutableArray<int> sources, int given) => (_table, _sources, _given) = (table, sources, given);

    /// <exception cref="InvalidDataException">The backup has a table or a column that is not known here, or lacks one that always was.</exception>
    public static BackupColumns Match(string name, string[] columns)
    {
        var table = StoreTables.All.FirstOrDefault(table => table.Name == name)
            ?? throw new InvalidDataException($"The backup has a table \"{name}\" that this version of Frontier does not know. Use the version that made it or a later one.");
        if (columns.FirstOrDefault(column => table.Columns.All(known => known.Name != column)) is { } unknown)
        {
            throw new InvalidDataException($"The backup has a column \"{name}.{unknown}\" that this version of Frontier does not know. Use the version that made it or a later one.");
        }

        var sources = table.Columns.Select(column => Array.IndexOf(columns, column.Name)).ToImmutableArray();
        var missing = table.Columns.Zip(sources).FirstOrDefault(static pair => pair is { Second: Absent, First: { Default: null, IsOptional: false } }).First;
        return missing is null
            ? new BackupColumns(table, sources, columns.Length)
            : throw new InvalidDataException($"The backup has no column \"{name}.{missing.Name}\".");
    }

    /// <exception cref="FormatException">The values are not those of this table.</exception>
    public StoredRow ToRow(ImmutableArray<JsonElement> values) =>
        values.Length == _given
            ? new StoredRow(_table, [.. _table.Columns.Zip(_sources, (column, source) => source == Absent ? column.Default : ToValue(column, values[source]))])
            : throw new FormatException($"A row of {_table.Name} has {values.Length} values instead of {_given}.");

    private static object? ToValue(StoreColumn column, JsonElement value) => (column.Kind, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) when column.IsOptional => null,
        (ColumnKind.Text, JsonValueKind.String) => value.GetString(),
        (ColumnKind.Number, JsonValueKind.Number) => value.GetInt64(),
        (ColumnKind.Flag, JsonValueKind.True) => true,
        (ColumnKind.Flag, JsonValueKind.False) => false,
        _ => throw new FormatException($"{value} is no value of column {column.Name}."),
    };
}
