// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>Which versions of HTTP a viewer may speak, and where (§30).</summary>
public sealed class ProtocolsTests
{
    [Fact]
    public async Task Http_2_is_not_spoken_in_clear_DP_30_3()
    {
        await using var edge = await TestEdge.StartAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        var answer = await viewer.ReadToEndAsync();
        Assert.NotEqual('\u0004', answer.ElementAtOrDefault(3)); // no SETTINGS, which every conversation of HTTP/2 begins with (RFC 9113, section 3.4)
        Assert.Empty(edge.Origin.Log);
    }

    [Fact]
    public async Task No_connection_is_upgraded_to_http_2_DP_30_3()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__");
        Assert.StartsWith("HTTP/1.1 200", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Null(edge.Origin.Last("/a").Header("Upgrade"));
    }

    [Fact]
    public async Task A_viewer_of_http_1_0_is_served_and_its_connection_closed_DP_30_5()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        var answer = await edge.SendRawAsync($"GET /a HTTP/1.0\r\nHost: {TestEdge.Host}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_that_names_no_server_is_served_under_the_default_certificate_DP_30_5()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(edge.Server.Https);
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "", RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null });
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.EndsWith("hello", await reader.ReadToEndAsync().WaitAsync(ScriptedOrigin.Patience), StringComparison.Ordinal);
    }
}
