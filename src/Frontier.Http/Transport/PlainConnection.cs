// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Frontier.Http.Transport;

/// <summary>A connection as TCP carries it.</summary>
internal sealed class PlainConnection(Socket socket) : Connection
{
    private readonly SocketOperation _receiving = new();
    private readonly SocketOperation _sending = new();
    private IPEndPoint _remote = (IPEndPoint?)socket.RemoteEndPoint ?? new IPEndPoint(IPAddress.None, 0);

    public override IPEndPoint Remote => _remote;

    public override TlsConnection? Tls => null;

    /// <summary>Lets the connection be another's, for whom the one at its other end has opened it. Before anything is spoken on it.</summary>
    public void SpeakFor(IPEndPoint viewer) => _remote = viewer;

    public override ValueTask WaitAsync()
    {
        var waiting = _receiving.ReceiveAsync(socket, Memory<byte>.Empty);
        return waiting.IsCompletedSuccessfully ? ValueTask.CompletedTask : CompleteAsync(waiting);
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _receiving.ReceiveAsync(socket, buffer);

    /// <summary>The socket does not block, so that this never waits.</summary>
    public override int SendNow(IList<ArraySegment<byte>> runs)
    {
        try
        {
            return socket.Send(runs, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            return 0; // as whoever sends the rest finds out
        }
    }

    public override int SendNow(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return socket.Send(bytes, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var sending = _sending.SendAsync(socket, bytes);
        return sending.IsCompletedSuccessfully ? ValueTask.CompletedTask : CompleteAsync(sending);
    }

    public override ValueTask EndAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Both sides have ended, then.
        }

        return ValueTask.CompletedTask;
    }

    public override void EndReceiving()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended, then.
        }
    }

    /// <summary>With a reset: nothing half sent can be taken for a whole.</summary>
    public override void Abort() => socket.Close(timeout: 0);

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        _receiving.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask CompleteAsync(ValueTask<int> operation) => await operation;
}
