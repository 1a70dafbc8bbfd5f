// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// The way of most hits: a GET or HEAD without conditions or range, for an object that is fresh and in memory. The same
/// decisions as in <see cref="EdgePipeline"/>, in the same order, without anything that would have to be allocated or awaited;
/// whatever is not provably simple goes the long way, with the same bytes in the end. Takes no lock.
/// </summary>
internal sealed class StraightPath(EdgeState state, HttpCache cache, CachingRules rules, Admission admission, ISignatureMemory signatures, PreparedHits hits, IRequestRecordSink sink, TimeProvider time)
{
    /// <summary>No behavior of the straight path lets the key depend on who asks (<see cref="BehaviorModel.IsStraight"/>).</summary>
    private static readonly ViewerFacts Anybody = new() { Address = System.Net.IPAddress.None, Port = 0 };

    /// <summary>True when the exchange is answered, or is just being answered; false when nothing has happened to it.</summary>
    public bool TryServe(HttpExchange exchange, out ValueTask serving)
    {
        serving = default;
        var request = exchange.Request;
        (exchange.HandlerState as StraightVisit)?.TakeRefusal(); // of the request before
        if (request.Method is not (RequestMethod.Get or RequestMethod.Head) || exchange.HasBody || exchange.IsWebSocket || StraightRequest.AsksForMore(request.Headers))
        {
            return false;
        }

        var visit = exchange.HandlerState as StraightVisit ?? new StraightVisit();
        exchange.HandlerState = visit;
        if (!TryResolve(visit, request.Host, exchange, out var distribution))
        {
            return false;
        }

        if (distribution.Countries?.Allows(admission.PlaceOf(admission.ViewerOf(exchange).Address)) == false)
        {
            return false;
        }

        distribution.ApplyDefaultRootObject(request);
        var behavior = BehaviorMatch.Find(distribution, request.Path);
        if (!behavior.IsStraight || AccessCheck.Decide(request, behavior, hasBody: false) is not AccessVerdict.Allowed || behavior.Bypasses(request.Method) is not NotStored.None)
        {
            return false;
        }

        if (behavior.Signers is { } signers && !IsSigned(exchange, signers, visit))
        {
            return false;
        }

        visit.Key.ResetWrittenCount();
        CacheKey.Write(request, distribution, behavior, Anybody, visit.Key);
        if (!cache.TryGetResident(visit.Key.WrittenSpan, out var found))
        {
            return false;
        }

        var now = time.GetUtcNow();
        var head = found.Head;
        if (head.Status >= 400 || state.Fence.Of(distribution) is not CutOffChoice.Serve || Signpost.IsOne(head) || !found.TryGetWhole(out var body)
            || Reuse.Decide(rules, request.Headers, TimeSpan.FromSeconds(head.AgeSeconds(now)), head.FreshFor(now), head.MustRevalidate) is ReuseVerdict.Validate)
        {
            found.Dispose();
            return false;
        }

        var prepared = hits.Of(found, behavior, request);
        Begin(visit.Record, exchange, distribution, behavior, prepared, now);
        visit.SetVarying(head.AgeSeconds(now));
        serving = Respond(exchange, visit, prepared.Head, request.Method is RequestMethod.Head ? default : body, found);
        return true;
    }

    /// <summary>A refusal goes the long way, which need not verify the signature a second time.</summary>
    private bool IsSigned(HttpExchange exchange, SignersModel signers, StraightVisit visit)
    {
        SigningParameters.TakeOff(exchange.Request);
        var verdict = SignatureCheck.Decide(exchange.Request, signers, admission.ViewerOf(exchange).Address, time.GetUtcNow(), signatures);
        if (verdict is SignatureVerdict.Good)
        {
            return true;
        }

        visit.Refuse(verdict);
        return false;
    }

    private bool TryResolve(StraightVisit visit, string host, HttpExchange exchange, out DistributionModel distribution)
    {
        var routes = state.Routes;
        if (visit.Knows(routes, host))
        {
            distribution = visit.Distribution!;
            return true;
        }

        Span<char> name = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(host, name, out var length) || !routes.TryFind(name[..length], out distribution!) || !distribution.IsStraight
            || Misdirection.IsOne(routes, exchange.Tls?.ServerName, name[..length], distribution))
        {
            distribution = null!;
            return false;
        }

        visit.Learn(routes, host, distribution);
        return true;
    }

    private void Begin(RequestRecord record, HttpExchange exchange, DistributionModel distribution, BehaviorModel behavior, PreparedHit prepared, DateTimeOffset now)
    {
        admission.Fill(record, exchange, now);
        record.DistributionId = distribution.Id;
        record.DistributionDomain = distribution.DomainName;
        record.LogsCookies = distribution.LogCookies;
        record.BehaviorPattern = behavior.Pattern.Text;
        record.Status = prepared.Head.Status;
        record.ResponseResult = record.Result = ResultType.Hit;
        record.SetContentType(prepared.ContentType);
        record.ContentLength = prepared.Head.BodyLength;
    }

    private ValueTask Respond(HttpExchange exchange, StraightVisit visit, PreparedHead head, ReadOnlySequence<byte> body, CachedObject found)
    {
        ValueTask responding;
        try
        {
            responding = exchange.RespondAsync(head, visit.Varying, body);
        }
        catch (ViewerGoneException)
        {
            responding = ValueTask.FromException(new ViewerGoneException());
        }

        visit.Record.TimeToFirstByte = time.GetUtcNow() - visit.Record.StartedAt;
        if (!responding.IsCompletedSuccessfully)
        {
            return RespondedAsync(exchange, visit.Record, found, responding);
        }

        found.Dispose();
        Account(exchange, visit.Record);
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RespondedAsync(HttpExchange exchange, RequestRecord record, CachedObject found, ValueTask responding)
    {
        try
        {
            await responding;
        }
        catch (Exception error) when (error is ViewerGoneException || (error is OperationCanceledException && exchange.Aborted.IsCancellationRequested))
        {
            record.Result = ResultType.Error;
            record.Detail = ErrorDetail.ClientCommError;
            exchange.Abort();
        }
        finally
        {
            found.Dispose();
            Account(exchange, record);
        }
    }

    private void Account(HttpExchange exchange, RequestRecord record)
    {
        record.EndedAt = time.GetUtcNow();
        record.BytesReceived = exchange.BytesReceived;
        record.BytesSent = exchange.BytesSent;
        sink.Record(record);
    }
}
