// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Http.Http1;

/// <summary>The byte classes of RFC 9110, section 5.6, and RFC 3986.</summary>
internal static class Http1Bytes
{
    /// <summary><c>tchar</c>: what methods and field names consist of.</summary>
    public static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Every control but the tab: none may stand in a field value.</summary>
    public static readonly SearchValues<byte> NotInValue = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>Controls, space and <c>#</c>. Bytes beyond ASCII may stand in a target (DP-5.3).</summary>
    public static readonly SearchValues<byte> NotInTarget = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, (byte)'#', 127]);

    /// <summary>What a host with its port consists of (RFC 3986, section 3.2.2), without user information.</summary>
    public static readonly SearchValues<byte> Authority =
        SearchValues.Create("-._~%!$&'()*+,;=:[]0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(Token);

    public static bool IsValue(ReadOnlySpan<byte> bytes) => !bytes.ContainsAny(NotInValue);

    public static bool IsTarget(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAny(NotInTarget);
}
