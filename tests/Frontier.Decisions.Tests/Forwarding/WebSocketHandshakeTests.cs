// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Forwarding;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>RFC 6455, section 4.1: an origin's 101 must answer this handshake. The key is the RFC's own, of section 1.3.</summary>
public sealed class WebSocketHandshakeTests
{
    private const string Upgrade = "Upgrade: websocket";
    private const string Connection = "Connection: Upgrade";
    private const string Accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    [Theory]
    [InlineData(true, Upgrade, Connection, Accept)]
    [InlineData(true, "upgrade: WebSocket", "connection: keep-alive, upgrade", Accept)]
    [InlineData(false, Upgrade, Connection)]
    [InlineData(false, Upgrade, Connection, "Sec-WebSocket-Accept: ")]
    [InlineData(false, Upgrade, Connection, "Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(false, Upgrade, Connection, "Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO=")]
    [InlineData(false, Upgrade, Connection, Accept, Accept)]
    [InlineData(false, Upgrade, Connection, Accept, "Sec-WebSocket-Accept: other")]
    [InlineData(false, Connection, Accept)]
    [InlineData(false, "Upgrade: h2c", Connection, Accept)]
    [InlineData(false, "Upgrade: websocket, h2c", Connection, Accept)]
    [InlineData(false, Upgrade, "Upgrade: h2c", Connection, Accept)]
    [InlineData(false, Upgrade, Accept)]
    [InlineData(false, Upgrade, "Connection: close", Accept)]
    public void Only_an_answer_to_the_key_is_taken_for_one_DP_30_1(bool accepted, params string[] answer) =>
        Assert.Equal(accepted, WebSocketHandshake.IsAccepted(Sample.Headers("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), Sample.Headers(answer)));

    [Theory]
    [InlineData]
    [InlineData("Sec-WebSocket-Key: other")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    public void Without_one_key_nothing_is_an_answer_to_it(params string[] request) =>
        Assert.False(WebSocketHandshake.IsAccepted(Sample.Headers(request), Sample.Headers(Upgrade, Connection, Accept)));
}
