// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Sqlite.Engine;

/// <summary>SQLite said no. The code is its extended result code (sqlite.org/rescode.html).</summary>
public sealed class SqliteException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    private const int Full = 13;

    /// <summary>The index of the write-ahead log could not grow, which only a full disk denies it.</summary>
    private const int SharedMemorySize = 4_874;

    public int Code { get; } = code;

    public bool IsFull => Code is Full or SharedMemorySize;
}
