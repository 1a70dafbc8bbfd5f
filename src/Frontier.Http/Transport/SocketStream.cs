// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using Frontier.Http.Tls;

namespace Frontier.Http.Transport;

/// <summary>
/// What TLS reads from and writes to. It gathers the records of one write, which TLS hands over one by one, and keeps the
/// first bytes received until somebody has looked at the ClientHello. Asynchronous use only.
/// </summary>
internal sealed class SocketStream(PlainConnection connection) : Stream
{
    /// <summary>Four full records and their frames; more goes out in several sends.</summary>
    private const int GatherBytes = 4 * ((16 * 1024) + 64);

    private byte[]? _gathered;
    private int _used;
    private bool _gathers;
    private bool _shakesHands = true;
    private ArrayBufferWriter<byte>? _hello;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The bytes received since <see cref="KeepHello"/>.</summary>
    public ReadOnlySpan<byte> Hello => _hello is { } hello ? hello.WrittenSpan : default;

    /// <summary>Begins to keep what is received, up to <see cref="ClientHello.MaxBytes"/>.</summary>
    public void KeepHello() => _hello = new ArrayBufferWriter<byte>();

    public void DropHello() => _hello = null;

    /// <summary>The handshake is over: what is received goes on in the thread that polled it.</summary>
    public void EndHandshake() => _shakesHands = false;

    /// <summary>From here on what is written waits for <see cref="SendGatheredAsync"/>, or for the room to be used up.</summary>
    public void Gather() => _gathers = true;

    public ValueTask SendGatheredAsync()
    {
        _gathers = false;
        if (_used == 0)
        {
            return ValueTask.CompletedTask;
        }

        var sending = connection.SendAsync(_gathered.AsMemory(0, _used));
        _used = 0;
        if (!sending.IsCompletedSuccessfully)
        {
            return ReturnAsync(sending);
        }

        Return();
        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _shakesHands ? ReadHandshakeAsync(buffer) : connection.ReceiveAsync(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_gathers || buffer.Length > GatherBytes)
        {
            return connection.SendAsync(buffer); // handshakes; no record is ever that long
        }

        _gathered ??= ArrayPool<byte>.Shared.Rent(GatherBytes);
        if (_used + buffer.Length > _gathered.Length)
        {
            return SendFullAsync(buffer);
        }

        buffer.CopyTo(_gathered.AsMemory(_used));
        _used += buffer.Length;
        return ValueTask.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is kept that a flush could ask for.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask<int> ReadHandshakeAsync(Memory<byte> buffer)
    {
        var receiving = connection.ReceiveAsync(buffer);
        var hasWaited = !receiving.IsCompleted;
        var count = await receiving;
        if (hasWaited)
        {
            await Task.Yield(); // what comes next computes for hundreds of microseconds: not on a thread that polls for other connections
        }

        if (_hello is { } hello && hello.WrittenCount + count <= ClientHello.MaxBytes)
        {
            hello.Write(buffer.Span[..count]);
        }

        return count;
    }

    private async ValueTask SendFullAsync(ReadOnlyMemory<byte> next)
    {
        await connection.SendAsync(_gathered.AsMemory(0, _used));
        next.CopyTo(_gathered);
        _used = next.Length;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReturnAsync(ValueTask sending)
    {
        await sending;
        Return();
    }

    private void Return()
    {
        if (_gathered is { } buffer)
        {
            _gathered = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
