// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Explaining;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Tiers;
using Frontier.Protocols.Http;
using Frontier.Usage;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Delivery;

/// <summary>
/// The last stage (steps 17 and 18 of §1): the viewer's conditions and range are applied to an object of ours, the headers of
/// the policy and of identification are added, and the body is streamed as fast as the viewer takes it.
/// </summary>
internal sealed class AnswerDelivery(EdgeName name, CachingRules rules, ErrorPages errorPages, TimeProvider time)
{
    public ValueTask SendAsync(RequestContext context, Answer answer) =>
        answer.IsObject && answer.Head.Status == 200 && context.Request.Method is (RequestMethod.Get or RequestMethod.Head)
            ? SendObjectAsync(context, answer)
            : SendAsync(context, answer, 0, null, answer.BodyLength);

    private async ValueTask SendObjectAsync(RequestContext context, Answer answer)
    {
        // DP-15.6: where cookies are in the key, CloudFront does not support conditions.
        var condition = context.Behavior.CachePolicy.Cookies.TakesNothing || rules is CachingRules.Strict
            ? Conditions.Evaluate(context.Request.Headers, answer.Head.Headers)
            : ConditionVerdict.Proceed;
        switch (condition)
        {
            case ConditionVerdict.NotModified:
                BecomeNotModified(answer.Head); // the result stays the object's (DP-21.3)
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

    /// <summary>§16. While the length is not known, the whole object is sent (DP-16.3).</summary>
    private async ValueTask SendRangeAsync(RequestContext context, Answer answer)
    {
        if (answer.BodyLength is not { } length || context.IgnoresRange)
        {
            await SendAsync(context, answer, 0, null, answer.BodyLength);
            return;
        }

        ObjectFields.AcceptRanges(answer.Head.Headers);
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
                var unsatisfied = EdgeAnswer.RangeNotSatisfiable(context, length); // DP-16.5
                await using (var refusal = context.Tier is null ? await errorPages.ReplaceAsync(context, unsatisfied) : unsatisfied)
                {
                    await SendAsync(context, refusal);
                }

                break;
            case RangeVerdict.Multiple:
                await SendSeveralAsync(context, answer, RangeHeader.Several(context.Request.Headers.Value(context.Request.Headers.IndexOf("range"u8)), length), length);
                break;
            case RangeVerdict.Ignored:
                await SendAsync(context, answer, 0, null, length);
                break;
        }
    }

    private async ValueTask SendSeveralAsync(RequestContext context, Answer answer, IReadOnlyList<ByteRange> ranges, long length)
    {
        var body = new MultipartRanges(ranges, answer.Head.Headers.GetText("content-type"u8), length);
        answer.Head.Status = 206;
        answer.Head.Headers.Set("Content-Type"u8, Encoding.ASCII.GetBytes(body.ContentType));
        await SendHeadAsync(context, answer, body.Length);
        foreach (var (preface, range) in body.Parts)
        {
            await context.Exchange.WriteAsync(preface, context.Exchange.Aborted);
            if (!await TrySendBodyAsync(context, answer, range.First, range.Length))
            {
                return;
            }
        }

        await context.Exchange.WriteAsync(body.Closing, context.Exchange.Aborted);
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

        await TrySendBodyAsync(context, answer, offset, length);
    }

    /// <summary>False when the body broke off, and the connection with it.</summary>
    private static async ValueTask<bool> TrySendBodyAsync(RequestContext context, Answer answer, long offset, long? length)
    {
        var exchange = context.Exchange;
        await using var body = answer.OpenBody(offset, length);
        while (true)
        {
            var reading = body.ReadAsync(exchange.Aborted);
            if (!reading.IsCompleted)
            {
                await exchange.FlushAsync(exchange.Aborted); // events and slow origins: what there is goes out before the wait for more
            }

            var read = await reading;
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

                return true;
            }

            if (read.State is BodyState.Broken)
            {
                // DP-11.4: the viewer must not take half a body for a whole one.
                context.Record.Result = ResultType.Error;
                context.Record.Detail = ErrorDetail.OriginCommError;
                exchange.Abort();
                return false;
            }
        }
    }

    private async ValueTask SendHeadAsync(RequestContext context, Answer answer, long? length)
    {
        var head = answer.Head;
        var record = context.Record;
        if (answer.AgeSeconds is { } age)
        {
            head.Headers.Set("Age"u8, Encoding.ASCII.GetBytes(age.ToString(CultureInfo.InvariantCulture)));
        }

        if (context.Tier is not null)
        {
            TierDress.Put(context, answer, head.Headers, time.GetUtcNow());
        }
        else
        {
            DressForViewer(context, answer, head.Headers);
        }

        record.Status = head.Status;
        record.ResponseResult = record.Result = answer.Result;
        record.Detail = answer.Detail;
        record.MissReason = answer.Result is ResultType.Hit or ResultType.RefreshHit ? MissReason.None : record.MissReason; // what was brought meanwhile was no miss
        record.SetContentType(head.Headers.TryGet("content-type"u8, out var type) ? type : default);
        record.ContentLength = length;
        await context.Exchange.StartAsync(head, length, context.Exchange.Aborted);
        record.TimeToFirstByte = time.GetUtcNow() - record.StartedAt;
    }

    private void DressForViewer(RequestContext context, Answer answer, HeaderList headers)
    {
        if (context.Behavior?.ResponseHeadersPolicy is { } policy) // a refusal before the match has no behavior
        {
            PolicyHeaders.Apply(policy, context.Request, headers, Timing(context, answer));
        }

        if (context.Deployment?.SetCookie(context.Request.IsHttps) is { } cookie)
        {
            headers.Add("Set-Cookie"u8, Encoding.ASCII.GetBytes(cookie)); // DP-28.2
        }

        ObjectFields.Identify(headers, name, answer.Result, answer.ViaVersion);
        headers.Set("X-Amz-Cf-Id"u8, context.Record.RequestIdBytes);
        if (context.Trace is { } trace)
        {
            CacheStatusField.Tell(context, trace, answer, time.GetUtcNow());
        }
    }

    private TimingFacts Timing(RequestContext context, Answer answer)
    {
        var part = answer.Result switch
        {
            ResultType.Hit => CachePart.Hit,
            ResultType.RefreshHit => CachePart.Refresh,
            ResultType.Error => answer.AgeSeconds is null ? CachePart.Miss : CachePart.Hit, // an error may have been kept
            ResultType.Miss or ResultType.Redirect or ResultType.LimitExceeded or ResultType.CapacityExceeded => CachePart.Miss,
        };
        return new TimingFacts(part, name.Pop, context.Record.RequestId, context.Upstream, time.GetUtcNow() - context.Record.StartedAt, Random.Shared.NextDouble() * 100);
    }
}
