// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>Whether an origin's 101 answers the handshake that was sent to it (RFC 6455, section 4.1). Pure.</summary>
public static class WebSocketHandshake
{
    /// <summary>Hashed together with the key: an origin that knows it has understood the handshake (RFC 6455, section 1.3).</summary>
    private static ReadOnlySpan<byte> Suffix => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>True when the answer upgrades this connection to a WebSocket and proves that it has seen the request's key.</summary>
    public static bool IsAccepted(HeaderList request, HeaderList answer) =>
        TryGetOnly(answer, "upgrade"u8, out var protocol) && Ascii.EqualsIgnoreCase(protocol, "websocket"u8)
        && ConnectionHeaders.IsNominated(answer, "upgrade"u8)
        && TryGetOnly(request, "sec-websocket-key"u8, out var key)
        && TryGetOnly(answer, "sec-websocket-accept"u8, out var accept) && accept.SequenceEqual(Accept(key));

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 names SHA-1; nothing is kept secret by it.")]
    private static byte[] Accept(ReadOnlySpan<byte> key) => Encoding.ASCII.GetBytes(Convert.ToBase64String(SHA1.HashData([.. key, .. Suffix])));

    /// <summary>Of two fields of that name nobody knows which one the other side went by.</summary>
    private static bool TryGetOnly(HeaderList headers, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        headers.TryGet(name, out value) && headers.IndexOf(name, headers.IndexOf(name) + 1) < 0;
}
