// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Protocols.Http;
using Frontier.Usage;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// The fetch stage (step 13 of §1). A request that may share takes part in the one fetch of its key (§17), for the whole object
/// or for the blocks it wants of it (§16). Any other is passed to the origin for this viewer alone.
/// </summary>
internal sealed class Fetch(HttpCache cache, CachingRules rules, Boarding boarding, BlockFetch blocks, Pass pass, TimeProvider time)
{
    public ValueTask<Answer> FetchAsync(RequestContext context)
    {
        if (rules is CachingRules.Strict && RequestCacheControl.Parse(context.Request.Headers).OnlyIfCached)
        {
            return ValueTask.FromResult<Answer>(EdgeAnswer.Error(context, 504, ErrorPage.NotCached, ErrorDetail.Error)); // RFC 9111, section 5.2.1.7
        }

        return MayShare(context) ? FetchSharedAsync(context) : pass.SendAsync(context);
    }

    /// <summary>True when a refresh is under way, by this call or another.</summary>
    public bool TryRefreshInBackground(RequestContext context) =>
        MayShare(context) && boarding.TryRunUnattended(context, new FetchTarget(context.Key.WrittenMemory, context.Stale, null));

    /// <summary>A HEAD is passed on as HEAD; the object comes with a later GET (DP-4.7, DP-15.8).</summary>
    public static bool MayShare(RequestContext context) => context.HasKey && context.Request.Method is not RequestMethod.Head;

    private async ValueTask<Answer> FetchSharedAsync(RequestContext context)
    {
        var parts = context.Stale is null && context.Request.Method is RequestMethod.Get ? await blocks.TryAnswerAsync(context) : null;
        return parts ?? await ShareAsync(context);
    }

    private async ValueTask<Answer> ShareAsync(RequestContext context)
    {
        var boarded = await boarding.BoardAsync(context, new FetchTarget(context.Key.WrittenMemory, context.Stale, null));
        switch (boarded.Kind)
        {
            case BoardedKind.Filling when StoredHeads.IsFailure(boarded.Fill!.Head, out var failure):
                boarded.Flight!.Leave();
                return FailureAnswer.Of(context, failure, boarded.Fill.Head);
            case BoardedKind.Filling:
                return FillingAnswer.From(boarded, rules is CachingRules.Strict || context.Tier is not null);
            case BoardedKind.Stored when StoredHeads.IsFailure(boarded.Object!.Head, out var failure):
                boarded.Object.Dispose();
                return FailureAnswer.Of(context, failure, boarded.Object.Head);
            case BoardedKind.Stored:
                return StoredAnswer.From(boarded.Object!, boarded.Leads ? ResultType.RefreshHit : ResultType.Hit, time.GetUtcNow(), boarded.Reserved);
            case BoardedKind.Failed:
                return FailureAnswer.Of(context, boarded.Failure);
            case BoardedKind.Response:
                return pass.Of(context, boarded.Response!.Response);
            case BoardedKind.Alone:
                return await AskAloneAsync(context);
            default:
                throw new InvalidOperationException($"No such outcome: {boarded.Kind}.");
        }
    }

    private async ValueTask<Answer> AskAloneAsync(RequestContext context)
    {
        if (rules is CachingRules.Strict && context.Variant is null && await TryFollowSignpostAsync(context) is { } variant)
        {
            return variant;
        }

        context.Record.MissReason = MissReason.Uncacheable;
        return context.Stale is { } stale && Storage.HasValidator(StoredHeads.ToResponse(stale.Head).Headers)
            ? await pass.ValidateAsync(context, stale)
            : await pass.SendAsync(context);
    }

    /// <summary>The fetch that this request followed has shown that the answer varies: there may be a variant for it, or one fetch for that.</summary>
    private async ValueTask<Answer?> TryFollowSignpostAsync(RequestContext context)
    {
        using var found = (await cache.FindAsync(context.Key.WrittenMemory, context.Exchange.Aborted)).Object;
        if (found is null || !Signpost.TryRead(found.Head, out var signpost))
        {
            return null;
        }

        Variants.Narrow(context, signpost);
        return await ShareAsync(context);
    }
}
