// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

public enum ColumnKind
{
    Text,

    /// <summary>A whole number; times are ticks.</summary>
    Number,
    Flag,
}

/// <param name="Default">What a backup from before the column was added stands for; null when it was always there, or may be null.</param>
public sealed record StoreColumn(string Name, ColumnKind Kind, object? Default = null)
{
    public bool IsOptional { get; init; }
}

/// <summary>A table that every engine has, with the same columns and meaning.</summary>
/// <param name="Key">The columns that order its rows, with commas.</param>
public sealed record StoreTable(string Name, string Key, ImmutableArray<StoreColumn> Columns);

/// <summary>One row of a table; its values are strings, longs, bools and nulls, in the order of the columns.</summary>
public sealed record StoredRow(StoreTable Table, ImmutableArray<object?> Values);
