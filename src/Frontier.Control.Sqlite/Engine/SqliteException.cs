// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Sqlite.Engine;

/// <summary>SQLite said no. The code is its extended result code (sqlite.org/rescode.html).</summary>
public sealed class SqliteException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    public int Code { get; } = code;
}
