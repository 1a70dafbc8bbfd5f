// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using Frontier.Decisions.Forwarding;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>One request over one connection, until the head of its response. Used once.</summary>
internal sealed class OriginExchange(OriginSending sending, OriginConnection connection, OriginPool pool, TimeProvider time)
{
    /// <summary>Interim responses an origin may send before the final one (DP-11.11). Early hints come singly; eight is generous.</summary>
    public const int MaxInterimResponses = 8;

    private long _requestSent;
    private long _firstByte;
    private bool _sentWhole = true;

    public ResponseHead Head { get; } = sending.Request.AnswerHead ?? new ResponseHead();

    public HttpVersion Version => connection.Parser.Version;

    public MessageFraming Framing { get; private set; }

    /// <summary>True once a byte came back: the origin has seen the request.</summary>
    public bool WasAnswered { get; private set; }

    /// <summary>Whether the connection can serve another exchange once the body is over.</summary>
    public bool KeepsOpen =>
        _sentWhole && Framing.Kind is not BodyKind.UntilClose && ConnectionField.KeepsOpen(Head.Headers, Version);

    /// <summary>From the last byte sent to the first received; zero for an answer before the request's end.</summary>
    public TimeSpan TimeToFirstByte => _firstByte > _requestSent ? time.GetElapsedTime(_requestSent, _firstByte) : TimeSpan.Zero;

    /// <summary>Sends head and body of the request, and reads the response's head. Without a response the connection is closed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<OriginAttempt> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            _requestSent = time.GetTimestamp(); // before the origin can have it
            var failure = await connection.SendAsync(sending.Head, cancellationToken);
            if (failure is OriginFailure.None)
            {
                failure = sending.Request.Body is { Length: not 0 } body
                    ? await RunWithBodyAsync(body, cancellationToken)
                    : await ReadHeadAsync(cancellationToken);
            }

            return Conclude(failure is OriginFailure.None ? Check() : failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private OriginFailure Check()
    {
        Framing = MessageFraming.OfResponse(Head, Version, toHead: sending.Request.Method == "HEAD");
        return Framing.Refusal is not FramingRefusal.None ? OriginFailure.InvalidResponse
            : PartialContent.Contradicts(Head, Framing) ? OriginFailure.ContentRangeMismatch
            : OriginFailure.None;
    }

    private OriginAttempt Conclude(OriginFailure failure)
    {
        if (failure is OriginFailure.None)
        {
            sending.Use.Answered(TimeToFirstByte);
            return new OriginAttempt(new OriginResult(OriginFailure.None, new OriginResponse(this, connection, pool, sending.Use)), MayRepeat: false, MayRepeatUncounted: false);
        }

        connection.Dispose();
        return OriginAttempt.Failed(sending.Request, failure, wentStale: connection.IsReused && !WasAnswered);
    }

    /// <summary>Sends and listens at once, since an origin may answer before it has read everything.</summary>
    private async Task<OriginFailure> RunWithBodyAsync(IRequestBody body, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        connection.ArmsReads = false;
        var reading = ReadHeadAsync(cancellationToken).AsTask();
        try
        {
            var sending = OriginUpload.SendAsync(connection, body, stop.Token);
            await Task.WhenAny(reading, sending);
            _sentWhole = sending.IsCompleted;
            if (!_sentWhole)
            {
                await stop.CancelAsync();
            }

            var sent = await sending;
            return _sentWhole ? await AwaitAnswerAsync(reading, sent) : await reading;
        }
        catch
        {
            connection.Abort(OriginFailure.ViewerGone);
            await reading.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
        finally
        {
            connection.Deadline.Disarm();
            connection.ArmsReads = true;
        }
    }

    private async Task<OriginFailure> AwaitAnswerAsync(Task<OriginFailure> reading, OriginFailure sent)
    {
        _requestSent = time.GetTimestamp();
        _sentWhole = sent is OriginFailure.None;
        if (sent is OriginFailure.ViewerGone)
        {
            connection.Abort(OriginFailure.ViewerGone);
        }
        else if (!reading.IsCompleted)
        {
            connection.Deadline.Arm(connection.Endpoint.ReadTimeout);
        }

        // An origin that stops reading may still have said why: its answer counts for more than the broken upload.
        var received = await reading;
        return received is OriginFailure.ClosedEarly && !_sentWhole ? sent : received;
    }

    /// <summary>The final response's head; interim ones are passed over (DP-11.11), but for whoever wants to hear of them.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginFailure> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var parser = connection.Parser;
        for (var interim = 0; interim <= MaxInterimResponses; interim++)
        {
            Head.Reset();
            parser.Reset();
            HeadParseStatus status;
            while ((status = parser.Parse(connection.Buffered, Head)) is HeadParseStatus.NeedMore)
            {
                var read = await connection.FillAsync(cancellationToken);
                if (read.Failure is not OriginFailure.None || read.End)
                {
                    return read.End ? OriginFailure.ClosedEarly : read.Failure;
                }

                _firstByte = WasAnswered ? _firstByte : time.GetTimestamp();
                WasAnswered = true;
            }

            if (status is HeadParseStatus.Refused)
            {
                return parser.Refusal is HeadRefusal.TooBig ? OriginFailure.HeaderTooBig : OriginFailure.InvalidResponse;
            }

            connection.Consume(parser.ConsumedBytes);
            if (Head.Status is >= 200 or 101)
            {
                // A 101 that was not asked for, or does not answer the key: whoever sent it speaks of another conversation (DP-30.1).
                return Head.Status != 101 || (sending.Request.Upgrades && WebSocketHandshake.IsAccepted(sending.Request.Headers, Head.Headers)) ? OriginFailure.None : OriginFailure.InvalidResponse;
            }

            if (Head.Status != 100)
            {
                sending.Request.Interim?.Invoke(Head); // but "go on" says nothing to the viewer: the body is asked of it here
            }
        }

        return OriginFailure.InvalidResponse;
    }
}
