// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Frontier.Http.Transport;

/// <summary>One receive or send at a time on a socket, awaited without allocation and without an exception of the platform's. One user at a time.</summary>
internal sealed class SocketOperation : SocketAsyncEventArgs, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _source;

    public SocketOperation()
        : base(true) // no execution context: nothing here depends on one
    {
    }

    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    public ValueTask<int> ReceiveAsync(Socket socket, Memory<byte> buffer)
    {
        SetBuffer(buffer);
        _source.Reset();
        try
        {
            return socket.ReceiveAsync(this) ? new ValueTask<int>(this, _source.Version) : new ValueTask<int>(Transferred());
        }
        catch (ObjectDisposedException)
        {
            throw new ViewerGoneException();
        }
    }

    /// <summary>Sends all of the buffer: the platform completes a send on a stream with its last byte.</summary>
    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    public ValueTask<int> SendAsync(Socket socket, ReadOnlyMemory<byte> buffer)
    {
        SetBuffer(System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer));
        _source.Reset();
        try
        {
            return socket.SendAsync(this) ? new ValueTask<int>(this, _source.Version) : new ValueTask<int>(Transferred());
        }
        catch (ObjectDisposedException)
        {
            throw new ViewerGoneException();
        }
    }

    int IValueTaskSource<int>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>A failure is one from the start: who sees the operation completed without waiting must not take it for a success.</summary>
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (SocketError is SocketError.Success)
        {
            _source.SetResult(BytesTransferred);
        }
        else
        {
            _source.SetException(new ViewerGoneException());
        }
    }

    private int Transferred() => SocketError is SocketError.Success ? BytesTransferred : throw new ViewerGoneException();
}
