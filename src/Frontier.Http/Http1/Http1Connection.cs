// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using Frontier.Http.Limits;
using Frontier.Http.Transport;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>
/// HTTP/1.1 towards a viewer (RFC 9112): one request after the other, pipelined ones too, each answered before the next is
/// looked at. Answers wait for each other and go out together when nothing more has been received.
/// </summary>
internal sealed class Http1Connection : HttpConnection
{
    private const long Never = long.MaxValue;

    /// <summary>How long is listened to a viewer that has been told to go, so that a reset does not overtake the answer (RFC 9112, section 9.6).</summary>
    private const int LingerSeconds = 2;

    private readonly Connection _connection;
    private readonly IExchangeHandler _handler;
    private readonly HttpServerLimits _limits;
    private readonly ServerClock _clock;
    private readonly RequestHeadParser _parser = new();
    private readonly Http1Input _input;
    private readonly Http1Output _output;
    private readonly Http1Body _body;
    private readonly Http1Exchange _exchange;
    private long _deadline;
    private long _idleSince;
    private volatile bool _isIdle = true;
    private bool _isSlow = true;
    private volatile bool _drains;

    public Http1Connection(Connection connection, IExchangeHandler handler, HttpServerLimits limits, ServerClock clock)
    {
        (_connection, _handler, _limits, _clock) = (connection, handler, limits, clock);
        _input = new Http1Input(connection, Leave);
        _output = new Http1Output(connection, limits, clock);
        _body = new Http1Body(_input, _output, limits, clock);
        _exchange = new Http1Exchange(connection, _input, _output, _body, clock);
        _idleSince = clock.Seconds;
        _deadline = _idleSince + (long)limits.HeadTimeout.TotalSeconds;
    }

    /// <summary>What the viewer may ask; null for as much as it likes.</summary>
    public ViewerVisit? Visit { get; init; }

    public override long RestedSeconds => _isIdle ? _clock.Seconds - Volatile.Read(ref _idleSince) : 0;

    public override async Task RunAsync()
    {
        try
        {
            await ServeAsync();
        }
        catch (Exception gone) when (gone is ViewerGoneException || (gone is OperationCanceledException && _exchange.Aborted.IsCancellationRequested))
        {
            _exchange.Abort(); // nobody is left to answer
        }
        catch
        {
            _exchange.Abort();
            throw;
        }
        finally
        {
            await _input.StopAsync();
            _input.Release();
            _output.Release();
            _body.Release();
        }
    }

    public override void Leave() => _exchange.Leave();

    public override void Sweep()
    {
        var late = _clock.Seconds - Volatile.Read(ref _deadline);
        if (late > LingerSeconds || _output.IsOverdue || _body.IsOverdue)
        {
            _connection.Abort();
        }
        else if (late > 0)
        {
            _connection.EndReceiving(); // an answer may still be on its way to a slow viewer
        }
    }

    public override void Drain()
    {
        _drains = true;
        Interlocked.MemoryBarrierProcessWide(); // either this sees the connection idle, or the connection sees that it is to end
        if (_isIdle)
        {
            _connection.EndReceiving(); // between requests nothing is lost, but the last answer may still be on its way
        }
    }

    private async Task ServeAsync()
    {
        while (await ReadHeadAsync())
        {
            StartRequest(out var refusal);
            if (_body.Exists)
            {
                await _output.FlushAsync(); // the viewer may wait for earlier answers before it sends the body
            }

            var serving = refusal == 0 ? _handler.HandleAsync(_exchange) : _handler.RefuseAsync(_exchange, refusal);
            if (!serving.IsCompletedSuccessfully)
            {
                await WatchedAsync(serving);
            }

            if (!(_exchange.IsFinished || await _exchange.TryFinishAsync()))
            {
                _exchange.Abort();
                return;
            }

            if (_exchange.EndsConnection || _exchange.IsTunnel || !(_body.IsRead || await TryDrainAsync()))
            {
                break;
            }

            _body.EndRead();
            _exchange.IsReused = true;
            await _input.GiveWayAsync();
        }

        await EndAsync();
    }

