// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Control.Domain.KeyValues;

/// <summary>What pairs may look like (<c>edge-compute.md</c> §4). Lengths are bytes of UTF-8.</summary>
internal static class KeyValueRules
{
    public const int LongestKey = 512;

    public const int LongestValue = 1_024;

    /// <summary>Keys in one update. With the two lengths this keeps an update far below the 3 MB that are CloudFront's other bound.</summary>
    public const int MostInUpdate = 50;

    /// <summary>What is wrong with a key; null for nothing.</summary>
    public static string? CheckKey(string key) =>
        key.Length == 0 ? "A key is empty."
        : Size(key) > LongestKey ? $"The key '{key[..32]}...' has {Size(key)} bytes; at most {LongestKey} are allowed."
        : key.Contains('\0', StringComparison.Ordinal) ? "A key contains the character U+0000."
        : null;

    /// <summary>What is wrong with a pair; null for nothing.</summary>
    public static string? Check(string key, string value) =>
        CheckKey(key) is { } fault ? fault
        : Size(value) > LongestValue ? $"The value of the key '{key}' has {Size(value)} bytes; at most {LongestValue} are allowed."
        : value.Contains('\0', StringComparison.Ordinal) ? $"The value of the key '{key}' contains the character U+0000."
        : null;

    public static int Size(string text) => Encoding.UTF8.GetByteCount(text);
}
