// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Frontier.Control.Postgres.Tests;

/// <summary>Passes connections on to a server until it is stopped, which cuts them all.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    private Relay(int listenPort, string host, int port)
    {
        (_host, _port) = (host, port);
        _listener = new TcpListener(IPAddress.Loopback, listenPort);
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task<Relay> StartAsync(int listenPort, string host, int port) => Task.FromResult(new Relay(listenPort, host, port));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient accepted)
    {
        using var near = accepted;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_host, _port, _stopping.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _stopping.Token), far.GetStream().CopyToAsync(near.GetStream(), _stopping.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // Cut, by whichever side: both ends are closed.
        }
    }
}
