// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Decisions.Models;

/// <summary>What may stand in a header field that is configured as text (RFC 9110, sections 5.1 and 5.5).</summary>
internal static class FieldSyntax
{
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>A name, or a pattern of names: the star is a token's character.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Token);

    /// <summary>Without controls other than the tab, each character one byte; it may be empty (DP-21.11).</summary>
    public static bool IsValue(string text) => !text.Any(static character => character is (< ' ' and not '\t') or '\x7f' or > '\xff');
}
