// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>Fields that speak of one connection and end with it (RFC 9110, section 7.6.1; §21.2).</summary>
public static class ConnectionHeaders
{
    public static ImmutableArray<byte[]> Names { get; } =
    [
        "connection"u8.ToArray(), "keep-alive"u8.ToArray(), "proxy-authenticate"u8.ToArray(), "proxy-authorization"u8.ToArray(), "proxy-connection"u8.ToArray(),
        "te"u8.ToArray(), "trailer"u8.ToArray(), "transfer-encoding"u8.ToArray(), "upgrade"u8.ToArray(),
    ];

    public static bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (var candidate in Names)
        {
            if (candidate.Length == name.Length && Ascii.EqualsIgnoreCase(candidate, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a Connection field of the message names this header as belonging to the connection.</summary>
    public static bool IsNominated(HeaderList headers, ReadOnlySpan<byte> name)
    {
        for (var i = headers.IndexOf("connection"u8); i >= 0; i = headers.IndexOf("connection"u8, i + 1))
        {
            var reader = new DirectiveReader(headers.Value(i));
            while (reader.MoveNext())
            {
                if (Ascii.EqualsIgnoreCase(reader.Name, name))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
