// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using Frontier.Http.Transport;
using Frontier.Protocols.Http;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Http.Http1;

/// <summary>The exchange under way on an HTTP/1.1 connection; the same object for all of them, one after the other.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing to dispose, and whoever still has its token may go on asking it.")]
internal sealed class Http1Exchange(Connection connection, Http1Input input, Http1Output output, Http1Body body, ServerClock clock) : HttpExchange
{
    private readonly byte[] _sizeLine = new byte[ChunkedEncoder.MaxSizeLineBytes];
    private CancellationTokenSource _aborted = new();
    private HeaderList? _trailers;
    private long? _bodyLeft;
    private long _writtenBefore;
    private int _headBytes;
    private bool _isChunked;
    private bool _hasBody;
    private volatile bool _isAborted;

    public override IPEndPoint Remote => connection.Remote;

    public override TlsConnection? Tls => connection.Tls;

    public override bool ConnectionReused => IsReused;

    public override CancellationToken Aborted => _aborted.Token;

    public override bool HasBody => body.Exists && !IsWebSocket;

    public override long? BodyLength => HasBody ? body.Length : null;

    public override bool IsWebSocket => AsksForWebSocket;

    public override HeaderList? RequestTrailers => body.IsRead ? body.Trailers : null;

    public override long BytesReceived => _headBytes + (IsTunnel ? TunnelBytes : body.BytesRead);

    public override long BytesSent => output.Written - _writtenBefore;

    /// <summary>Set for every request after the first.</summary>
    public bool IsReused { get; set; }

    public bool AsksForWebSocket { get; private set; }

    /// <summary>After a 101: the connection belongs to the two ends.</summary>
    public bool IsTunnel { get; private set; }

    public bool HasStarted { get; private set; }

    /// <summary>No further request is read from the connection.</summary>
    public bool EndsConnection { get; set; }

    public bool IsAborted => _isAborted;

    private long TunnelBytes { get; set; }

    /// <summary>A request's head has been read into <see cref="HttpExchange.Request"/>.</summary>
    public void Begin(int headBytes, bool asksForWebSocket)
    {
        _headBytes = headBytes;
        _writtenBefore = output.Written;
        _trailers = null;
        _bodyLeft = null;
        _isChunked = false;
        _hasBody = false;
        HasStarted = false;
        AsksForWebSocket = asksForWebSocket;
        if (!_aborted.TryReset())
        {
            _aborted = new CancellationTokenSource();
        }
    }

    /// <summary>The viewer has left: whoever works for it may stop.</summary>
    public void Leave() => ThreadPool.UnsafeQueueUserWorkItem(static source => Cancel(source), _aborted, preferLocal: false);

    public override void AllowPauses() => body.AllowPauses();

