// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>
/// CloudFront's rules of whether an origin's answer is stored and how long it is fresh (§14, §18, §19). That the request carried
/// Authorization is no part of them (DP-10.3).
/// </summary>
public static class TimeToLive
{
    public static StorageVerdict Decide(RequestMethod method, ResponseHead answer, DistributionModel distribution, BehaviorModel behavior, DateTimeOffset now)
    {
        var policy = behavior.CachePolicy;
        if (!behavior.CachedMethods.Contains(method))
        {
            return StorageVerdict.Refuse(NotStored.Method);
        }

        if (policy.CachingDisabled)
        {
            return StorageVerdict.Refuse(NotStored.CachingDisabled); // DP-19.3: errors too
        }

        var control = ResponseCacheControl.Parse(answer.Headers);
        return answer.Status >= 400
            ? DecideError(answer, control, distribution, policy, now)
            : DecideSuccess(answer, control, policy, now);
    }

    /// <summary>The table at the head of §14.</summary>
    private static StorageVerdict DecideSuccess(ResponseHead answer, ResponseCacheControl control, CachePolicyModel policy, DateTimeOffset now)
    {
        if (answer.Status is 206 or 304)
        {
            return StorageVerdict.Refuse(NotStored.Partial);
        }

        return answer.Status is 200 or 203 or 204 or 300 or 301 or 302 or 307 or 308
            ? DecideByHeaders(answer, control, policy, now)
            : StorageVerdict.Refuse(NotStored.Status);
    }

    private static StorageVerdict DecideByHeaders(ResponseHead answer, ResponseCacheControl control, CachePolicyModel policy, DateTimeOffset now)
    {
        // DP-14.2: MinTTL over everything the origin forbids. DP-18.5: such an object is also one to serve on when the origin fails.
        var bounded = policy.MinTtl > TimeSpan.Zero;
        if (!bounded && Forbidden(answer, control) is not NotStored.None and var reason)
        {
            // DP-14.3: what must be asked about each time is kept for the asking.
            return reason is NotStored.NoCache && Storage.HasValidator(answer.Headers)
                ? StorageVerdict.Store(TimeSpan.Zero, Age(answer.Headers), TimeSpan.Zero, TimeSpan.Zero, mustRevalidate: true) with { Source = TtlSource.Forbidden }
                : StorageVerdict.Refuse(reason);
        }

        var (source, lifetime) = control is { NoStore: true } or { NoCache: true } or { Private: true }
            ? (TtlSource.Forbidden, TimeSpan.Zero)
            : Said(answer.Headers, control, now) ?? (TtlSource.DefaultTtl, policy.DefaultTtl);
        var timeToLive = source is TtlSource.DefaultTtl ? lifetime : Shorter(lifetime, policy.MaxTtl); // MaxTTL bounds only what the origin says
        return Keep(answer, control, policy, timeToLive, policy.MinTtl) with { Source = source, Said = lifetime };
    }

    /// <summary>DP-14.1: s-maxage, else max-age, else Expires; null when the origin says nothing.</summary>
    private static (TtlSource Source, TimeSpan Lifetime)? Said(HeaderList headers, ResponseCacheControl control, DateTimeOffset now) => control switch
    {
        { SharedMaxAge: { } seconds } => (TtlSource.SharedMaxAge, TimeSpan.FromSeconds(seconds)),
        { MaxAge: { } seconds } => (TtlSource.MaxAge, TimeSpan.FromSeconds(seconds)),
        _ => Expires(headers, now) is { } lifetime ? (TtlSource.Expires, lifetime) : null,
    };

    private static NotStored Forbidden(ResponseHead answer, ResponseCacheControl control) => control switch
    {
        { NoStore: true } => NotStored.NoStore,
        { Private: true } => NotStored.Private,
        { NoCache: true } => NotStored.NoCache,
        _ when Storage.VariesByAll(answer.Headers) => NotStored.VaryStar,
        _ => NotStored.None,
    };

    /// <summary>§19: the longer of ErrorCachingMinTTL and what the header says up to MaxTTL; some statuses only when the header says something.</summary>
    private static StorageVerdict DecideError(ResponseHead answer, ResponseCacheControl control, DistributionModel distribution, CachePolicyModel policy, DateTimeOffset now)
    {
        var said = Said(answer.Headers, control, now);
        var hasMaxAge = control.SharedMaxAge is not null || control.MaxAge is not null;
        var forbidden = control.NoStore || control.NoCache || control.Private;
        switch (answer.Status)
        {
            case 404 or 410 or 414 or 500 or 501 or 502 or 503 or 504:
            case 400 or 403 or 405 or 412 or 415 when hasMaxAge:
                var wanted = forbidden ? TimeSpan.Zero : said?.Lifetime ?? TimeSpan.Zero; // DP-19.2: still ErrorCachingMinTTL
                var atLeast = distribution.ErrorCaching(answer.Status);
                var verdict = Keep(answer, control, policy, Shorter(wanted, policy.MaxTtl), atLeast);
                if (verdict.FreshFor <= TimeSpan.Zero)
                {
                    return StorageVerdict.Refuse(NotStored.ZeroTtl); // an error is not worth asking about
                }

                return wanted > atLeast ? verdict with { Source = said!.Value.Source, Said = wanted } : verdict with { Source = TtlSource.ErrorCaching, Said = atLeast };
            case 400 or 403 or 405 or 412 or 415 or 416: // a bucket's 403 for what it does not have is no other (DP-13.5)
                return StorageVerdict.Refuse(NotStored.Status);
            default:
                return said is null || forbidden ? StorageVerdict.Refuse(NotStored.Status) : DecideByHeaders(answer, control, policy, now);
        }
    }

    /// <param name="atLeast">What the configuration promises, however old the answer was when it came.</param>
    private static StorageVerdict Keep(ResponseHead answer, ResponseCacheControl control, CachePolicyModel policy, TimeSpan timeToLive, TimeSpan atLeast)
    {
        var age = Age(answer.Headers);
        var freshFor = Longer(timeToLive - age, atLeast);
        if (freshFor <= TimeSpan.Zero && !Storage.HasValidator(answer.Headers))
        {
            return StorageVerdict.Refuse(NotStored.ZeroTtl);
        }

        // DP-18.1, DP-18.2: MaxTTL bounds the extensions, each by itself (DP-18.6); both count from expiry, side by side (DP-18.4).
        // DP-14.4: what must be revalidated has none.
        TimeSpan? Extension(int? seconds) => seconds is { } value ? Shorter(TimeSpan.FromSeconds(value), policy.MaxTtl) : null;
        var mustRevalidate = control.MustRevalidate || control.ProxyRevalidate;
        return StorageVerdict.Store(
            Longer(freshFor, TimeSpan.Zero), age, mustRevalidate ? TimeSpan.Zero : Extension(control.StaleWhileRevalidate) ?? TimeSpan.Zero, Extension(control.StaleIfError), mustRevalidate);
    }

    /// <summary>Seconds until Expires, zero when it is past or unreadable (DP-14.5); null without the header.</summary>
    private static TimeSpan? Expires(HeaderList headers, DateTimeOffset now)
    {
        if (!headers.TryGet("expires"u8, out var value))
        {
            return null;
        }

        return HttpDate.TryParse(value, out var expires) && expires > now ? expires - now : TimeSpan.Zero;
    }

    private static TimeSpan Age(HeaderList headers) =>
        headers.TryGet("age"u8, out var value) && DeltaSeconds.Parse(value) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
