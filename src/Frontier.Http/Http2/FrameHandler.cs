// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Http.Http2;

/// <summary>
/// Does what a viewer's frames say (RFC 9113, section 6), one after the other. Whatever it gets wrong either ends one stream
/// or, by the code returned, the connection (section 5.4). The reader's alone.
/// </summary>
internal sealed class FrameHandler(StreamTable streams, RequestIntake requests)
{
    private const int PingBytes = 8, NumberBytes = 4, PriorityBytes = 5, GoAwayBytes = 8;

    private bool _sawPreface;
    private bool _sawSettings;

    /// <summary>The viewer will open no more streams.</summary>
    public bool IsViewerLeaving { get; private set; }

    /// <summary>Handles all frames that have been received in full. Returns why the connection must end; NO_ERROR when it need not.</summary>
    public ErrorCode HandleAll(FrameReader input, Action afterFrame)
    {
        if (!_sawPreface)
        {
            switch (input.TakePreface())
            {
                case null:
                    return ErrorCode.NoError;
                case false:
                    return ErrorCode.ProtocolError;
                case true:
                    _sawPreface = true;
                    break;
            }
        }

        while (input.TryPeek(out var header))
        {
            if (header.Length > Http2Limits.FrameBytes)
            {
                return ErrorCode.FrameSizeError; // section 4.2
            }

            if (!input.TryTake(header, out var payload))
            {
                break;
            }

            var error = Handle(header, payload);
            if (error is not ErrorCode.NoError)
            {
                return error;
            }

            afterFrame();
        }

        return ErrorCode.NoError;
    }

    private ErrorCode Handle(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (!_sawSettings && (header.Type is not FrameType.Settings || header.Has(FrameFlags.Acknowledged)))
        {
            return ErrorCode.ProtocolError; // section 3.4
        }

        if (requests.IsInHead != (header.Type is FrameType.Continuation))
        {
            return ErrorCode.ProtocolError; // section 6.10
        }

        return header.Type switch
        {
            FrameType.Data => requests.OnData(header, payload),
            FrameType.Headers => requests.OnHeaders(header, payload),
            FrameType.Continuation => requests.OnContinuation(header, payload),
            FrameType.Priority => OnPriority(header),
            FrameType.ResetStream => OnResetStream(header),
            FrameType.Settings => OnSettings(header, payload),
            FrameType.PushPromise => ErrorCode.ProtocolError, // section 8.4
            FrameType.Ping => OnPing(header, payload),
            FrameType.GoAway => OnGoAway(header),
            FrameType.WindowUpdate => OnWindowUpdate(header, payload),
            FrameType.PriorityUpdate => OnPriorityUpdate(header, payload),
            _ => Idle(), // section 5.5
        };
    }

    /// <summary>Deprecated, but for its form (section 6.3).</summary>
    private ErrorCode OnPriority(in FrameHeader header)
    {
        if (header.StreamId == 0)
        {
            return ErrorCode.ProtocolError;
        }

        lock (streams.Gate)
        {
            return header.Length == PriorityBytes ? IdleLocked()
                : streams.TryFind(header.StreamId, out var exchange) ? streams.ResetProvoked(exchange, ErrorCode.FrameSizeError)
                : IdleLocked(); // of a stream that is not there; an error of its own would have nowhere to go
        }
    }

    private ErrorCode OnResetStream(in FrameHeader header)
    {
        if (header.StreamId == 0)
        {
            return ErrorCode.ProtocolError;
        }

        if (header.Length != NumberBytes)
        {
            return ErrorCode.FrameSizeError;
        }

        lock (streams.Gate)
        {
            if (streams.IsUnused(header.StreamId))
            {
                return ErrorCode.ProtocolError;
            }

            if (!streams.TryFind(header.StreamId, out var exchange))
            {
                return IdleLocked();
            }

            streams.ResetByViewer(exchange);
            return streams.Guard.MayReset() ? ErrorCode.NoError : ErrorCode.EnhanceYourCalm;
        }
    }

