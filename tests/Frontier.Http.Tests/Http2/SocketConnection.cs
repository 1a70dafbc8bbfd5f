// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Http.Transport;

namespace Frontier.Http.Tests.Http2;

/// <summary>A plain connection over a real socket, no more than tests need.</summary>
internal sealed class SocketConnection(Socket socket) : Connection
{
    public override IPEndPoint Remote => (IPEndPoint)socket.RemoteEndPoint!;

    public override TlsConnection? Tls => null;

    public override async ValueTask WaitAsync() => await CatchAsync(socket.ReceiveAsync(Memory<byte>.Empty));

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => CatchAsync(socket.ReceiveAsync(buffer));

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await CatchAsync(socket.SendAsync(bytes))..];
        }
    }

    public override ValueTask EndAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            return ValueTask.CompletedTask;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }

    public override void Abort() => socket.Dispose();

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<int> CatchAsync(ValueTask<int> transfer)
    {
        try
        {
            return await transfer;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }
}
