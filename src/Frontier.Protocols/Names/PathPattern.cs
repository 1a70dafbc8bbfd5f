// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Names;

/// <summary>
/// A behavior's path pattern (DP-3.2 to DP-3.4): <c>*</c> is any run of bytes, slashes included, <c>?</c> exactly one, anything
/// else itself; case-sensitive, anchored at both ends, and a leading slash may be left out.
/// </summary>
public sealed class PathPattern
{
    private readonly byte[] _pattern;

    public PathPattern(string pattern)
    {
        Text = pattern;
        _pattern = System.Text.Encoding.Latin1.GetBytes(pattern.StartsWith('/') || pattern == "*" ? pattern : "/" + pattern);
    }

    public string Text { get; }

    /// <summary>Linear in practice: on a mismatch only the last star is retried (no backtracking further than that is ever needed for <c>*</c> and <c>?</c>).</summary>
    public bool Matches(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> pattern = _pattern;
        var at = 0;
        var star = -1;
        var resume = 0;
        var i = 0;
        while (i < path.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = i;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == path[i]))
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

        return at == pattern.Length || pattern[at..].IndexOfAnyExcept((byte)'*') < 0;
    }

    public override string ToString() => Text;
}