    /// <summary>False when the connection has had its last request.</summary>
    private async ValueTask<bool> ReadHeadAsync()
    {
        _parser.Reset();
        _exchange.Request.Reset();
        var hasBegun = false;
        while (true)
        {
            _input.Settle();
            var isEmpty = _input.IsReceiving || _input.IsEmpty;
            var status = isEmpty ? HeadParseStatus.NeedMore : _parser.Parse(_input.Buffered, _exchange.Request);
            if (status is not HeadParseStatus.NeedMore)
            {
                SetDeadline(Never);
                return true;
            }

            await _output.FlushAsync();
            if (isEmpty)
            {
                _isIdle = true;
                if (_drains)
                {
                    return false;
                }

                if (!_input.IsReceiving)
                {
                    _input.Shrink();
                }

                if (_exchange.IsReused)
                {
                    Volatile.Write(ref _idleSince, _clock.Seconds);
                    SetDeadline(_clock.Seconds + (long)_limits.KeepAliveTimeout.TotalSeconds);
                }
            }
            else if (!hasBegun)
            {
                // A head has begun, if behind an earlier request: from here on it has its own time, however the bytes trickle in.
                hasBegun = true;
                _isIdle = false;
                SetDeadline(_clock.Seconds + (long)_limits.HeadTimeout.TotalSeconds);
            }

            if (_input.IsReceiving)
            {
                if (!await _input.ReceiveAsync())
                {
                    return false;
                }

                continue;
            }

            var began = _clock.Seconds;
            if (_isIdle && _isSlow && _connection.Tls is not null)
            {
                // TLS holds a buffer of 16 KiB while it reads; who keeps us waiting is waited for without one, at the price of a fifth
                // of the rate of one that does not.
                _input.Release();
                _input.StartTurns();
                await _connection.WaitAsync();
            }

            var receiving = _connection.ReceiveAsync(_input.Room());
            if (!receiving.IsCompleted)
            {
                _input.StartTurns();
            }

            var count = await receiving;
            _isSlow = _clock.Seconds > began;
            _input.Add(count);
            if (count == 0)
            {
                return false; // between requests, or in the middle of a head that nobody will ever finish
            }
        }
    }

    /// <summary>Tells the parts of the connection what has been asked.</summary>
    /// <param name="refusal">The status of the refusal when this is no request that can be served, else 0.</param>
    private void StartRequest(out int refusal)
    {
        _isIdle = false;
        var request = _exchange.Request;
        request.IsHttps = _connection.Tls is not null;
        refusal = Refusal(out var framing);
        var asksTooMuch = refusal == 0 && Visit is { } visit && !visit.TryAsk();
        if (asksTooMuch)
        {
            refusal = Visit!.Met.Status;
        }

        var wantsWebSocket = refusal == 0 && WebSocketUpgrade.IsAskedFor(request);
        if (wantsWebSocket && framing.Kind is not BodyKind.None)
        {
            refusal = 400; // a handshake has no content (RFC 6455, section 4.1), and what would be its body could be frames to others
        }

        // Nobody reads the body of what is refused, and who goes on asking need not be listened to.
        var refusalEnds = refusal != 0 && (!asksTooMuch || framing.Kind is not BodyKind.None || Visit!.GoesOn);
        _exchange.EndsConnection = refusalEnds || _drains || !ConnectionField.KeepsOpen(request.Headers, request.Version);
        _input.Consume(_parser.ConsumedBytes);
        _body.Begin(refusal == 0 ? framing : MessageFraming.None, request.Version is HttpVersion.Http11 && ExpectsContinue(request.Headers));
        _exchange.Begin(_parser.ConsumedBytes, wantsWebSocket && refusal == 0);
        if (_exchange.IsWebSocket)
        {
            WebSocketUpgrade.Complete(request.Headers);
        }
    }

    /// <summary>The status of the refusal when this is no request that can be served, else 0.</summary>
    private int Refusal(out MessageFraming framing)
    {
        framing = MessageFraming.None;
        switch (_parser.Refusal)
        {
            case HeadRefusal.None:
                framing = MessageFraming.OfRequest(_exchange.Request);
                return framing.Refusal is FramingRefusal.None && _exchange.Request.Target is [(byte)'/', ..] ? 0 : 400; // DP-30.8
            case HeadRefusal.TooBig:
                return 413; // §5
            case HeadRefusal.TargetTooLong:
                return 414; // DP-5.1
            case HeadRefusal.UnsupportedVersion:
                return 505; // RFC 9110, section 15.6.6
            default:
                return 400;
        }
    }

    /// <summary>Watches the connection for the viewer's leaving while somebody else has the word.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WatchedAsync(ValueTask serving)
    {
        if (!_body.Exists && !_exchange.IsWebSocket && _input.IsEmpty)
        {
            _input.Watch(); // with a body or a tunnel whoever reads it notices
        }

        await serving;
    }

    /// <summary>The answer goes out first: a viewer may wait for it before it sends a body, or not send one at all.</summary>
    private async ValueTask<bool> TryDrainAsync()
    {
        await _output.FlushAsync();
        return await _body.TryDrainAsync();
    }

    /// <summary>Ends our side, and listens a moment to what is on its way: a reset would take the answer from the viewer's hands.</summary>
    private async ValueTask EndAsync()
    {
        await _output.FlushAsync();
        SetDeadline(_clock.Seconds + (long)_limits.SendTimeout.TotalSeconds); // TLS has an alert to send
        await _connection.EndAsync();
        SetDeadline(_clock.Seconds + LingerSeconds);
        while (await _input.ReceiveAsync())
        {
            _input.Consume(_input.Buffered.Length);
        }
    }

    private static bool ExpectsContinue(HeaderList headers) =>
        headers.TryGet("expect"u8, out var expected) && System.Text.Ascii.EqualsIgnoreCase(expected, "100-continue"u8);

    private void SetDeadline(long seconds) => Volatile.Write(ref _deadline, seconds);
}
