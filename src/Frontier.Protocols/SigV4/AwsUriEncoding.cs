// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>Percent-encoding as Signature Version 4 defines it: everything but the unreserved characters of RFC 3986, upper-case hex.</summary>
public static class AwsUriEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <summary>Encodes the UTF-8 bytes of <paramref name="text"/>; a slash stays when <paramref name="keepSlash"/>.</summary>
    public static string Encode(string text, bool keepSlash = false) => Encode(Encoding.UTF8.GetBytes(text), keepSlash);

    public static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash)
    {
        var encoded = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            if (Unreserved.Contains((char)value, StringComparison.Ordinal) || (keepSlash && value == '/'))
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Undoes percent-encoding to bytes; a malformed escape stays as it is. Characters must be ISO 8859-1.</summary>
    public static byte[] Decode(string text, bool plusIsSpace = false)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes[length++] = value;
                i += 2;
            }
            else
            {
                bytes[length++] = plusIsSpace && text[i] == '+' ? (byte)' ' : (byte)text[i];
            }
        }

        return bytes[..length];
    }
}
