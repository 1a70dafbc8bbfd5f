// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Patterns see normalised paths, after the default root object.</summary>
internal static class PatternWithoutPaths
{
    public static LintRule Rule { get; } = new(
        "pattern-without-paths", LintSeverity.Error,
        "A pattern asks for what no path has when it is matched: a double slash, or a segment of dots.",
        "Write the pattern as the path is after it is normalised, without //, /./ and /../.")
    {
        Find = Find,
    };

    private static readonly string[] Removed = ["//", "/./", "/../"];

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var behavior in subject.Patterned)
        {
            var pattern = Encoding.Latin1.GetString(behavior.Model.Pattern.Bytes);
            if (Removed.Any(removed => pattern.Contains(removed, StringComparison.Ordinal)) || pattern.EndsWith("/.", StringComparison.Ordinal) || pattern.EndsWith("/..", StringComparison.Ordinal))
            {
                yield return (behavior.PathOf("PathPattern"), $"{behavior.Config.PathPattern} never matches: paths are normalised before they are matched (DP-3.6).");
            }
            else if (pattern == "/" && subject.Config.DefaultRootObject.Length > 0)
            {
                yield return (behavior.PathOf("PathPattern"), $"{behavior.Config.PathPattern} does not match the root: /{subject.Config.DefaultRootObject} stands for it before behaviors are tried (DP-3.10).");
            }
        }
    }
}
