// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>What the Connection field says of the connection's future (RFC 9112, section 9.3).</summary>
public static class ConnectionField
{
    /// <summary>Whether the sender keeps the connection open after this message: the rule in HTTP/1.1, on request only in HTTP/1.0.</summary>
    public static bool KeepsOpen(HeaderList headers, HttpVersion version)
    {
        var keeps = version is not HttpVersion.Http10;
        for (var i = headers.IndexOf("connection"u8); i >= 0; i = headers.IndexOf("connection"u8, i + 1))
        {
            foreach (var range in headers.Value(i).Split((byte)','))
            {
                var option = headers.Value(i)[range].Trim(" \t"u8);
                if (Ascii.EqualsIgnoreCase(option, "close"u8))
                {
                    return false;
                }

                keeps |= Ascii.EqualsIgnoreCase(option, "keep-alive"u8);
            }
        }

        return keeps;
    }
}
