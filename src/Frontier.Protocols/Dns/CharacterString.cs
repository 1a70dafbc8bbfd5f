// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Frontier.Protocols.Dns;

/// <summary>A string of bytes in presentation form (RFC 1035, section 5.1).</summary>
public static class CharacterString
{
    /// <summary>Bytes of the longest one that has its length before it.</summary>
    public const int LongestBytes = 255;

    public static bool TryDecode(ReadOnlySpan<char> text, EscapeForm escapes, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var decoded = new byte[text.Length];
        var length = 0;
        while (!text.IsEmpty)
        {
            var taken = DnsEscapes.Read(text, escapes, out decoded[length++]);
            if (taken == 0)
            {
                return false;
            }

            text = text[taken..];
        }

        bytes = decoded[..length];
        return true;
    }

    /// <summary>In quotation marks.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes, EscapeForm escapes)
    {
        var text = new StringBuilder(bytes.Length + 2).Append('"');
        foreach (var value in bytes)
        {
            DnsEscapes.WriteInQuotes(text, value, escapes);
        }

        return text.Append('"').ToString();
    }
}