    private ErrorCode OnSettings(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId != 0)
        {
            return ErrorCode.ProtocolError;
        }

        lock (streams.Gate)
        {
            if (header.Has(FrameFlags.Acknowledged))
            {
                return header.Length == 0 ? IdleLocked() : ErrorCode.FrameSizeError;
            }

            var knows = requests.ViewerKnowsPriorities;
            var error = SettingsFrame.Apply(payload, streams, ref knows);
            if (error is not ErrorCode.NoError)
            {
                return error;
            }

            if (_sawSettings && knows != requests.ViewerKnowsPriorities)
            {
                return ErrorCode.ProtocolError; // RFC 9218, section 2.1: said once, at the beginning
            }

            requests.ViewerKnowsPriorities = knows;
            _sawSettings = true;
            streams.Output.Control(FrameType.Settings, FrameFlags.Acknowledged, 0, default);
            return streams.Guard.MayIdle(Http2Limits.IdleFramesPerSettings) ? ErrorCode.NoError : ErrorCode.EnhanceYourCalm;
        }
    }

    private ErrorCode OnPing(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId != 0)
        {
            return ErrorCode.ProtocolError;
        }

        if (header.Length != PingBytes)
        {
            return ErrorCode.FrameSizeError;
        }

        lock (streams.Gate)
        {
            if (!header.Has(FrameFlags.Acknowledged))
            {
                streams.Output.Control(FrameType.Ping, FrameFlags.Acknowledged, 0, payload);
            }

            return IdleLocked();
        }
    }

    private ErrorCode OnGoAway(in FrameHeader header)
    {
        IsViewerLeaving = true;
        return header.StreamId != 0 ? ErrorCode.ProtocolError : header.Length < GoAwayBytes ? ErrorCode.FrameSizeError : Idle();
    }

    private ErrorCode OnWindowUpdate(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Length != NumberBytes)
        {
            return ErrorCode.FrameSizeError;
        }

        var bytes = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
        lock (streams.Gate)
        {
            if (header.StreamId == 0)
            {
                if (bytes == 0)
                {
                    return ErrorCode.ProtocolError;
                }

                if (!streams.Output.Window.TryGrow(bytes))
                {
                    return ErrorCode.FlowControlError;
                }

                streams.Output.Unblock();
                return IdleLocked();
            }

            if (!streams.TryFind(header.StreamId, out var exchange))
            {
                return streams.IsUnused(header.StreamId) ? ErrorCode.ProtocolError : IdleLocked();
            }

            if (bytes == 0 || !exchange.Output.Window.TryGrow(bytes))
            {
                return streams.ResetProvoked(exchange, bytes == 0 ? ErrorCode.ProtocolError : ErrorCode.FlowControlError);
            }

            streams.Output.Unstall(exchange.Output);
            return IdleLocked();
        }
    }

    /// <summary>RFC 9218, section 7.1.</summary>
    private ErrorCode OnPriorityUpdate(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId != 0)
        {
            return ErrorCode.ProtocolError;
        }

        if (header.Length < NumberBytes)
        {
            return ErrorCode.FrameSizeError;
        }

        var streamId = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
        if (streamId == 0)
        {
            return ErrorCode.ProtocolError;
        }

        var priority = PriorityField.Parse(payload[NumberBytes..]);
        lock (streams.Gate)
        {
            if (streams.TryFind(streamId, out var exchange))
            {
                exchange.Output.Prioritize(priority);
            }
            else if (streams.IsUnused(streamId))
            {
                requests.Early.Keep(streamId, priority);
            }

            return IdleLocked();
        }
    }

    private ErrorCode Idle()
    {
        lock (streams.Gate)
        {
            return IdleLocked();
        }
    }

    /// <summary>Counts a frame that brings nothing.</summary>
    private ErrorCode IdleLocked() => streams.Guard.MayIdle() ? ErrorCode.NoError : ErrorCode.EnhanceYourCalm;
}
