// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Frontier.Testing;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Transport;

/// <summary>TLS under the server: what is agreed on, sessions, and handshakes that are none (RFC 8446, RFC 7301).</summary>
public sealed class TlsTests
{
    private static readonly HttpServerLimits Limits = new() { HandshakeTimeout = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task The_protocol_is_chosen_by_ALPN_and_is_HTTP_1_1_without_it()
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, $"{exchange.Request.IsHttps} {exchange.Tls!.ServerName} {exchange.Tls.Protocol}"));
        foreach (var protocols in new SslApplicationProtocol[][] { [], [SslApplicationProtocol.Http11], [new("x"), SslApplicationProtocol.Http11] })
        {
            using var viewer = await RawViewer.ConnectTlsAsync(server, protocols);
            Assert.Equal(protocols.LastOrDefault(), viewer.Protocol);
            await viewer.GetAsync("/");
            Assert.Equal($"True {TestServer.Name} TLSv1.3", (await viewer.ReadAnswerAsync()).Body);
        }

        using var both = await RawViewer.ConnectTlsAsync(server, SslApplicationProtocol.Http11, SslApplicationProtocol.Http2);
        Assert.Equal(SslApplicationProtocol.Http2, both.Protocol);
        await Assert.ThrowsAnyAsync<Exception>(() => RawViewer.ConnectTlsAsync(server, new SslApplicationProtocol("x")));
    }

    [Fact]
    public async Task A_session_is_resumed_without_a_certificate_section_2_2()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        var options = RawViewer.Options(SslApplicationProtocol.Http11);
        options.AllowTlsResume = false;
        var full = await HandshakeBytesAsync(server, options);
        options.AllowTlsResume = true;
        await HandshakeBytesAsync(server, options);
        Assert.InRange(await HandshakeBytesAsync(server, options), 1, full - 300); // the certificate alone has more
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fingerprints_are_there_when_asked_for(bool wantsFingerprints)
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, $"{exchange.Tls!.Fingerprints?.Ja4}"), wantsFingerprints: wantsFingerprints);
        using var viewer = await RawViewer.ConnectTlsAsync(server, SslApplicationProtocol.Http11);
        await viewer.GetAsync("/");
        Assert.Matches(wantsFingerprints ? "^t13d[0-9]{4}h1_[0-9a-f]{12}_[0-9a-f]{12}$" : "^$", (await viewer.ReadAnswerAsync()).Body);
    }

    [Fact]
    public async Task An_end_in_order_is_told_by_an_alert_section_6_1()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Https);
        using var bytes = new CountingStream(new NetworkStream(socket));
        await using var tls = new SslStream(bytes);
        await tls.AuthenticateAsClientAsync(RawViewer.Options(SslApplicationProtocol.Http11));
        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray());
        var answer = new StringBuilder();
        var buffer = new byte[1024];
        while (await tls.ReadAsync(buffer) is > 0 and var count)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Assert.EndsWith("\r\n\r\n/", answer.ToString(), StringComparison.Ordinal);
        Assert.False(bytes.HasEnded); // TLS has said so before TCP had to
    }

    [Theory]
    [InlineData("")]
    [InlineData("\x16\x03\x01\x02\x00\x01")]
    public async Task A_handshake_that_never_ends_is_cut(string begun)
    {
        await using var server = TestServer.Start(Answers.PathAsync, Limits);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Https);
        await socket.SendAsync(Encoding.Latin1.GetBytes(begun));
        await Eventually.IsTrueAsync(() => server.Connections == 1);
        Assert.InRange(await server.PassUntilAsync(server.HasNoConnectionsAsync()), Limits.HandshakeTimeout, TimeSpan.MaxValue);
        Assert.Equal(0, server.Handler.Requests);
    }

    [Fact]
    public async Task What_is_no_TLS_ends_the_connection_and_is_nobodys_fault()
    {
        await using var server = TestServer.Start(Answers.PathAsync, wantsFingerprints: true);
        byte[][] attempts =
        [
            .. new[] { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n", "\x16\x03\x01\0\x05\x01\0\0\x01\x03", "\x16\x03\x01\x40\0" + new string('\x01', 16_384), "\x15\x03\x01\0\x02\x02\x28" }.Select(Encoding.Latin1.GetBytes),
            .. Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf().Sample(100, 50),
        ];
        foreach (var bytes in attempts)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Https);
            await socket.SendAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
        }

        await server.HasNoConnectionsAsync();
        Assert.Equal(0, server.Handler.Requests);
    }

    [Fact]
    public async Task A_fault_in_choosing_the_certificate_is_told_of_and_ends_only_that_connection()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        server.OnSelect = static _ => throw new ArgumentException("a bug");
        await Assert.ThrowsAnyAsync<Exception>(() => RawViewer.ConnectTlsAsync(server));
        Assert.Equal("a bug", (await server.TakeFaultAsync()).InnerException!.Message);
        server.OnSelect = null;
        using var viewer = await RawViewer.ConnectTlsAsync(server);
        await viewer.GetAsync("/");
        Assert.Equal("/", (await viewer.ReadAnswerAsync()).Body);
    }

    [Fact]
    public async Task TLS_1_2_is_spoken_too()
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, exchange.Tls!.Protocol));
        var options = RawViewer.Options(SslApplicationProtocol.Http11);
        options.EnabledSslProtocols = SslProtocols.Tls12;
        using var viewer = await RawViewer.ConnectTlsAsync(server, options);
        await viewer.GetAsync("/");
        Assert.Equal("TLSv1.2", (await viewer.ReadAnswerAsync()).Body);
    }

    private static async Task<long> HandshakeBytesAsync(TestServer server, SslClientAuthenticationOptions options)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Https);
        using var bytes = new CountingStream(new NetworkStream(socket));
        await using var tls = new SslStream(bytes);
        await tls.AuthenticateAsClientAsync(options);
        var handshake = bytes.Received;
        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray());
        var buffer = new byte[1024];
        while (await tls.ReadAsync(buffer) > 0)
        {
            // The tickets for the next session come with the first bytes.
        }

        return handshake;
    }
}
