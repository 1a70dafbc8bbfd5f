// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>The handshake of a WebSocket as HTTP/1.1 has it (RFC 6455, section 4.1).</summary>
public static class WebSocketUpgrade
{
    public static bool IsAskedFor(RequestHead request) =>
        request.Headers.TryGet("upgrade"u8, out var upgrade) && Ascii.EqualsIgnoreCase(upgrade, "websocket"u8)
        && request.Method is RequestMethod.Get && request.Version is HttpVersion.Http11 && ConnectionField.Has(request.Headers, "upgrade"u8);

    /// <summary>Adds the key if there is none: HTTP/2 has no use for one, and an origin over HTTP/1.1 answers to it.</summary>
    public static void Complete(HeaderList headers)
    {
        if (!headers.Contains("sec-websocket-key"u8))
        {
            headers.Add("Sec-WebSocket-Key"u8, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))));
        }
    }
}
