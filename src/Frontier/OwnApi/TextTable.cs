// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.OwnApi;

/// <summary>Rows for a terminal, in columns as wide as they need to be.</summary>
internal static class TextTable
{
    public static string Of(string[] head, IEnumerable<string[]> rows)
    {
        string[][] all = [head, .. rows];
        var widths = Enumerable.Range(0, head.Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            text.AppendLine(string.Join("  ", row.Zip(widths, static (cell, width) => cell.PadRight(width))).TrimEnd());
        }

        return text.ToString().TrimEnd();
    }
}
