// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Frontier.Http.Tls;
using Frontier.Testing;

namespace Frontier.Http.Tests.Transport;

/// <summary>How handshakes end, and what is told of those that fail.</summary>
public sealed class HandshakesTests
{
    [Fact]
    public async Task What_is_agreed_and_not_admitted_is_cut_before_a_byte_is_answered()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        server.Admits = static (version, suite) => !(version is SslProtocols.Tls12 && suite is TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
        Assert.Equal("", await AskAsync(server, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256));
        Assert.Equal(0, server.Handler.Requests);
        Assert.Equal(TlsFailure.NotAdmitted, (await TakeAsync(server)).Failure);

        Assert.EndsWith("/a", await AskAsync(server, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384), StringComparison.Ordinal);
        Assert.Null((await TakeAsync(server)).Failure);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", TlsFailure.NotTls)]
    [InlineData("", TlsFailure.Gone)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", TlsFailure.Gone)] // a hello that breaks off
    public async Task Whoever_speaks_no_TLS_is_told_apart_from_whoever_goes_away(string sent, TlsFailure failure)
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(server.Https);
            await socket.SendAsync(Encoding.Latin1.GetBytes(sent));
            socket.Shutdown(SocketShutdown.Send);
            await TakeAndKeepAsync(server);
        }

        Assert.Equal(failure, server.Handshakes.First().Failure);
    }

    [Fact]
    public async Task A_viewer_with_nothing_in_common_is_told_by_its_name_and_reason()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(server, SslProtocols.Tls12, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA));
        var told = await TakeAsync(server);
        Assert.Equal((TlsFailure.Suite, TestServer.Name, "no shared cipher"), (told.Failure!.Value, told.ServerName, told.Detail));
    }

    [Theory]
    [InlineData("unsupported protocol", TlsFailure.Version)]
    [InlineData("no shared cipher", TlsFailure.Suite)]
    [InlineData("no suitable signature algorithm", TlsFailure.Suite)]
    [InlineData("tlsv1 alert unknown ca", TlsFailure.Refused)]
    [InlineData("sslv3 alert certificate unknown", TlsFailure.Refused)]
    [InlineData("tlsv1 alert protocol version", TlsFailure.Version)]
    [InlineData("wrong version number", TlsFailure.NotTls)]
    [InlineData("http request", TlsFailure.NotTls)]
    [InlineData("something new", TlsFailure.Other)]
    public void Reasons_are_read_out_of_what_the_platform_says(string text, TlsFailure failure)
    {
        var error = new AuthenticationException("Authentication failed, see inner exception.", new IOException($"error:0A000102:SSL routines::{text}"));
        Assert.Equal((failure, text), (HandshakeFault.Of(error), HandshakeFault.Text(error)));
    }

    /// <summary>Otherwise nobody could tell where that list leads.</summary>
    [Fact]
    public void The_platforms_own_suites_are_known()
    {
        Assert.Contains(TlsCipherSuite.TLS_AES_256_GCM_SHA384, PlatformTls.Suites);
        Assert.Contains(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, PlatformTls.Suites);
        Assert.Contains(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, PlatformTls.Suites);
    }

    private static async Task<string> AskAsync(TestServer server, SslProtocols version, TlsCipherSuite suite)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Https);
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = TestServer.Name,
            EnabledSslProtocols = version,
            CipherSuitesPolicy = OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy([suite]),
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, // whose it is is another test's matter
        });
        try
        {
            await stream.WriteAsync("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static Task TakeAndKeepAsync(TestServer server) => Eventually.IsTrueAsync(() => !server.Handshakes.IsEmpty);

    private static async Task<TlsHandshake> TakeAsync(TestServer server)
    {
        await TakeAndKeepAsync(server);
        Assert.True(server.Handshakes.TryDequeue(out var handshake));
        return handshake;
    }
}
