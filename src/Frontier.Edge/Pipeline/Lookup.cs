// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Usage;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Pipeline;

/// <summary>The look-up stage (step 12 of §1): a fresh object answers, a stale one is kept for the fetch, and a miss learns why it missed.</summary>
internal sealed class Lookup(HttpCache cache, Fetch fetch, TimeProvider time)
{
    public ValueTask<Answer?> FindAsync(RequestContext context)
    {
        var behavior = context.Behavior;
        if (behavior.Bypasses(context.Request.Method) is not NotStored.None)
        {
            context.Record.MissReason = MissReason.Uncacheable;
            return ValueTask.FromResult<Answer?>(null);
        }

        CacheKey.Write(context.Request, context.Distribution, behavior, context.Viewer, context.Key);
        return cache.TryGetResident(context.Key.WrittenSpan, out var found)
            ? ValueTask.FromResult(Judge(context, found))
            : FindOnDiskAsync(context);
    }

    private async ValueTask<Answer?> FindOnDiskAsync(RequestContext context)
    {
        var lookup = await cache.FindAsync(context.Key.WrittenMemory, context.Exchange.Aborted);
        context.Record.MissReason = lookup.Reason switch
        {
            Caching.MissReason.None => MissReason.None,
            Caching.MissReason.Cold => MissReason.Cold,
            Caching.MissReason.Evicted => MissReason.Evicted,
            Caching.MissReason.Invalidated => MissReason.Invalidated,
        };
        context.Record.InvalidatedBy = lookup.PurgedBy;
        return lookup.Object is { } found ? Judge(context, found) : null;
    }

    private Answer? Judge(RequestContext context, CachedObject found)
    {
        var now = time.GetUtcNow();
        if (found.Head.IsFresh(now))
        {
            return Serve(context, found, now);
        }

        context.Record.MissReason = MissReason.Expired;
        context.Stale = found;
        // DP-18.1: within the window the stale copy goes out at once, logged as a hit, and one fetch refreshes it behind the scenes.
        if (now < found.Head.FreshUntil + found.Head.StaleWhileRevalidate && fetch.TryRefreshInBackground(context))
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
        return FailureAnswer.Of(context, failure);
    }
}
