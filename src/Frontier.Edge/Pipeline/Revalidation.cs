// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Origins;

namespace Frontier.Edge.Pipeline;

/// <summary>What becomes of a stale object when the origin has been asked about it: renewed by a 304, or served on because the origin fails.</summary>
internal sealed class Revalidation(HttpCache cache, CachingRules rules, TimeProvider time)
{
    /// <summary>DP-15.1: a 304 renews the stored object.</summary>
    public async ValueTask RefreshAsync(OriginFill fill, OriginResponse response)
    {
        var now = time.GetUtcNow();
        var (head, verdict, judged) = Freshening.Freshen(
            rules, fill.Stale!.Head, response.Head, fill.Asked, fill.Distribution, fill.Behavior, fill.FillSequence, now, fill.Handover?.Reserve(), response.Parent?.Lifetime);
        fill.Trace?.Judged(judged, verdict, fill.Distribution, fill.Behavior, now);
        await response.DisposeAsync();
        if (verdict.IsStored && !verdict.IsForValidationOnly)
        {
            await ResolveAsync(fill, head);
            return;
        }

        // The origin vouches for this once (DP-17.2): whoever waits asks for itself.
        var refreshed = await fill.Stale.RefreshAsync(head);
        if (!verdict.IsStored)
        {
            cache.Forget(fill.FlightKey);
        }

        await HandOverAsync(fill, refreshed is null ? null : new UnsharedObject(refreshed));
        fill.Flight.Decline(refreshed is null ? TimeSpan.Zero : FillRunner.RememberUncacheable);
    }

    /// <summary>DP-18.2, DP-18.3, DP-14.4: unless the origin forbade it. The window counts from expiry, also where another for stale answers came before (DP-18.4).</summary>
    public bool MayServeStale(StoredHead? stale, int status) =>
        stale is { MustRevalidate: false } head && head.Status < 400
        && (head.StaleIfError == TimeSpan.MaxValue || time.GetUtcNow() - head.FreshUntil <= head.StaleIfError)
        && head.StaleIfError > TimeSpan.Zero && status >= 500;

    /// <summary>DP-18.3: for ErrorCachingMinTTL the stale object answers without asking again, and never longer than the origin allowed.</summary>
    public ValueTask ServeStaleAsync(OriginFill fill, int status)
    {
        var stale = fill.Stale!.Head;
        var now = time.GetUtcNow();
        var until = now + fill.Distribution.ErrorCaching(status);
        var last = stale.StaleIfError == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : stale.FreshUntil + stale.StaleIfError;
        until = until < last ? until : last;
        return ResolveAsync(fill, StoredHeads.Extended(stale, until > stale.FreshUntil ? until : stale.FreshUntil));
    }

    private static async ValueTask ResolveAsync(OriginFill fill, StoredHead head)
    {
        using var refreshed = await fill.Stale!.RefreshAsync(head);
        if (refreshed is null)
        {
            // Invalidated meanwhile: each waiter asks for itself.
            fill.Flight.Decline(TimeSpan.Zero);
            return;
        }

        fill.Flight.Resolve(refreshed);
        await HandOverAsync(fill, null);
        await (fill.Handover?.Left ?? Task.CompletedTask); // a large object lives by its references: this one is kept until the leader has its own
    }

    private static ValueTask HandOverAsync(OriginFill fill, Unshared? unshared) =>
        fill.Handover?.GiveAsync(unshared) ?? unshared?.DisposeAsync() ?? ValueTask.CompletedTask;
}