    public override ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken) =>
        IsTunnel ? ReadTunnelAsync(cancellationToken) : ReadContentAsync(cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var room = await output.ReserveAsync(ResponseHeadWriter.MaxBytes(head.Headers) + FramingBytes);
        WriteHead(head, bodyLength, room.Span);
        if (IsTunnel)
        {
            await output.FlushAsync();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes.IsEmpty || !_hasBody)
        {
            return;
        }

        if (_isChunked)
        {
            await output.WriteAsync(_sizeLine.AsMemory(0, ChunkedEncoder.WriteSizeLine(_sizeLine, bytes.Length)));
            await output.WriteAsync(bytes);
            await output.WriteAsync(LineEnd);
            return;
        }

        Take(bytes.Length);
        await output.WriteAsync(bytes);
        if (IsTunnel)
        {
            await output.FlushAsync();
        }
    }

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => output.FlushAsync();

    public override ValueTask FlushEarlierAsync() => output.FlushAsync();

    /// <summary>The way of a hit: what fits is copied, and sent when the connection has nothing more to answer.</summary>
    public override ValueTask RespondAsync(PreparedHead head, HeaderList varying, ReadOnlySequence<byte> bytes)
    {
        var room = head.Http1.Length + varying.WireBytes + FramingBytes;
        if ((head.BodyLength is null && !bytes.IsEmpty) || !output.TryReserve(room, out var span))
        {
            return base.RespondAsync(head, varying, bytes);
        }

        StartFraming(head.Status, head.BodyLength);
        if (!_hasBody)
        {
            bytes = default;
        }

        var at = Append(span, 0, head.Http1);
        at = ResponseHeadWriter.WriteFields(varying, span, at);
        at = WriteFraming(span, at, head.HasDate);
        output.Advance(at);
        if (bytes.Length > Math.Min(Http1Output.CopiedBytes, span.Length - at))
        {
            Take(bytes.Length);
            return output.WriteAsync(bytes);
        }

        span = span[at..];
        at = 0;
        foreach (var run in bytes)
        {
            at = Append(span, at, run.Span);
        }

        Take(at);
        output.Advance(at);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken)
    {
        if (Request.Version is HttpVersion.Http10 || HasStarted)
        {
            return; // RFC 9110, section 15.2
        }

        var room = await output.ReserveAsync(ResponseHeadWriter.MaxBytes(head.Headers) + LineEnd.Length);
        var at = ResponseHeadWriter.Write(head.Status, head.Headers, null, room.Span);
        output.Advance(Append(room.Span, at, LineEnd.Span));
        await output.FlushAsync();
    }

    public override void EndConnection() => EndsConnection = true;

    public override void SendTrailers(HeaderList trailers) => _trailers = trailers;

    public override void Abort()
    {
        _isAborted = true;
        connection.Abort();
        Cancel(_aborted);
    }

    /// <summary>The handler is done: what is left to write is written. False when the answer is not whole.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> TryFinishAsync()
    {
        if (!HasStarted || IsAborted || _bodyLeft > 0)
        {
            return false;
        }

        if (_isChunked)
        {
            await output.WriteAsync(ChunkedEncoder.End(_trailers));
        }

        return true;
    }

    /// <summary>Whether <see cref="TryFinishAsync"/> has nothing to write, and the answer is whole.</summary>
    public bool IsFinished => HasStarted && !IsAborted && !_isChunked && _bodyLeft is null or 0;

    private static ReadOnlyMemory<byte> LineEnd { get; } = "\r\n"u8.ToArray();

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException)
        {
            // Whoever registered has a fault of its own; the viewer is gone all the same.
        }
    }

    /// <summary>More than the fields of <see cref="WriteFraming"/> and their end take: Connection, Upgrade, Transfer-Encoding, Date.</summary>
    private const int FramingBytes = 160;

    private void WriteHead(ResponseHead head, long? bodyLength, Span<byte> room)
    {
        if (head.Status == 101)
        {
            IsTunnel = true;
            _hasBody = true;
        }

        var at = ResponseHeadWriter.Write(head.Status, head.Headers, bodyLength, room);
        if (!IsTunnel)
        {
            StartFraming(head.Status, bodyLength);
        }

        HasStarted = true;
        output.Advance(WriteFraming(room, at, head.Headers.Contains("date"u8)));
    }

    /// <summary>Where the body will end (RFC 9112, section 6.3).</summary>
    private void StartFraming(int status, long? bodyLength)
    {
        if (HasStarted)
        {
            throw new InvalidOperationException("The answer has begun already: a second head would be taken for its body.");
        }

        HasStarted = true;
        body.ForgoContinue();
        _hasBody = Request.Method is not RequestMethod.Head && status is not (204 or 205 or 304);
        _bodyLeft = _hasBody ? bodyLength : null;
        _isChunked = _hasBody && bodyLength is null && Request.Version is HttpVersion.Http11;
        EndsConnection |= (_hasBody && bodyLength is null && !_isChunked) || body.IsAwaited; // who has not been asked for a body may send it or not
    }

    /// <summary>What the connection adds to a head, and the head's end. Returns where it ends.</summary>
    private int WriteFraming(Span<byte> room, int at, bool hasDate)
    {
        if (!hasDate && !IsTunnel)
        {
            at = Append(room, at, "Date: "u8);
            at = Append(room, at, clock.Date);
            at = Append(room, at, "\r\n"u8);
        }

        if (IsTunnel)
        {
            at = Append(room, at, "Connection: Upgrade\r\n"u8);
        }
        else if (EndsConnection)
        {
            at = Append(room, at, "Connection: close\r\n"u8);
        }
        else if (Request.Version is HttpVersion.Http10)
        {
            at = Append(room, at, "Connection: keep-alive\r\n"u8);
        }

        if (_isChunked)
        {
            at = Append(room, at, "Transfer-Encoding: chunked\r\n"u8);
        }

        return Append(room, at, "\r\n"u8);
    }

    private void Take(long count)
    {
        if (_bodyLeft is { } left)
        {
            _bodyLeft = count <= left ? left - count : throw new InvalidOperationException($"The answer's body is longer than the {left} bytes that are left of what its head says.");
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadContentAsync(CancellationToken cancellationToken)
    {
        if (!body.Exists)
        {
            return default; // and the connection watches, while the handler is at work
        }

        var run = await body.ReadAsync(cancellationToken);
        if (run.IsEmpty && input.IsEmpty && !input.IsReceiving)
        {
            input.Watch(); // the viewer has said all: from here on its leaving can be noticed
        }

        return run;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadTunnelAsync(CancellationToken cancellationToken)
    {
        var run = await body.ReadRawAsync(cancellationToken);
        TunnelBytes += run.Length;
        return run;
    }

    private static int Append(Span<byte> destination, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[at..]);
        return at + bytes.Length;
    }
}
