// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>What a viewer may take its time for, and for how long (<see cref="HttpServerLimits"/>). Under the connection's lock, once a second.</summary>
internal sealed class ConnectionTimes(HttpServerLimits limits, StreamTable streams, long started)
{
    private long _restingSince = started;
    private int _lastStreamId;
    private int _slowStreams;
    private long _partialSince = -1;
    private FrameHeader _partial;
    private int _partialBytes;
    private long _blockedSince = -1;
    private long _blockedAt;

    /// <summary>Notes what the reader has left over: the beginning of a frame, or nothing.</summary>
    public void Received(long seconds, FrameReader input)
    {
        if (input.IsEmpty)
        {
            _partialSince = -1;
            return;
        }

        var before = _partial;
        input.TryPeek(out _partial);
        _partialBytes = input.PartialBytes;
        _partialSince = _partialSince < 0 || before != _partial ? seconds : _partialSince;
    }

    /// <summary>For how long no stream has been open; 0 while one is.</summary>
    public long RestedSeconds(long seconds) =>
        _lastStreamId != streams.LastStreamId || streams.OpenCount > 0 || streams.Running > 0 ? 0 : seconds - _restingSince;

    /// <summary>Why the connection must end now; null when it need not. Streams that are too slow are reset on the way.</summary>
    /// <param name="headSince">When the head under way began; -1 when there is none.</param>
    public ErrorCode? Check(long seconds, long headSince)
    {
        if (_lastStreamId != streams.LastStreamId || streams.OpenCount > 0 || streams.Running > 0)
        {
            _restingSince = seconds;
            _lastStreamId = streams.LastStreamId;
        }

        var isFirst = streams.LastStreamId == 0;
        if (seconds - _restingSince >= (isFirst ? limits.HeadTimeout : limits.KeepAliveTimeout).TotalSeconds)
        {
            return ErrorCode.NoError;
        }

        var isSlowFrame = _partialSince >= 0 && seconds - _partialSince >= limits.HeadTimeout.TotalSeconds && _partial is not { Type: FrameType.Data, StreamId: > 0 };
        var isSlowHead = headSince >= 0 && seconds - headSince >= limits.HeadTimeout.TotalSeconds;
        if (isSlowFrame || isSlowHead || IsBlockedTooLong(seconds))
        {
            return ErrorCode.EnhanceYourCalm;
        }

        CheckStreams(seconds);
        if (_slowStreams > Http2Limits.SlowStreams)
        {
            return ErrorCode.EnhanceYourCalm;
        }

        if (streams.OpenCount == 0 && streams.Running == 0)
        {
            streams.Shrink();
        }

        return null;
    }

    /// <summary>All streams that could send wait for the connection's window, which the viewer hardly opens.</summary>
    private bool IsBlockedTooLong(long seconds)
    {
        var output = streams.Output;
        if (!output.IsBlocked)
        {
            _blockedSince = -1;
            return false;
        }

        if (_blockedSince < 0 || output.DataBytes - _blockedAt >= limits.SendBytes)
        {
            (_blockedSince, _blockedAt) = (seconds, output.DataBytes);
        }

        return seconds - _blockedSince >= limits.SendTimeout.TotalSeconds;
    }

    private void CheckStreams(long seconds)
    {
        List<Http2Exchange>? slow = null;
        foreach (var exchange in streams.Open)
        {
            if (IsStalledTooLong(exchange.Output, seconds) || IsBodyTooSlow(exchange))
            {
                (slow ??= []).Add(exchange);
            }
        }

        foreach (var exchange in slow ?? [])
        {
            streams.Reset(exchange, ErrorCode.Cancel);
            _slowStreams++;
        }
    }

    private bool IsStalledTooLong(StreamOutput output, long seconds)
    {
        if (!output.IsStalled)
        {
            return false;
        }

        if (output.StalledSince < 0 || output.BytesSent - output.StalledAt >= limits.SendBytes)
        {
            (output.StalledSince, output.StalledAt) = (seconds, output.BytesSent);
        }

        return seconds - output.StalledSince >= limits.SendTimeout.TotalSeconds;
    }

    /// <summary>Only the time counts for which the handler has waited for it.</summary>
    private bool IsBodyTooSlow(Http2Exchange exchange)
    {
        if (exchange.MayPause || !exchange.Reading.IsArmed)
        {
            return false;
        }

        exchange.WaitedSeconds++;
        var received = exchange.Input.BodyBytes + (_partialSince >= 0 && _partial.StreamId == exchange.Output.StreamId ? _partialBytes : 0);
        return exchange.WaitedSeconds > limits.BodyGrace.TotalSeconds && received < exchange.WaitedSeconds * limits.BodyBytesPerSecond;
    }
}
