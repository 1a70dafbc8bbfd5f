// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

namespace Frontier.Protocols.Names;

/// <summary>Patterns of <c>*</c>, any run of elements, and <c>?</c>, exactly one; anything else is itself, and both ends are anchored.</summary>
public static class Glob
{
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text) => MatchesAny(pattern, text, (byte)'*', (byte)'?');

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) => MatchesAny(pattern, text, '*', '?');

    /// <summary>With other elements for the two wildcards, where these two may stand for themselves.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, byte any, byte one) => MatchesAny(pattern, text, any, one);

    /// <summary>On a mismatch only the last star is retried: no backtracking further than that is ever needed for <c>*</c> and <c>?</c>.</summary>
    private static bool MatchesAny<T>(ReadOnlySpan<T> pattern, ReadOnlySpan<T> text, T any, T one)
        where T : struct, IEquatable<T>, IEqualityOperators<T, T, bool>
    {
        var at = 0;
        var star = -1;
        var resume = 0;
        var i = 0;
        while (i < text.Length)
        {
            if (at < pattern.Length && pattern[at] == any)
            {
                star = at++;
                resume = i;
            }
            else if (at < pattern.Length && (pattern[at] == one || pattern[at] == text[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                i = ++resume;
            }
            else
            {
                return false;
            }
        }

        return at == pattern.Length || pattern[at..].IndexOfAnyExcept(any) < 0;
    }
}
