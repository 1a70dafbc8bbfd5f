// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;

namespace Frontier.Decisions.Models;

/// <summary>What may stand in a header field (RFC 9110, sections 5.1 and 5.5).</summary>
internal static class FieldSyntax
{
    private const string TokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Token = SearchValues.Create(TokenCharacters);
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(Encoding.ASCII.GetBytes(TokenCharacters));

    /// <summary>A name, or a pattern of names: the star is a token's character.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Token);

    /// <summary>RFC 9110, section 5.6.2.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenBytes);

    /// <summary>Without controls other than the tab, each character one byte; it may be empty (DP-21.11).</summary>
    public static bool IsValue(string text) => !text.Any(static character => character is (< ' ' and not '\t') or '\x7f' or > '\xff');
}
