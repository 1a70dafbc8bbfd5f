// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;

namespace Frontier.Protocols.SignedUrls;

/// <summary>CloudFront's base64 for query strings and cookies: <c>-</c>, <c>_</c> and <c>~</c> stand for <c>+</c>, <c>=</c> and <c>/</c> (DP-24.1).</summary>
public static class SignatureEncoding
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~"u8);

    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('=', '_').Replace('/', '~');

    /// <summary>False for every character outside of the alphabet, percent signs and ordinary base64 among them, for a missing end, and for a text that is not the one <see cref="Encode"/> makes.</summary>
    /// <param name="into">At least as long as the text.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> into, out int length)
    {
        length = 0;
        if (text.IsEmpty || text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        var plain = into[..text.Length];
        text.CopyTo(plain);
        plain.Replace((byte)'-', (byte)'+');
        plain.Replace((byte)'_', (byte)'=');
        plain.Replace((byte)'~', (byte)'/');
        // The plain text may share its place with the bytes: what is compared in the end is kept.
        Span<byte> end = stackalloc byte[Math.Min(text.Length, 4)];
        text[^end.Length..].CopyTo(end);
        return Base64.DecodeFromUtf8InPlace(plain, out length) is OperationStatus.Done && IsCanonical(end, plain[..length]);
    }

    /// <summary>The last character of a text that ends in the middle of a group has bits that mean nothing: of all that they could be, only zero is taken.</summary>
    private static bool IsCanonical(ReadOnlySpan<byte> end, ReadOnlySpan<byte> bytes)
    {
        Span<byte> last = stackalloc byte[4];
        Base64.EncodeToUtf8(bytes[^(bytes.Length % 3)..], last, out _, out var length);
        last.Replace((byte)'+', (byte)'-');
        last.Replace((byte)'=', (byte)'_');
        last.Replace((byte)'/', (byte)'~');
        return end.EndsWith(last[..length]);
    }
}
