// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Http.Http2.Hpack;
using Frontier.Http.Limits;

namespace Frontier.Http.Http2;

/// <summary>
/// Makes requests of HEADERS, CONTINUATION and DATA frames (RFC 9113, sections 5.1, 6.1, 6.2 and 8.1), and has each answered as
/// soon as its head is there. The reader's alone.
/// </summary>
internal sealed class RequestIntake(Http2Connection connection, StreamTable streams, IExchangeHandler handler, HttpServerLimits limits, ServerClock clock)
{
    private const int PriorityBytes = 5;

    private readonly HpackDecoder _decoder = new(Http2Limits.TableBytes);
    private readonly RequestFields _fields = new();
    private readonly TrailerFields _trailers = new();
    private byte[]? _block;
    private int _blockBytes;
    private int _continuations;
    private FrameHeader _blockOf;
    private bool _sawRequest;
    private long _headSince = -1;

    /// <summary>A head has come in part; nothing but its rest may follow (section 6.10).</summary>
    public bool IsInHead => _block is not null;

    /// <summary>When that head began, in seconds of the server's clock; -1 when there is none.</summary>
    public long HeadSince => Volatile.Read(ref _headSince);

    /// <summary>The viewer has said that it means RFC 9218 by what it says of priorities, and by what it does not say.</summary>
    public bool ViewerKnowsPriorities { get; set; }

    public EarlyPriorities Early { get; } = new();

    public ErrorCode OnHeaders(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId == 0)
        {
            return ErrorCode.ProtocolError;
        }

        if (Unpad(header, ref payload) is not ErrorCode.NoError and var unpadding)
        {
            return unpadding;
        }

        if (header.Has(FrameFlags.Priority))
        {
            if (payload.Length < PriorityBytes)
            {
                return ErrorCode.FrameSizeError;
            }

            payload = payload[PriorityBytes..]; // deprecated (section 5.3.2)
        }

        if (header.Has(FrameFlags.EndHeaders))
        {
            return OnBlock(header, payload);
        }

