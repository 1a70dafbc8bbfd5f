// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Zones;
using Frontier.Dns.Feed;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Harness;

/// <summary>A real server on ports of its own, with zones that lie on its disk.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ErrorLog _errors = new();
    private DnsServer _server = null!;

    public DnsServer Server => _server;

    public IPEndPoint Endpoint => _server.Endpoints[0];

    public string Port => Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public TemporaryDirectory Files => _directory;

    public static async Task<TestServer> StartAsync(Func<DnsOptions, DnsOptions> with, TimeProvider? time, params ZoneConfig[] zones)
    {
        var server = new TestServer();
        new ZoneJournal(server._directory["zones.jsonl"]).Append(new ZoneAnswer { Position = 1, StartsAnew = true, Zones = [.. zones] });
        var options = with(new DnsOptions
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Directory = server._directory.Path,
            NodeId = "dns-test",
            Domain = "cdn.test",
            AnswersPerSecond = 0,
        });
        server._server = await DnsServer.StartAsync(options, new FixedEdges(), new FirstChoice(), null, routing: null, time ?? TimeProvider.System, server._errors);
        return server;
    }

    public static Task<TestServer> StartAsync(params ZoneConfig[] zones) => StartAsync(static options => options, null, zones);

    public async Task<Told> AskAsync(byte[] message)
    {
        using var socket = new Socket(Endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(Endpoint);
        await socket.SendAsync(message);
        var answer = new byte[4_096];
        return Told.Read(answer.AsSpan(0, await socket.ReceiveAsync(answer, patience.Token)));
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Endpoint);
        return socket;
    }

    public static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    /// <summary>The next answer of a connection; null at its end.</summary>
    public static async Task<Told?> ReadAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var prefix = await ReadAsync(socket, 2, patience.Token);
        return prefix is null ? null : Told.Read(await ReadAsync(socket, (prefix[0] << 8) | prefix[1], patience.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
        _errors.AssertEmpty();
    }

    private static async Task<byte[]?> ReadAsync(Socket socket, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            int received;
            try
            {
                received = await socket.ReceiveAsync(bytes.AsMemory(at), cancellationToken);
            }
            catch (SocketException)
            {
                return null;
            }

            if (received == 0)
            {
                return null;
            }

            at += received;
        }

        return bytes;
    }
}
