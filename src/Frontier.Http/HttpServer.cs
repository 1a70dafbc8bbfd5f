// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Http.Http2;
using Frontier.Http.Limits;
using Frontier.Http.Transport;

namespace Frontier.Http;

/// <summary>
/// Takes viewers' connections and hands their requests to one handler. Everything a viewer can make it hold is bounded by
/// <see cref="HttpServerLimits"/>.
/// </summary>
public sealed class HttpServer : IHttpServer
{
    /// <summary>Connections that the kernel has taken and we have not yet (nginx's default is 511).</summary>
    private const int Backlog = 4096;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly HttpServerOptions _options;
    private readonly IExchangeHandler _handler;
    private readonly ServerClock _clock;
    private readonly ConnectionTable _connections;
    private readonly ViewerGate _viewers;
    private readonly BodySpace _bodies;
    private readonly Socket? _http;
    private readonly Socket _https;
    private readonly Task _accepting;
    private readonly ITimer _sweep;
    private volatile bool _stopping;

    private HttpServer(HttpServerOptions options, IExchangeHandler handler, TimeProvider time, Socket? http, Socket https)
    {
        (_options, _handler, _http, _https) = (options, handler, http, https);
        _clock = new ServerClock(time);
        _connections = new ConnectionTable(options.Limits);
        _viewers = new ViewerGate(options, _clock);
        _bodies = new BodySpace(options.Limits.WaitingBodyBytes);
        _sweep = time.CreateTimer(static server => ((HttpServer)server!).Sweep(), this, SweepInterval, SweepInterval);
        _accepting = Task.WhenAll(http is null ? Task.CompletedTask : AcceptAsync(http, isSecure: false), AcceptAsync(https, isSecure: true));
    }

    public IPEndPoint Http => (IPEndPoint)(_http ?? throw new InvalidOperationException("This server listens for TLS alone.")).LocalEndPoint!;

    public IPEndPoint Https => (IPEndPoint)_https.LocalEndPoint!;

    /// <summary>Connections that have not ended, handshakes included.</summary>
    public int ConnectionCount => _connections.Count;

    /// <exception cref="IOException">An address is taken or not ours; the message says which.</exception>
    public static HttpServer Start(HttpServerOptions options, IExchangeHandler handler, TimeProvider time)
    {
        var http = options.Http is { } clear ? Listen(clear) : null;
        try
        {
            return new HttpServer(options, handler, time, http, Listen(options.Https));
        }
        catch
        {
            http?.Dispose();
            throw;
        }
    }

    /// <summary>Takes no new connections, lets those under way answer what they were asked, and cuts what is left after <see cref="HttpServerLimits.DrainTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        _http?.Dispose();
        _https.Dispose();
        await _accepting;
        await _connections.DrainAsync(_options.Limits.DrainTimeout);
        await _sweep.DisposeAsync();
    }

    private static Socket Listen(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new IOException($"Cannot listen on {address}: {error.Message}.", error);
        }
    }

    private async Task AcceptAsync(Socket listener, bool isSecure)
    {
        while (!_stopping)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync();
            }
            catch (SocketException) when (!_stopping)
            {
                await Task.Delay(AcceptPause); // reset before it was taken, or no descriptor left: the next one may fare better
                continue;
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            Take(socket, isSecure);
        }
    }

    /// <summary>Serves a connection, or closes it before a byte of it has cost anything.</summary>
    private void Take(Socket socket, bool isSecure)
    {
        if (RemoteOf(socket) is not { } remote)
        {
            socket.Dispose(); // reset already
            return;
        }

        var isBalancer = _options.IsBalancer(remote); // for whom it speaks is yet to be heard
        var visit = isBalancer ? null : _viewers.Admit(remote, isSecure);
        if (visit is null && !isBalancer)
        {
            socket.Close(timeout: 0); // with a reset: nothing of it stays behind
            return;
        }

        var served = new ServedConnection(socket, isSecure, _options, _handler, _clock, _viewers, _bodies, visit);
        if (!_connections.TryAdd(served))
        {
            _viewers.Report(ViewerLimit.Connections, remote);
            visit?.Leave();
            socket.Dispose();
            return;
        }

        _ = served.RunAsync(_connections); // ends by itself, and the table knows when
    }

    private static IPAddress? RemoteOf(Socket socket)
    {
        try
        {
            return (socket.RemoteEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private void Sweep()
    {
        _clock.Update();
        _connections.Sweep();
        _viewers.Sweep();
    }
}
