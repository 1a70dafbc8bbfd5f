// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Names;

namespace Frontier.Decisions.Explaining;

/// <summary>Why a path pattern does not match a path (DP-3.2 to DP-3.5).</summary>
public static class PatternExplanation
{
    /// <param name="pattern">One that has been found not to match.</param>
    /// <param name="path">The path that was matched against, printable.</param>
    public static string Mismatch(string pattern, string path)
    {
        if (new PathPattern(pattern.ToUpperInvariant()).Matches(System.Text.Encoding.Latin1.GetBytes(path.ToUpperInvariant())))
        {
            return "differs only in case, and patterns are case-sensitive (DP-3.4)";
        }

        var anchored = pattern.StartsWith('/') || pattern == "*" ? pattern : "/" + pattern;
        var head = anchored.IndexOfAny(['*', '?']) is >= 0 and var first ? anchored[..first] : anchored;
        if (!path.StartsWith(head, StringComparison.Ordinal))
        {
            return head.Length == anchored.Length ? $"is not exactly {anchored} (DP-3.2)" : $"does not begin with {head} (DP-3.2)";
        }

        var tail = anchored[(anchored.LastIndexOfAny(['*', '?']) + 1)..];
        return path.EndsWith(tail, StringComparison.Ordinal)
            ? "what the wildcards would have to stand for is not there (DP-3.2)"
            : head.Length == anchored.Length ? $"goes on after {anchored}, and patterns match to the end (DP-3.2)" : $"does not end with {tail} (DP-3.2)";
    }
}
