// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Explaining;

/// <summary>What a look at the cache shows, in words.</summary>
internal static class CacheExplanation
{
    /// <summary>The distribution's choice for an edge that is cut off.</summary>
    public static ExplainedCache LeftAlone { get; } = new()
    {
        State = CacheState.Bypassed,
        Reason = "CutOff",
        Why = "The control plane does not answer this edge, and the distribution wants nothing from the cache then (tag frontier:when-cut-off).",
    };

    public static ExplainedCache Bypassed(NotStored reason) => new()
    {
        State = CacheState.Bypassed,
        Reason = reason.ToString(),
        Why = reason is NotStored.Method ? "The behavior caches no answers to this method." : "The cache policy's MaxTTL is 0: no key, no storage, no collapsing.",
        Rule = reason is NotStored.Method ? "DP-4.6" : "DP-6.13",
    };

    /// <summary>Whether the origin is asked although the object is here.</summary>
    public static bool IsAskedAbout(CachingRules rules, StoredHead head, HeaderList request, DateTimeOffset now) =>
        Reuse.Decide(rules, request, TimeSpan.FromSeconds(head.AgeSeconds(now)), head.FreshFor(now), head.MustRevalidate) is ReuseVerdict.Validate;

    public static ExplainedCache Of(CachingRules rules, HeaderList request, CachePeek peek, InvalidationNames names, bool isCutOff, DateTimeOffset now)
    {
        var cache = peek.Object is { } found ? Found(rules, request, found, isCutOff, now)
            : rules is CachingRules.Strict && RequestCacheControl.Parse(request).OnlyIfCached
                ? Absent(peek) with { Why = "Not here, and the request wants nothing that is not: 504.", Rule = "RFC 9111, section 5.2.1.7" }
                : Absent(peek);
        return names.TryFind(peek.PurgedBy, out var entry)
            ? cache with { BeingFetched = peek.IsBeingFetched, InvalidationId = entry.InvalidationId, InvalidationPaths = entry.Paths }
            : cache with { BeingFetched = peek.IsBeingFetched };
    }

    /// <summary>The arithmetic of a stored object, from the fields that are stored with it.</summary>
    public static ExplainedLifetime? Lifetime(CachingRules rules, CachedObject found, RequestHead request, DistributionModel distribution, BehaviorModel behavior)
    {
        var head = found.Head;
        if (StoredHeads.IsFailure(head, out _))
        {
            return null;
        }

        var answer = StoredHeads.ToResponse(head);
        answer.Headers.Add("Age", head.InitialAgeSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var verdict = Storage.Decide(rules, AskedFor.Of(request), answer, distribution, behavior, head.ReceivedAt);
        var lifetime = LifetimeExplanation.Of(answer, verdict, distribution, behavior, head.ReceivedAt);
        var stored = (long)(head.FreshUntil - head.ReceivedAt).TotalSeconds;
        return lifetime.FreshFor == stored ? lifetime : lifetime with
        {
            FreshFor = stored,
            NotStored = null,
            Why = "It keeps the time it was given when it came, by the settings of then, or was extended because the origin failed.",
            Rule = "DP-14.13",
        };
    }

    private static ExplainedCache Absent(CachePeek peek)
    {
        if (peek.IsDeclined)
        {
            return new ExplainedCache
            {
                State = CacheState.Absent,
                Reason = peek.DeclinedReason ?? "Uncacheable",
                Why = "The last answer under this key was not to be shared; for ten seconds nobody waits for another's.",
                Rule = "DP-17.2",
            };
        }

        return new ExplainedCache
        {
            State = CacheState.Absent,
            Reason = peek.Reason.ToString(),
            Why = peek.Reason switch
            {
                MissReason.Cold => "Never seen under this key, or so long ago that nothing remembers it.",
                MissReason.Evicted => "Stored once and dropped to make room.",
                MissReason.Invalidated when peek.PurgedBy == 0 => "What the origin said since spoke against it, or an invalidation of long ago matched it.",
                MissReason.Invalidated => "An invalidation matched it.",
                MissReason.Changed => "A request that changed something under its URL, or whose answer named that URL, put an end to it.",
                MissReason.None => throw new InvalidOperationException("What is absent has a reason."),
            },
            Rule = peek.Reason switch
            {
                MissReason.Evicted => "DP-14.11",
                MissReason.Invalidated when peek.PurgedBy == 0 => null,
                MissReason.Invalidated => "DP-27.8",
                MissReason.Changed => "RFC 9111, section 4.4",
                MissReason.Cold or MissReason.None => null,
            },
            InvalidatedBySequence = peek.PurgedBy > 0 ? peek.PurgedBy : null,
        };
    }

    private static ExplainedCache Found(CachingRules rules, HeaderList request, CachedObject found, bool isCutOff, DateTimeOffset now)
    {
        var head = found.Head;
        (string Why, string? Rule) use = isCutOff
            ? ("The control plane does not answer this edge, and the distribution wants the origin asked each time then (tag frontier:when-cut-off).", null)
            : head.IsFresh(now) && IsAskedAbout(rules, head, request, now)
            ? ("Fresh, but the request wants the origin's word, or one that is fresher.", "RFC 9111, section 5.2.1")
            : Use(head, now);
        var (why, rule) = use;
        if (BlockAnswer.TryTakeTotal(StoredHeads.ToResponse(head).Headers, out var total))
        {
            why = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Of its {total} bytes this block is here. {why}");
        }
        return new ExplainedCache
        {
            State = head.IsFresh(now) ? CacheState.Fresh : CacheState.Stale,
            Why = why,
            Rule = rule,
            Status = head.Status,
            BodyBytes = found.BodyLength,
            ReceivedAt = head.ReceivedAt,
            FreshUntil = head.FreshUntil,
            AgeSeconds = head.AgeSeconds(now),
            FreshForSeconds = (long)Math.Floor(head.FreshFor(now).TotalSeconds),
            StaleWhileRevalidateSeconds = (long)head.StaleWhileRevalidate.TotalSeconds,
            StaleIfErrorSeconds = head.MustRevalidate ? 0 : head.StaleIfError == TimeSpan.MaxValue ? null : (long)head.StaleIfError.TotalSeconds,
        };
    }

    private static (string Why, string Rule) Use(StoredHead head, DateTimeOffset now) => head switch
    {
        _ when head.IsFresh(now) && StoredHeads.IsFailure(head, out var failure) => ($"The origin failed ({failure}); until then its page answers for it.", "DP-19.4"),
        _ when head.IsFresh(now) => ("Fresh: it answers and the origin is not asked.", "§14"),
        _ when head.FreshFor(now) + head.StaleWhileRevalidate > TimeSpan.Zero => ("Stale, within stale-while-revalidate: it answers at once, and one request refreshes it.", "DP-18.1"),
        { MustRevalidate: true } => ("Stale: the origin is asked whether it has changed; if the origin fails it may not be served.", "DP-14.4"),
        _ when head.StaleIfError != TimeSpan.MaxValue && now > head.FreshUntil + head.StaleIfError =>
            ("Stale: the origin is asked whether it has changed; the time in which it may be served if the origin fails is over.", "DP-18.2"),
        _ => ("Stale: the origin is asked whether it has changed; if the origin fails it may be served.", "DP-15.1"),
    };
}
