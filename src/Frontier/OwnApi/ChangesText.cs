// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json.Nodes;
using Frontier.Control.Versions;

namespace Frontier.OwnApi;

/// <summary>Differences between two configurations, for a terminal.</summary>
internal static class ChangesText
{
    /// <summary>One line a value; what was added or removed as a whole has its members below it.</summary>
    public static string Of(IReadOnlyList<DocumentChange> changes)
    {
        if (changes.Count == 0)
        {
            return "  no differences\n";
        }

        var text = new StringBuilder();
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case DocumentChangeKind.Added:
                    AppendWhole(text, '+', change.Path, change.To);
                    break;
                case DocumentChangeKind.Removed:
                    AppendWhole(text, '-', change.Path, change.From);
                    break;
                case DocumentChangeKind.Changed:
                    text.Append("  ~ ").Append(change.Path).Append(": ").Append(Show(change.From)).Append(" -> ").Append(Show(change.To)).Append('\n');
                    break;
                case DocumentChangeKind.Reordered:
                    text.Append("  ~ ").Append(change.Path).Append(" (order): ").Append(Join(change.From)).Append(" -> ").Append(Join(change.To)).Append('\n');
                    break;
            }
        }

        return text.ToString();
    }

    private static void AppendWhole(StringBuilder text, char sign, string path, JsonNode? value)
    {
        text.Append("  ").Append(sign).Append(' ').Append(path);
        if (value is JsonObject)
        {
            text.Append('\n');
            AppendMembers(text, sign, "", value);
        }
        else
        {
            // A member of a list of words is its own name.
            var isSaid = path.EndsWith($"[{value}]", StringComparison.Ordinal);
            text.Append(isSaid ? "" : $": {Show(value)}").Append('\n');
        }
    }

    private static void AppendMembers(StringBuilder text, char sign, string path, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    AppendMembers(text, sign, path.Length == 0 ? name : $"{path}.{name}", member);
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    AppendMembers(text, sign, $"{path}[{i}]", list[i]);
                }

                break;
            default:
                text.Append("  ").Append(sign).Append("     ").Append(path).Append(": ").Append(Show(value)).Append('\n');
                break;
        }
    }

    /// <summary>On one line, whatever is in it.</summary>
    private static string Show(JsonNode? value) => value?.ToJsonString() is not { } json ? "nothing" : json is "\"\"" ? "\"\"" : json.Trim('"');

    private static string Join(JsonNode? names) => names is JsonArray list ? string.Join(", ", list) : Show(names);
}
