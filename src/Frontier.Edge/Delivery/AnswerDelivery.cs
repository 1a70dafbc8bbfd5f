// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Edge.Pipeline;
using Frontier.Protocols.Http;
using Frontier.Usage;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Delivery;

/// <summary>
/// The last stage (step 18 of §1): the viewer's conditions and range are applied to an object of ours, the identification
/// headers are added, and the body is streamed as fast as the viewer takes it.
/// </summary>
internal sealed class AnswerDelivery(EdgeName name, TimeProvider time)
{
    public async ValueTask SendAsync(RequestContext context, Answer answer)
    {
        if (!answer.IsObject || answer.Head.Status != 200 || context.Request.Method is not (RequestMethod.Get or RequestMethod.Head))
        {
            await SendAsync(context, answer, 0, null, answer.BodyLength);
            return;
        }

        // DP-15.6: where cookies are in the key, conditions are not supported.
        var condition = context.Behavior.CachePolicy.Cookies.TakesNothing
            ? Conditions.Evaluate(context.Request.Headers, answer.Head.Headers)
            : ConditionVerdict.Proceed;
        switch (condition)
        {
            case ConditionVerdict.NotModified:
                BecomeNotModified(answer.Head);
                await SendHeadAsync(context, answer, null);
                break;
            case ConditionVerdict.PreconditionFailed:
                await SendAsync(context, EdgeAnswer.Error(context, 412, ErrorPage.BadRequest, ErrorDetail.Error));
                break;
            case ConditionVerdict.ProceedWithoutRange:
                await SendAsync(context, answer, 0, null, answer.BodyLength);
                break;
            case ConditionVerdict.Proceed:
                await SendRangeAsync(context, answer);
                break;
        }
    }

    /// <summary>§16. While the length is not known, and for several ranges, the whole object is sent (DP-16.3).</summary>
    private async ValueTask SendRangeAsync(RequestContext context, Answer answer)
    {
        if (answer.BodyLength is not { } length)
        {
            await SendAsync(context, answer, 0, null, null);
            return;
        }

        if (!answer.Head.Headers.Contains("accept-ranges"u8))
        {
            answer.Head.Headers.Add("Accept-Ranges"u8, "bytes"u8); // DP-16.11
        }

        var verdict = RangeVerdict.Ignored;
        var range = default(ByteRange);
        if (context.Request.Method is RequestMethod.Get && context.Request.Headers.TryGet("range"u8, out var asked))
        {
            verdict = RangeHeader.Resolve(asked, length, out range);
        }

        switch (verdict)
        {
            case RangeVerdict.Satisfiable:
                answer.Head.Status = 206;
                answer.Head.Headers.Set("Content-Range"u8, Encoding.ASCII.GetBytes(range.ContentRange(length)));
                context.Record.RangeFirst = range.First;
                context.Record.RangeLast = range.Last;
                await SendAsync(context, answer, range.First, range.Length, range.Length);
                break;
            case RangeVerdict.Unsatisfiable:
                await SendAsync(context, EdgeAnswer.RangeNotSatisfiable(context, length)); // DP-16.5
                break;
            case RangeVerdict.Ignored or RangeVerdict.Multiple:
                await SendAsync(context, answer, 0, null, length);
                break;
        }
    }

    /// <summary>RFC 9110, section 15.4.5: a 304 says nothing of the body it does not have.</summary>
    private static void BecomeNotModified(ResponseHead head)
    {
        head.Status = 304;
        head.Headers.Remove("content-type"u8);
        head.Headers.Remove("content-encoding"u8);
        head.Headers.Remove("content-language"u8);
    }

    private async ValueTask SendAsync(RequestContext context, Answer answer, long offset, long? length, long? toldLength)
    {
        await SendHeadAsync(context, answer, toldLength);
        if (context.Request.Method is RequestMethod.Head || toldLength == 0 || !answer.Head.MayHaveBody)
        {
            return;
        }

        var exchange = context.Exchange;
        await using var body = answer.OpenBody(offset, length);
        while (true)
        {
            var read = await body.ReadAsync(exchange.Aborted);
            if (!read.Bytes.IsEmpty)
            {
                await exchange.WriteAsync(read.Bytes, exchange.Aborted);
            }

            if (read.State is BodyState.End)
            {
                if (answer.Trailers is { } trailers)
                {
                    exchange.SendTrailers(trailers);
                }

                return;
            }

            if (read.State is BodyState.Broken)
            {
                // DP-11.4: the viewer must not take half a body for a whole one.
                context.Record.Result = ResultType.Error;
                context.Record.Detail = ErrorDetail.OriginCommError;
                exchange.Abort();
                return;
            }
        }
    }

    private async ValueTask SendHeadAsync(RequestContext context, Answer answer, long? length)
    {
        var head = answer.Head;
        var record = context.Record;
        head.Headers.Set("X-Cache"u8, Encoding.ASCII.GetBytes(answer.Result.CacheHeader));
        head.Headers.Set("Via"u8, Encoding.ASCII.GetBytes(name.Via(answer.ViaVersion)));
        head.Headers.Set("X-Amz-Cf-Pop"u8, Encoding.ASCII.GetBytes(name.Pop));
        head.Headers.Set("X-Amz-Cf-Id"u8, Encoding.ASCII.GetBytes(record.RequestId));
        if (answer.AgeSeconds is { } age)
        {
            head.Headers.Set("Age"u8, Encoding.ASCII.GetBytes(age.ToString(CultureInfo.InvariantCulture)));
        }

        record.Status = head.Status;
        record.ResponseResult = record.Result = answer.Result;
        record.Detail = answer.Detail;
        record.MissReason = answer.Result is ResultType.Hit or ResultType.RefreshHit ? MissReason.None : record.MissReason; // what was brought meanwhile was no miss
        record.ContentType = head.Headers.GetText("content-type"u8);
        record.ContentLength = length;
        await context.Exchange.StartAsync(head, length, context.Exchange.Aborted);
        record.TimeToFirstByte = time.GetUtcNow() - record.StartedAt;
    }
}
