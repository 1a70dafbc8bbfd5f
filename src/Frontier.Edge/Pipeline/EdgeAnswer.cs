// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Access;
using Frontier.Decisions.Delivery;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>An answer that the edge makes itself: an error page or a redirect (§32, DP-4.1).</summary>
internal sealed class EdgeAnswer(byte[] body) : Answer
{
    /// <summary>Seconds until a rate has room again: what it allows comes once a second.</summary>
    private const string RetryAfterLimit = "1";

    /// <summary>Seconds until it is worth asking again where misses queue: as long as one of them may wait.</summary>
    private const string RetryAfterQueue = "5";

    /// <summary>What the page stands for, where no origin answered.</summary>
    public OriginFailure Failure { get; private init; }

    /// <summary>The same as the page for a failure of the origin's.</summary>
    /// <param name="kept">The head under which the failure is kept; null where it is not.</param>
    public EdgeAnswer For(OriginFailure failure, StoredHead? kept) =>
        new(body) { Head = Head, Result = Result, Detail = Detail, BodyLength = BodyLength, Failure = failure, Kept = kept };

    public static EdgeAnswer Error(RequestContext context, int status, string message, ErrorDetail detail)
    {
        var answer = Make(status, ResultType.Error, detail, ErrorPage.Render(status, message, context.Record.RequestId));
        answer.Head.Headers.Add("Content-Type"u8, "text/html"u8);
        return answer;
    }

    /// <summary>The edge has no room for a miss (DP-19.9).</summary>
    public static EdgeAnswer NoCapacity(RequestContext context) => Overload(context, 503, ResultType.CapacityExceeded, ErrorDetail.CapacityExceeded, RetryAfterQueue);

    /// <summary>The viewer, or all viewers together, ask more than they may (§5).</summary>
    /// <param name="status">429 or 503.</param>
    public static EdgeAnswer LimitExceeded(RequestContext context, int status) => Overload(context, status, ResultType.LimitExceeded, ErrorDetail.None, RetryAfterLimit);

    /// <summary>§24: a body of its own form, which tells a viewer who is to be let in from one whom the origin refuses.</summary>
    public static EdgeAnswer NotSigned(SignatureVerdict verdict)
    {
        var answer = Make(403, ResultType.Error, ErrorDetail.Error, SignatureError.Body(verdict));
        answer.Head.Headers.Add("Content-Type"u8, "text/xml"u8);
        return answer;
    }

    public static EdgeAnswer Redirect(int status, string location)
    {
        var answer = Make(status, ResultType.Redirect, ErrorDetail.None, RedirectPage.Render(status));
        answer.Head.Headers.Add("Content-Type"u8, "text/html"u8);
        answer.Head.Headers.Add("Location", location);
        return answer;
    }

    /// <summary>A word about the edge itself; no cache keeps it.</summary>
    public static EdgeAnswer Plain(int status, string text)
    {
        var answer = Make(status, ResultType.Miss, ErrorDetail.None, Encoding.ASCII.GetBytes(text));
        answer.Head.Headers.Add("Content-Type"u8, "text/plain"u8);
        answer.Head.Headers.Add("Cache-Control"u8, "no-store"u8);
        return answer;
    }

    /// <summary>What a certificate authority looks for (RFC 8555, section 8.3).</summary>
    public static EdgeAnswer Challenge(string keyAuthorization)
    {
        var answer = Make(200, ResultType.Hit, ErrorDetail.None, Encoding.ASCII.GetBytes(keyAuthorization));
        answer.Head.Headers.Add("Content-Type"u8, "application/octet-stream"u8);
        return answer;
    }

    public static EdgeAnswer RangeNotSatisfiable(RequestContext context, long bodyLength)
    {
        var answer = Error(context, 416, string.Create(CultureInfo.InvariantCulture, $"The range requested lies outside the {bodyLength} bytes of this object."), ErrorDetail.Error);
        answer.Head.Headers.Add("Content-Range", ByteRange.Unsatisfied(bodyLength));
        return answer;
    }

    public override BodyReader OpenBody(long offset, long? length) => new BytesReader(body);

    private static EdgeAnswer Overload(RequestContext context, int status, ResultType result, ErrorDetail detail, string retryAfter)
    {
        var answer = Make(status, result, detail, ErrorPage.Render(status, ErrorPage.Overloaded, context.Record.RequestId));
        answer.Head.Headers.Add("Content-Type"u8, "text/html"u8);
        answer.Head.Headers.Add("Retry-After", retryAfter); // RFC 9110, section 10.2.3
        return answer;
    }

    private static EdgeAnswer Make(int status, ResultType result, ErrorDetail detail, byte[] body)
    {
        var head = new ResponseHead { Status = status };
        head.Headers.Add("Server"u8, "CloudFront"u8);
        return new EdgeAnswer(body) { Head = head, Result = result, Detail = detail, BodyLength = body.Length };
    }

    private sealed class BytesReader(byte[] body) : BodyReader
    {
        public override ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new BodyRead(body, BodyState.End));

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
