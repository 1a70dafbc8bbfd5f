// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Runtime.ExceptionServices;
using Frontier.Http.Limits;
using Frontier.Http.Transport;

namespace Frontier.Http.Http2;

/// <summary>
/// HTTP/2 with one viewer (RFC 9113). One task reads: it cuts frames, and has each request answered inline as far as that goes
/// without waiting. Answers gather meanwhile and are sent together when all that was received has been handled. Another task
/// sends; neither waits for the other, and both meet in <see cref="StreamTable"/>.
/// </summary>
public sealed class Http2Connection : HttpConnection
{
    private const int GoAwayBytes = 8;

    private readonly Connection _connection;
    private readonly HttpServerLimits _limits;
    private readonly ServerClock _clock;
    private readonly StreamTable _streams;
    private readonly OutputWriter _writer;
    private readonly RequestIntake _requests;
    private readonly FrameHandler _frames;
    private readonly FrameReader _input = new();
    private readonly ConnectionTimes _times;
    private readonly Action _afterFrame;
    private ExceptionDispatchInfo? _failure;
    private long _closingSince = -1;
    private long _lingerSeconds;
    private long _drainingSince = -1;

    public Http2Connection(Connection connection, IExchangeHandler handler, HttpServerLimits limits, ServerClock clock)
    {
        (_connection, _limits, _clock) = (connection, limits, clock);
        _streams = new StreamTable(clock, limits);
        _writer = new OutputWriter(connection, clock, _streams.Gate, _streams.Output, _streams.Signals);
        _requests = new RequestIntake(this, _streams, handler, limits, clock);
        _frames = new FrameHandler(_streams, _requests);
        _times = new ConnectionTimes(limits, _streams, clock.Seconds);
        _afterFrame = AfterFrame;
    }

    public override long RestedSeconds
    {
        get
        {
            lock (_streams.Gate)
            {
                return _closingSince < 0 && _drainingSince < 0 ? _times.RestedSeconds(_clock.Seconds) : 0;
            }
        }
    }

    /// <summary>What the viewer may ask; null for as much as it likes.</summary>
    internal ViewerVisit? Visit { get; init; }

    /// <summary>Where bodies wait; null for as much room as the windows allow.</summary>
    internal BodySpace? Bodies
    {
        init => _streams.Bodies = new ConnectionBodies(value);
    }

    internal IPEndPoint Remote => _connection.Remote;

    internal TlsConnection? Tls => _connection.Tls;

    internal ReadOnlySpan<byte> Date => _clock.Date;

    /// <summary>Streams that are opened now are passed over: the viewer has been told which was the last. Under the lock.</summary>
    internal bool TakesNothing { get; private set; }

    public override async Task RunAsync()
    {
        var writing = _writer.RunAsync();
        try
        {
            Greet();
            await ReadAsync();
        }
        catch (ViewerGoneException)
        {
            // As good an end as any.
        }
        catch (Exception error)
        {
            Fail(error);
        }

        Shut(ErrorCode.NoError, says: false);
        await writing;
        await HandlersAsync();
        _requests.Clear();
        _input.Clear();
        _failure?.Throw();
    }

    public override void Sweep()
    {
        var seconds = _clock.Seconds;
        ErrorCode? ends = null;
        var isDead = false;
        bool isClaimed;
        lock (_streams.Gate)
        {
            if (_closingSince >= 0)
            {
                isDead = seconds - _closingSince > _lingerSeconds;
            }
            else if (_streams.Output.IsOverrun || _writer.SendingSeconds >= _limits.SendTimeout.TotalSeconds)
            {
                isDead = true; // nothing that was said would be read
            }
            else
            {
                ends = _times.Check(seconds, _requests.HeadSince) ?? CheckDrain(seconds);
            }

            isClaimed = _streams.Output.TryClaim();
        }

        Continue(isClaimed);
        if (isDead)
        {
            _connection.Abort();
        }
        else if (ends is { } code)
        {
            Shut(code, says: true);
        }
    }

    public override void Drain()
    {
        bool isClaimed;
        lock (_streams.Gate)
        {
            if (_drainingSince < 0 && _closingSince < 0)
            {
                // The viewer may have requests on their way: the first GOAWAY names no last stream yet (section 6.8).
                _drainingSince = _clock.Seconds;
                GoAway(int.MaxValue, ErrorCode.NoError);
            }

            isClaimed = _streams.Output.TryClaim();
        }

        Continue(isClaimed);
    }

    /// <summary>Goes on with what the lock was left for: sending, when it was claimed, and telling handlers what they wait for.</summary>
    internal void Continue(bool isClaimed)
    {
        if (isClaimed)
        {
            _writer.Wake();
        }

        _streams.Signals.Settle();
    }

