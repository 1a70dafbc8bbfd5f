// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Matching;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Patterns are tried in order, so order can make one useless. Decided exactly by <see cref="PatternCover"/>.</summary>
internal static class ShadowedBehavior
{
    public static LintRule Rule { get; } = new(
        "shadowed-behavior", LintSeverity.Error,
        "A behavior can never match: those before it match every path that it matches.",
        "Move it before them, or remove it.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        for (var at = 1; at < subject.Patterned.Length; at++)
        {
            var behavior = subject.Patterned[at];
            var earlier = subject.Patterned.Take(at).Select(static before => before.Model.Pattern).ToList();
            if (PatternCover.Decide(behavior.Model.Pattern, earlier).Verdict is CoverVerdict.Covered)
            {
                yield return (behavior.PathOf("PathPattern"), Why(behavior.Model.Pattern, earlier));
            }
        }
    }

    private static string Why(PathPattern pattern, List<PathPattern> earlier)
    {
        if (earlier.Find(before => PatternCover.Decide(pattern, [before]).Verdict is CoverVerdict.Covered) is not { } alone)
        {
            return $"{pattern} never matches: the behaviors before it, taken together, match all that it matches (DP-3.1).";
        }

        return PatternCover.AreSame(pattern, alone)
            ? $"{pattern} never matches: {alone}, which matches the same paths, comes first (DP-3.1)."
            : $"{pattern} never matches: {alone} matches all that it matches, and comes first (DP-3.1).";
    }
}
