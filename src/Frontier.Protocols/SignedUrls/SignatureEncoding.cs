// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;

namespace Frontier.Protocols.SignedUrls;

/// <summary>CloudFront's base64 for query strings and cookies: <c>-</c>, <c>_</c> and <c>~</c> stand for <c>+</c>, <c>=</c> and <c>/</c> (DP-24.1).</summary>
public static class SignatureEncoding
{
    private static readonly SearchValues<byte> _alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~"u8);

    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('=', '_').Replace('/', '~');

    /// <summary>False for every character outside of the alphabet, percent signs and ordinary base64 among them, and for a missing end.</summary>
    /// <param name="into">At least as long as the text.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> into, out int length)
    {
        length = 0;
        if (text.IsEmpty || text.ContainsAnyExcept(_alphabet))
        {
            return false;
        }

        var plain = into[..text.Length];
        text.CopyTo(plain);
        plain.Replace((byte)'-', (byte)'+');
        plain.Replace((byte)'_', (byte)'=');
        plain.Replace((byte)'~', (byte)'/');
        return Base64.DecodeFromUtf8InPlace(plain, out length) is OperationStatus.Done;
    }
}
