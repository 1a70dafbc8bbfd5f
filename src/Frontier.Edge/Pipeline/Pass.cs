// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Runtime.CompilerServices;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Asks the origin for one viewer alone: what may not be shared, and what only one viewer can ask.</summary>
internal sealed class Pass(HttpCache cache, OriginCalls calls, OriginRequests requests, CachingRules rules, Revalidation revalidation, Forgetting forgetting, TimeProvider time)
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Answer> SendAsync(RequestContext context)
    {
        var asked = await AskAsync(context, requests.Compose(context, OriginPurpose.Pass, revalidate: null, block: null));
        if (FieldEncryptionStage.Conclude(context, isAnswered: asked.Response is not null) is { } refusal)
        {
            return refusal;
        }

        var result = Heard(context, asked);
        if (result.Response is not { } response)
        {
            return FailureAnswer.Of(context, result.Failure);
        }

        if (context.Request.Method is RequestMethod.Head)
        {
            await LearnFromHeadAsync(context, response);
        }

        forgetting.AfterUnsafe(context, response.Head);
        return Of(context, response);
    }

    /// <summary>
    /// Asks the origin whether the stored object still holds, for this request alone: many ask at once where each needs the
    /// origin's own word (DP-14.3, DP-17.2).
    /// </summary>
    public async ValueTask<Answer> ValidateAsync(RequestContext context, CachedObject stale)
    {
        var fillSequence = cache.FillSequence;
        var result = Heard(context, await AskAsync(context, requests.Compose(context, OriginPurpose.Fill, stale, block: null)));
        var status = result.Response?.Head.Status ?? (result.Failure.IsOrigins ? result.Failure.Status : 0);
        if (revalidation.MayServeStale(stale.Head, status) && stale.TryAddReference())
        {
            await (result.Response?.DisposeAsync() ?? ValueTask.CompletedTask);
            return StoredAnswer.From(stale, ResultType.Hit, time.GetUtcNow()); // DP-18.2, DP-18.3
        }

        if (result.Response is not { } response)
        {
            return FailureAnswer.Of(context, result.Failure);
        }

        if (response.Head.Status != 304)
        {
            if (response.Head.Status is >= 200 and < 300)
            {
                Forget(context, stale); // it does not hold any more
            }

            return Of(context, response);
        }

        var now = time.GetUtcNow();
        var reserved = new HeaderList(capacityBytes: 0, capacityFields: 0);
        var (head, _, _) = Freshening.Freshen(
            rules, stale.Head, response.Head, AskedFor.Of(context.Request), context.Distribution, context.Behavior, fillSequence, now, reserved, response.Parent?.Lifetime);
        await response.DisposeAsync();
        return await stale.RefreshAsync(head) is { } refreshed ? StoredAnswer.From(refreshed, ResultType.RefreshHit, now, reserved) : await SendAsync(context);
    }

    /// <summary>One block of an object, for this viewer alone; null when the origin gives no such part. The caller disposes it.</summary>
    public async ValueTask<OriginResponse?> AskForBlockAsync(RequestContext context, BlockSpan block)
    {
        var response = Heard(context, await AskAsync(context, requests.Compose(context, OriginPurpose.Fill, revalidate: null, block))).Response;
        if (response is null || BlockAnswer.AsWhole(response.Head, block, response.BodyLength) is not null)
        {
            return response;
        }

        await response.DisposeAsync();
        return null;
    }

    /// <summary>An answer of the origin's for this viewer alone.</summary>
    public PassedAnswer Of(RequestContext context, OriginResponse response)
    {
        var filtered = context.Space?.ViewerHead ?? new ResponseHead();
        ViewerResponse.Filter(response.Head, context.Behavior, isShared: false, filtered);
        var failed = filtered.Status >= 400;
        context.Upstream = response.Timing;
        context.Record.Parent = response.Parent?.Name;
        return new PassedAnswer(response)
        {
            Head = filtered,
            Result = failed ? ResultType.Error : response.Parent?.Result ?? ResultType.Miss,
            Detail = failed ? ErrorDetail.OriginError : response.Parent?.Detail ?? ErrorDetail.None,
            BodyLength = context.Request.Method is RequestMethod.Head ? DeclaredLength(response.Head.Headers) : response.BodyLength,
            ViaVersion = response.Version.Number,
            AgeSeconds = (rules is CachingRules.Strict || context.Tier is not null || response.Parent is { Result: ResultType.Hit or ResultType.RefreshHit }) && response.Head.Headers.TryGet("age"u8, out var age) ? DeltaSeconds.Parse(age) : null,
        };
    }

    /// <summary>Drops the stored object, unless another has taken its place meanwhile.</summary>
    private void Forget(RequestContext context, CachedObject stale)
    {
        if (!cache.TryGetResident(context.Key.WrittenSpan, out var current))
        {
            cache.Forget(context.Key.WrittenMemory);
            return;
        }

        using (current)
        {
            if (current.Head.ReceivedAt <= stale.Head.ReceivedAt)
            {
                cache.Forget(context.Key.WrittenMemory);
            }
        }
    }

    private ValueTask<OriginResult> AskAsync(RequestContext context, OriginCall call)
    {
        context.OriginCall = call;
        var answer = calls.SendAsync(call, context.Exchange.Aborted);
        return call.Interim is null ? answer : call.Interim.RelayUntilAsync(answer);
    }

    private OriginResult Heard(RequestContext context, OriginResult result)
    {
        context.Trace?.Passed(context, rules, result, time.GetUtcNow());
        return result.Failure is OriginFailure.ViewerGone ? throw new ViewerGoneException() : result;
    }

    /// <summary>RFC 9111, section 4.3.5: the answer to HEAD renews the stored object that it speaks of, and puts an end to any other.</summary>
    private async ValueTask LearnFromHeadAsync(RequestContext context, OriginResponse response)
    {
        if (context.Stale is not { } stale || response.Head.Status != stale.Head.Status)
        {
            return;
        }

        if (!Freshening.IsOf(stale.Head, stale.BodyLength, response.Head.Headers))
        {
            Forget(context, stale);
            return;
        }

        var (head, verdict, _) = Freshening.Freshen(
            rules, stale.Head, response.Head, AskedFor.Of(context.Request), context.Distribution, context.Behavior, cache.FillSequence, time.GetUtcNow());
        if (verdict.IsStored)
        {
            (await stale.RefreshAsync(head))?.Dispose();
        }
    }

    /// <summary>An answer to HEAD has no body, but tells how long it would be (RFC 9110, section 9.3.2).</summary>
    private static long? DeclaredLength(HeaderList headers) =>
        long.TryParse(headers.GetText("content-length"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
}
