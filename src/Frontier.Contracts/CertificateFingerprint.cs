// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Contracts;

/// <summary>Tells what is held of a certificate from everything else: the certificate and its chain. The key need not be in it, because it fits one certificate alone.</summary>
public static class CertificateFingerprint
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>SHA-256 in 64 lower-case hexadecimal digits.</summary>
    /// <param name="certificates">PEM, the certificate first; the text counts as it is.</param>
    public static string Of(string certificates) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(certificates)));

    /// <summary>Whether a text has that form, so that it may be a file's name.</summary>
    public static bool IsOne(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(Digits);
}
