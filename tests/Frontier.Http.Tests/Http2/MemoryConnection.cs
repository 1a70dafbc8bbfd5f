// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Frontier.Http.Transport;

namespace Frontier.Http.Tests.Http2;

/// <summary>A viewer's connection without a network. What the viewer does not read holds the server back once it is more than the given bytes.</summary>
internal sealed class MemoryConnection(TlsConnection? tls = null, int unreadBytes = 16 * 1024 * 1024) : Connection
{
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Pipe _toViewer = new(new PipeOptions(pauseWriterThreshold: unreadBytes, resumeWriterThreshold: Math.Max(1, unreadBytes / 2), useSynchronizationContext: false));
    private volatile bool _isWaiting;
    private long _received;

    public PipeWriter ViewerOut => _toServer.Writer;

    public PipeReader ViewerIn => _toViewer.Reader;

    /// <summary>The lengths of the sends there were.</summary>
    public List<int> Sends { get; } = [];

    public bool IsAborted { get; private set; }

    /// <summary>The server has taken what the viewer sent, has done what it says, and waits for more.</summary>
    public bool IsDrained => _isWaiting && Interlocked.Read(ref _received) == SentBytes;

    /// <summary>By the viewer.</summary>
    public long SentBytes { get; set; }

    public override IPEndPoint Remote { get; } = new(IPAddress.Loopback, 4711);

    public override TlsConnection? Tls => tls;

    public override async ValueTask WaitAsync()
    {
        var result = await ReadAsync();
        _toServer.Reader.AdvanceTo(result.Buffer.Start);
    }

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var result = await ReadAsync();
        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var part = result.Buffer.Slice(0, count);
        part.CopyTo(buffer.Span);
        _toServer.Reader.AdvanceTo(part.End);
        Interlocked.Add(ref _received, count);
        return count;
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        ThrowIfAborted();
        Sends.Add(bytes.Length);
        var result = await _toViewer.Writer.WriteAsync(bytes);
        if (result.IsCanceled || result.IsCompleted)
        {
            throw new ViewerGoneException();
        }
    }

    public override async ValueTask EndAsync()
    {
        ThrowIfAborted();
        await _toViewer.Writer.CompleteAsync();
    }

    public override void Abort()
    {
        IsAborted = true;
        _toServer.Reader.CancelPendingRead();
        _toViewer.Writer.CancelPendingFlush();
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<ReadResult> ReadAsync()
    {
        ThrowIfAborted();
        var reading = _toServer.Reader.ReadAsync();
        _isWaiting = !reading.IsCompleted;
        var result = await reading;
        _isWaiting = false;
        return result.IsCanceled ? throw new ViewerGoneException() : result;
    }

    private void ThrowIfAborted()
    {
        if (IsAborted)
        {
            throw new ViewerGoneException();
        }
    }
}
