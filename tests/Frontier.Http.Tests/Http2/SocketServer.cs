// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Http.Http2;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http2;

/// <summary>HTTP/2 on a port of its own, in the clear and without asking (RFC 9113, section 3.3).</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IExchangeHandler _handler;
    private readonly ServerClock _clock = new(new ManualTimeProvider());
    private readonly List<Http2Connection> _connections = [];
    private readonly List<Task> _running = [];
    private readonly Task _accepting;

    public SocketServer(Func<HttpExchange, ValueTask> answer)
    {
        _handler = new AnsweringHandler(answer);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<Http2Connection> Connections => _connections;

    public HttpClient Client() => new(new SocketsHttpHandler { ConnectTimeout = ScriptedOrigin.Patience, UseProxy = false })
    {
        BaseAddress = Address,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = ScriptedOrigin.Patience,
    };

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running).WaitAsync(ScriptedOrigin.Patience); // the clients are gone by now; a bug in a handler is told here
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new Http2Connection(new SocketConnection(await _listener.AcceptAsync()), _handler, new HttpServerLimits(), _clock);
                _connections.Add(connection);
                _running.Add(connection.RunAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }
}
