// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>An origin that shakes hands as a test says, and answers one request.</summary>
internal static class HandshakeOrigin
{
    /// <summary>What became of a request to it, and which suite it settled on; null where it did not come to that.</summary>
    public static async Task<(OriginResult Result, TlsCipherSuite? Used)> AskAsync(OriginBench bench, SslServerAuthenticationOptions handshake)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        bench.Endpoint = bench.Endpoint with { Port = ((IPEndPoint)listener.LocalEndPoint!).Port };
        var serving = ServeOneAsync(listener, handshake);

        var result = await bench.SendAsync("/");
        return (result, await serving.WaitAsync(ScriptedOrigin.Patience));
    }

    private static async Task<TlsCipherSuite?> ServeOneAsync(Socket listener, SslServerAuthenticationOptions handshake)
    {
        using var socket = await listener.AcceptAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync(handshake);
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
            return stream.NegotiatedCipherSuite;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return null; // the edge sees what it caused
        }
    }
}
