// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Frontier.Edge.Tests.Harness;

/// <summary>An address that leads to another, as a router's does: nobody behind it knows that it is theirs.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isPaused;

    public Relay(IPEndPoint target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>The first bytes that it has kept back have come when this ends.</summary>
    public Task Held => _held.Task.WaitAsync(Frontier.Testing.ScriptedOrigin.Patience);

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>From here on nothing gets through, and no connection ends: as with a machine that has stopped.</summary>
    public void Pause() => _isPaused = true;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await _listener.AcceptAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket accepted)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_target);
        await using var near = new NetworkStream(accepted, ownsSocket: true);
        await using var far = new NetworkStream(socket, ownsSocket: true);
        await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near)); // where one side is gone, the other goes too
    }

    private async Task CopyAsync(Stream from, Stream to)
    {
        try
        {
            var buffer = new byte[16_384];
            while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
            {
                if (_isPaused)
                {
                    _held.TrySetResult();
                    await new TaskCompletionSource().Task.WaitAsync(_stopping.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Gone, or not wanted any more.
        }
    }
}
