// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Names;

/// <summary>
/// A behavior's path pattern (DP-3.2 to DP-3.4): <c>*</c> is any run of bytes, slashes included, <c>?</c> exactly one, anything
/// else itself; case-sensitive, anchored at both ends, and a leading slash may be left out (DP-3.3).
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

    /// <summary>As it is matched, with its leading slash; a lone <c>*</c> has none.</summary>
    public ReadOnlySpan<byte> Bytes => _pattern;

    public bool Matches(ReadOnlySpan<byte> path) => Glob.Matches(_pattern, path);

    public override string ToString() => Text;
}