        _block = ArrayPool<byte>.Shared.Rent(Http2Limits.BlockBytes);
        _blockOf = header;
        _blockBytes = payload.Length;
        _continuations = 0;
        payload.CopyTo(_block);
        Volatile.Write(ref _headSince, clock.Seconds);
        return ErrorCode.NoError;
    }

    public ErrorCode OnContinuation(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId != _blockOf.StreamId)
        {
            return ErrorCode.ProtocolError;
        }

        if (++_continuations > Http2Limits.Continuations || _blockBytes + payload.Length > Http2Limits.BlockBytes)
        {
            return ErrorCode.EnhanceYourCalm; // what is not read cannot be passed over: its table would be missing (section 4.3)
        }

        payload.CopyTo(_block.AsSpan(_blockBytes));
        _blockBytes += payload.Length;
        if (!header.Has(FrameFlags.EndHeaders))
        {
            return ErrorCode.NoError;
        }

        var block = _block!;
        try
        {
            return OnBlock(_blockOf, block.AsSpan(0, _blockBytes));
        }
        finally
        {
            Clear();
        }
    }

    public ErrorCode OnData(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId == 0)
        {
            return ErrorCode.ProtocolError;
        }

        if (Unpad(header, ref payload) is not ErrorCode.NoError and var unpadding)
        {
            return unpadding;
        }

        lock (streams.Gate)
        {
            if (streams.IsUnused(header.StreamId))
            {
                return ErrorCode.ProtocolError;
            }

            if (streams.Window.Available < header.Length)
            {
                return ErrorCode.FlowControlError;
            }

            streams.Window.Take(header.Length);
            if (!streams.TryFind(header.StreamId, out var exchange))
            {
                streams.Release(null, header.Length);
                return streams.EndingOf(header.StreamId) is not StreamEnding.ResetByUs ? ErrorCode.StreamClosed : Idle();
            }

            var error = TakeData(exchange, header, payload);
            if (error is ErrorCode.NoError)
            {
                return payload.IsEmpty && !header.Has(FrameFlags.EndStream) ? Idle() : ErrorCode.NoError;
            }

            streams.Release(null, header.Length);
            return streams.ResetProvoked(exchange, error);
        }
    }

    /// <summary>Gives the block's buffer back.</summary>
    public void Clear()
    {
        if (_block is not null)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = null;
            Volatile.Write(ref _headSince, -1);
        }
    }

    /// <summary>What is wrong with a stream's DATA, which was not taken then.</summary>
    private ErrorCode TakeData(Http2Exchange exchange, in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var input = exchange.Input;
        var endsStream = header.Has(FrameFlags.EndStream);
        if (input.IsEnded)
        {
            return ErrorCode.StreamClosed;
        }

        if (input.Window.Available < header.Length)
        {
            return ErrorCode.FlowControlError;
        }

        var total = input.BodyBytes + payload.Length;
        if (total > input.Length || (endsStream && input.Length is { } length && total != length))
        {
            return ErrorCode.ProtocolError; // section 8.1.1
        }

        if (streams.Bodies.IsTooMuch && !payload.IsEmpty)
        {
            return ErrorCode.EnhanceYourCalm;
        }

        input.Window.Take(header.Length);
        input.Add(payload);
        streams.Release(exchange, header.Length - payload.Length); // padding is flow-controlled, and nobody reads it (section 6.1)
        if (endsStream)
        {
            streams.EndInput(exchange);
        }
        else if (!payload.IsEmpty)
        {
            streams.Wake(exchange);
        }

        return ErrorCode.NoError;
    }

    private ErrorCode OnBlock(in FrameHeader header, ReadOnlySpan<byte> block)
    {
        var streamId = header.StreamId;
        Http2Exchange? opened;
        lock (streams.Gate)
        {
            if (streams.TryFind(streamId, out var exchange))
            {
                return OnTrailers(exchange, header, block);
            }

            if (streamId <= streams.LastStreamId)
            {
                return streams.EndingOf(streamId) switch
                {
                    StreamEnding.ResetByUs => PassOver(block),
                    StreamEnding.ResetByViewer or StreamEnding.Whole => ErrorCode.StreamClosed,
                    StreamEnding.Unknown => ErrorCode.ProtocolError, // section 5.1.1
                };
            }

            if (streamId % 2 == 0)
            {
                return ErrorCode.ProtocolError; // section 5.1.1
            }

            if (connection.TakesNothing)
            {
                return PassOver(block); // section 6.8: above the last that our GOAWAY named
            }

            streams.Use(streamId);
            if (streams.OpenCount >= limits.MaxStreams || streams.Running >= limits.MaxStreams)
            {
                var error = PassOver(block);
                return error is ErrorCode.NoError ? streams.Refuse(streamId, ErrorCode.RefusedStream) : error;
            }

            opened = streams.Rent(connection);
        }

        return OnRequest(opened, header, block);
    }

    private ErrorCode OnRequest(Http2Exchange exchange, in FrameHeader header, ReadOnlySpan<byte> block)
    {
        var endsStream = header.Has(FrameFlags.EndStream);
        _fields.Begin(exchange.Request, connection.Tls is not null);
        if (!_decoder.TryDecode(block, _fields))
        {
            return ErrorCode.CompressionError;
        }

        var verdict = _fields.End(endsStream);
        var asksTooMuch = verdict is not HeadVerdict.Malformed && connection.Visit is { } visit && !visit.TryAsk(); // refusals cost an answer, too
        lock (streams.Gate)
        {
            if (asksTooMuch && connection.Visit!.GoesOn)
            {
                streams.Recycle(exchange);
                return ErrorCode.EnhanceYourCalm;
            }

            if (verdict is HeadVerdict.Malformed)
            {
                streams.Recycle(exchange);
                return streams.Refuse(header.StreamId, ErrorCode.ProtocolError);
            }

            exchange.Open(_fields, _sawRequest, endsStream, block.Length);
            exchange.Output.Open(header.StreamId, streams.InitialWindow, PriorityOf(header.StreamId));
            streams.Start(exchange, header.StreamId);
        }

        _sawRequest = true;
        exchange.Run.Start(handler, asksTooMuch ? connection.Visit!.Met.Status : verdict switch
        {
            HeadVerdict.Sound or HeadVerdict.Malformed => 0,
            HeadVerdict.Unservable => 400,
            HeadVerdict.TooBig => 413,
            HeadVerdict.TargetTooLong => 414,
        });
        return ErrorCode.NoError;
    }

    private PriorityField PriorityOf(int streamId) =>
        Early.Find(streamId) ?? (_fields.HasPriority ? _fields.Priority : ViewerKnowsPriorities ? PriorityField.Default : PriorityField.Unsaid);

    /// <summary>A second block ends the request (section 8.1).</summary>
    private ErrorCode OnTrailers(Http2Exchange exchange, in FrameHeader header, ReadOnlySpan<byte> block)
    {
        var input = exchange.Input;
        _trailers.Begin(input.IsEnded ? null : exchange.Trailers);
        if (!_decoder.TryDecode(block, _trailers))
        {
            return ErrorCode.CompressionError;
        }

        if (input.IsEnded)
        {
            return streams.ResetProvoked(exchange, ErrorCode.StreamClosed);
        }

        if (!_trailers.IsSound || !header.Has(FrameFlags.EndStream) || (input.Length is { } length && length != input.BodyBytes))
        {
            return streams.ResetProvoked(exchange, ErrorCode.ProtocolError);
        }

        streams.EndInput(exchange);
        return ErrorCode.NoError;
    }

    /// <summary>Reads a block that belongs to no request, for the table that both sides share (section 4.3).</summary>
    private ErrorCode PassOver(ReadOnlySpan<byte> block)
    {
        _trailers.Begin(null);
        return _decoder.TryDecode(block, _trailers) ? Idle() : ErrorCode.CompressionError;
    }

    private ErrorCode Idle() => streams.Guard.MayIdle() ? ErrorCode.NoError : ErrorCode.EnhanceYourCalm;

    /// <summary>Takes the padding off DATA and HEADERS. It is an error if there is more of it than the frame has room for (sections 6.1 and 6.2).</summary>
    private static ErrorCode Unpad(in FrameHeader header, ref ReadOnlySpan<byte> payload)
    {
        if (!header.Has(FrameFlags.Padded))
        {
            return ErrorCode.NoError;
        }

        if (payload.IsEmpty)
        {
            return ErrorCode.FrameSizeError;
        }

        if (payload[0] >= payload.Length)
        {
            return ErrorCode.ProtocolError;
        }

        payload = payload[1..^payload[0]];
        return ErrorCode.NoError;
    }
}