    /// <summary>Sends what was gathered if it leaves no room for so much, and nobody sends already.</summary>
    internal void MakeRoom(int bytes)
    {
        if (_streams.Output.HasRoom(bytes))
        {
            return;
        }

        bool isClaimed;
        lock (_streams.Gate)
        {
            isClaimed = _streams.Output.TryClaimRoom(bytes);
        }

        Continue(isClaimed);
    }

    /// <summary>A bug in a handler, or in us: the connection dies of it, and its owner hears of it.</summary>
    internal void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
        _connection.Abort();
    }

    private void Greet()
    {
        bool isClaimed;
        lock (_streams.Gate)
        {
            _streams.Output.Control(FrameType.Settings, FrameFlags.None, 0, SettingsFrame.Ours(_limits.MaxStreams));
            _streams.Release(null, Http2Limits.ConnectionWindowBytes - FlowWindow.InitialBytes);
            isClaimed = _streams.Output.TryClaim();
        }

        Continue(isClaimed);
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            if (_input.IsEmpty)
            {
                _input.Clear();
                await _connection.WaitAsync();
            }

            var received = await _connection.ReceiveAsync(_input.Room());
            if (received == 0)
            {
                return;
            }

            if (Volatile.Read(ref _closingSince) >= 0)
            {
                _input.Clear(); // so that what we have said arrives, instead of a reset
                continue;
            }

            _input.Add(received);
            var error = HandleReceived();
            if (error is not ErrorCode.NoError)
            {
                Shut(error, says: true);
            }
        }
    }

    private ErrorCode HandleReceived()
    {
        lock (_streams.Gate)
        {
            _streams.Output.IsReading = true;
        }

        var isClaimed = false;
        try
        {
            return _frames.HandleAll(_input, _afterFrame);
        }
        finally
        {
            lock (_streams.Gate)
            {
                _streams.Output.IsReading = false;
                _streams.PayWindows();
                _streams.Output.Hurry();
                _times.Received(_clock.Seconds, _input);
                isClaimed = _streams.Output.TryClaim();
            }

            Continue(isClaimed);
        }
    }

    private void AfterFrame()
    {
        if (_streams.Output.IsOverrun)
        {
            _connection.Abort();
        }

        var isClaimed = false;
        if (_streams.Output.IsCrowded)
        {
            lock (_streams.Gate)
            {
                isClaimed = _streams.Output.TryClaim();
            }
        }

        Continue(isClaimed);
    }

    /// <summary>Ends the connection (section 5.4.1): handlers find the viewer gone, and what was gathered is sent.</summary>
    /// <param name="says">Whether the viewer is told.</param>
    private void Shut(ErrorCode code, bool says)
    {
        bool isClaimed;
        lock (_streams.Gate)
        {
            if (_closingSince < 0)
            {
                // The last answers of a good end may still be on their way to a slow viewer: a reset would take them from it.
                _lingerSeconds = code is ErrorCode.NoError ? (long)_limits.SendTimeout.TotalSeconds : Http2Limits.LingerSeconds;
                Volatile.Write(ref _closingSince, _clock.Seconds);
                TakesNothing = true;
                if (says)
                {
                    GoAway(_streams.LastStreamId, code);
                }

                _streams.Output.Close();
                _streams.LeaveAll();
            }

            isClaimed = _streams.Output.TryClaim();
        }

        Continue(isClaimed);
    }

    /// <summary>A second or two behind the first GOAWAY the viewer has heard of it; then no more streams are taken, and the last that are there end it.</summary>
    private ErrorCode? CheckDrain(long seconds)
    {
        const int RoundTripSeconds = 2;
        if (_drainingSince >= 0 && seconds - _drainingSince >= RoundTripSeconds && !TakesNothing)
        {
            TakesNothing = true;
            GoAway(_streams.LastStreamId, ErrorCode.NoError);
        }

        return (TakesNothing || _frames.IsViewerLeaving) && _streams.OpenCount == 0 ? ErrorCode.NoError : null;
    }

    private void GoAway(int lastStreamId, ErrorCode code)
    {
        Span<byte> payload = stackalloc byte[GoAwayBytes];
        BinaryPrimitives.WriteInt32BigEndian(payload, lastStreamId);
        BinaryPrimitives.WriteInt32BigEndian(payload[sizeof(int)..], (int)code);
        _streams.Output.Control(FrameType.GoAway, FrameFlags.None, 0, payload);
    }

    private Task HandlersAsync()
    {
        lock (_streams.Gate)
        {
            return _streams.AllDoneAsync();
        }
    }
}
