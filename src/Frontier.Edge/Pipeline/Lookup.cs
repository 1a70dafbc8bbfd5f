// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Usage;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Pipeline;

/// <summary>The look-up stage (step 12 of §1): a fresh object answers, a stale one is kept for the fetch, and a miss learns why it missed.</summary>
internal sealed class Lookup(HttpCache cache, CachingRules rules, Fetch fetch, TimeProvider time)
{
    public ValueTask<Answer?> FindAsync(RequestContext context)
    {
        var behavior = context.Behavior;
        if (context.CutOff is CutOffChoice.Bypass || behavior.Bypasses(context.Request.Method) is not NotStored.None)
        {
            context.Record.MissReason = MissReason.Uncacheable;
            return ValueTask.FromResult<Answer?>(null);
        }

        if (!context.HasKey)
        {
            WriteKey(context);
        }

        return FindByKeyAsync(context);
    }

    /// <summary>Nothing for a request that the cache has no part in.</summary>
    public static void WriteKey(RequestContext context)
    {
        if (context.Behavior.Bypasses(context.Request.Method) is NotStored.None)
        {
            CacheKey.Write(context.Request, context.Distribution, context.Behavior, context.Viewer, context.Key);
        }
    }

    /// <summary>
    /// Sets the key apart from that of the same request to the first origin of the group. Keys know no origins (DP-6.12), but who asks for the second
    /// one by its name has just been told what the first one has.
    /// </summary>
    public static void KeepApart(RequestContext context) => context.Key.Write("origin:second\n"u8);

    private ValueTask<Answer?> FindByKeyAsync(RequestContext context)
    {
        if (!cache.TryGetResident(context.Key.WrittenSpan, out var found))
        {
            return FindOnDiskAsync(context);
        }

        return Signpost.IsOne(found.Head) ? FollowAsync(context, found) : ValueTask.FromResult(Judge(context, found));
    }

    /// <summary>The answers under this key vary: on to the variant for this request.</summary>
    private async ValueTask<Answer?> FollowAsync(RequestContext context, CachedObject found)
    {
        using (found)
        {
            if (!Signpost.TryRead(found.Head, out var signpost) || context.Variant is not null)
            {
                return null;
            }

            Variants.Narrow(context, signpost);
        }

        return await FindByKeyAsync(context);
    }

    private async ValueTask<Answer?> FindOnDiskAsync(RequestContext context)
    {
        var lookup = await cache.FindAsync(context.Key.WrittenMemory, context.Exchange.Aborted);
        context.Record.MissReason = lookup.Reason switch
        {
            Caching.MissReason.None => MissReason.None,
            Caching.MissReason.Cold => MissReason.Cold,
            Caching.MissReason.Evicted => MissReason.Evicted,
            Caching.MissReason.Invalidated or Caching.MissReason.Changed => MissReason.Invalidated,
        };
        context.Record.InvalidatedBy = lookup.PurgedBy;
        if (lookup.Object is not { } found)
        {
            return null;
        }

        return Signpost.IsOne(found.Head) ? await FollowAsync(context, found) : Judge(context, found);
    }

    private Answer? Judge(RequestContext context, CachedObject found)
    {
        var now = time.GetUtcNow();
        var head = found.Head;
        var verdict = Reuse.Decide(rules, context.Request.Headers, TimeSpan.FromSeconds(head.AgeSeconds(now)), head.FreshFor(now), head.MustRevalidate);
        if (verdict is not ReuseVerdict.Validate && context.CutOff is not CutOffChoice.Revalidate)
        {
            return Serve(context, found, now);
        }

        context.Record.MissReason = MissReason.Expired;
        context.Stale = found;
        // DP-18.1: within the window the stale copy goes out at once, logged as a hit, and one fetch refreshes it behind the scenes.
        if (!head.IsFresh(now) && context.CutOff is not CutOffChoice.Revalidate && !Reuse.IsValidationAsked(rules, context.Request.Headers) && head.FreshFor(now) + head.StaleWhileRevalidate > TimeSpan.Zero && fetch.TryRefreshInBackground(context))
        {
            context.Stale = null;
            return Serve(context, found, now);
        }

        return null;
    }

    private static Answer Serve(RequestContext context, CachedObject found, DateTimeOffset now)
    {
        context.Record.MissReason = MissReason.None;
        if (!StoredHeads.IsFailure(found.Head, out var failure))
        {
            return StoredAnswer.From(found, ResultType.Hit, now);
        }

        found.Dispose();
        return FailureAnswer.Of(context, failure, found.Head);
    }
}
