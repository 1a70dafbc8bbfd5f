// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>What the Connection field says of the connection (RFC 9112, section 9.3; RFC 9110, section 7.6.1).</summary>
public static class ConnectionField
{
    /// <summary>Whether the sender keeps the connection open after this message: the rule in HTTP/1.1, on request only in HTTP/1.0.</summary>
    public static bool KeepsOpen(HeaderList headers, HttpVersion version) =>
        !Has(headers, "close"u8) && (version is not HttpVersion.Http10 || Has(headers, "keep-alive"u8));

    /// <summary>Whether this option is among those of the field, without regard to case.</summary>
    public static bool Has(HeaderList headers, ReadOnlySpan<byte> option)
    {
        for (var i = headers.IndexOf("connection"u8); i >= 0; i = headers.IndexOf("connection"u8, i + 1))
        {
            foreach (var range in headers.Value(i).Split((byte)','))
            {
                if (Ascii.EqualsIgnoreCase(headers.Value(i)[range].Trim(" \t"u8), option))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
