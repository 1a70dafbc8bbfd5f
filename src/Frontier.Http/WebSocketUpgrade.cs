// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>The handshake of a WebSocket as HTTP/1.1 has it (RFC 6455, section 4.1).</summary>
public static class WebSocketUpgrade
{
    public static bool IsAskedFor(RequestHead request) =>
        request.Headers.TryGet("upgrade"u8, out var upgrade) && Ascii.EqualsIgnoreCase(upgrade, "websocket"u8)
        && request.Method is RequestMethod.Get && request.Version is HttpVersion.Http11 && IsNominated(request.Headers);

    /// <summary>Adds the key if there is none: HTTP/2 has no use for one, and an origin over HTTP/1.1 answers to it.</summary>
    public static void Complete(HeaderList headers)
    {
        if (!headers.Contains("sec-websocket-key"u8))
        {
            headers.Add("Sec-WebSocket-Key"u8, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))));
        }
    }

    private static bool IsNominated(HeaderList headers)
    {
        for (var i = headers.IndexOf("connection"u8); i >= 0; i = headers.IndexOf("connection"u8, i + 1))
        {
            foreach (var option in headers.Value(i).Split((byte)','))
            {
                if (Ascii.EqualsIgnoreCase(headers.Value(i)[option].Trim(" \t"u8), "upgrade"u8))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
