// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>
/// RFC 9111's rules of whether a shared cache stores an answer (section 3) and how long it is fresh (section 4.2), with
/// RFC 9213's header for CDNs. Of the cache policy DefaultTTL serves as the heuristic and MaxTTL as the upper bound;
/// MinTTL would overrule the origin, so it has no part.
/// </summary>
internal static class StrictTimeToLive
{
    /// <summary>RFC 9110, section 15.1.</summary>
    private static bool IsHeuristicallyCacheable(int status) => status is 200 or 203 or 204 or 300 or 301 or 308 or 404 or 405 or 410 or 414 or 501;

    /// <summary>Statuses whose caching requirements this cache knows (RFC 9111, section 5.2.2.3): those of RFC 9110.</summary>
    private static bool IsUnderstood(int status) => status is >= 200 and <= 206 or >= 300 and <= 305 or 307 or 308 or >= 400 and <= 417 or 421 or 422 or 426 or >= 500 and <= 505;

    public static StorageVerdict Decide(in AskedFor asked, ResponseHead answer, DistributionModel distribution, BehaviorModel behavior, DateTimeOffset now)
    {
        var policy = behavior.CachePolicy;
        if (!behavior.CachedMethods.Contains(asked.Method) || asked.Method is not (RequestMethod.Get or RequestMethod.Head))
        {
            return StorageVerdict.Refuse(NotStored.Method); // answers to OPTIONS are not cacheable (RFC 9110, section 9.3.7)
        }

        if (policy.CachingDisabled)
        {
            return StorageVerdict.Refuse(NotStored.CachingDisabled);
        }

        var targeted = ResponseCacheControl.TryParseTargeted(answer.Headers, out var control);
        if (!targeted)
        {
            control = ResponseCacheControl.Parse(answer.Headers);
        }

        if (WhyNot(asked, answer, control) is not NotStored.None and var reason)
        {
            return StorageVerdict.Refuse(reason);
        }

        if (Lifetime(answer, control, targeted, distribution, policy, now) is not var (source, lifetime))
        {
            return StorageVerdict.Refuse(NotStored.Status);
        }

        var age = CurrentAge(answer.Headers, asked.ResponseDelay, now);
        var freshFor = control.NoCache ? TimeSpan.Zero : Shorter(lifetime, policy.MaxTtl) - age;
        var mustRevalidate = control.MustRevalidate || control.ProxyRevalidate || control.SharedMaxAge is not null || control.NoCache; // section 5.2.2.10
        if (freshFor <= TimeSpan.Zero && !Storage.HasValidator(answer.Headers))
        {
            return StorageVerdict.Refuse(control.NoCache ? NotStored.NoCache : NotStored.ZeroTtl);
        }

        TimeSpan? Extension(int? seconds) => seconds is { } value ? Shorter(TimeSpan.FromSeconds(value), policy.MaxTtl) : null;
        var staleWhileRevalidate = mustRevalidate ? TimeSpan.Zero : Extension(control.StaleWhileRevalidate) ?? TimeSpan.Zero;
        return StorageVerdict.Store(freshFor > TimeSpan.Zero ? freshFor : TimeSpan.Zero, age, staleWhileRevalidate, Extension(control.StaleIfError), mustRevalidate)
            with
        { Source = source, Said = lifetime };
    }

    /// <summary>RFC 9111, section 3: everything that forbids storing.</summary>
    private static NotStored WhyNot(in AskedFor asked, ResponseHead answer, in ResponseCacheControl control)
    {
        if (answer.Status is 206 or 304)
        {
            return NotStored.Partial;
        }

        if (control.MustUnderstand && !IsUnderstood(answer.Status))
        {
            return NotStored.Status;
        }

        if (asked.Control.NoStore)
        {
            return NotStored.AskedNotTo;
        }

        if (control.NoStore && !control.MustUnderstand) // whoever understands the status ignores no-store beside it
        {
            return NotStored.NoStore;
        }

        if (control.Private)
        {
            return NotStored.Private;
        }

        if (asked.HasAuthorization && !control.Public && !control.MustRevalidate && control.SharedMaxAge is null)
        {
            return NotStored.Authorization; // section 3.5
        }

        return Storage.VariesByAll(answer.Headers) ? NotStored.VaryStar : NotStored.None;
    }

    /// <summary>Section 4.2.1, else a heuristic (4.2.2); null when the answer has neither.</summary>
    private static (TtlSource Source, TimeSpan Lifetime)? Lifetime(
        ResponseHead answer, in ResponseCacheControl control, bool targeted, DistributionModel distribution, CachePolicyModel policy, DateTimeOffset now)
    {
        if (control.SharedMaxAge is { } shared)
        {
            return (TtlSource.SharedMaxAge, TimeSpan.FromSeconds(shared));
        }

        if (control.MaxAge is { } maxAge)
        {
            return (TtlSource.MaxAge, TimeSpan.FromSeconds(maxAge));
        }

        if (control.HasUnreadableAge)
        {
            return (TtlSource.MaxAge, TimeSpan.Zero);
        }

        var date = Date(answer.Headers, now);
        if (!targeted && answer.Headers.TryGet("expires"u8, out var value))
        {
            return (TtlSource.Expires, HttpDate.TryParse(value, out var expires) && expires > date ? expires - date : TimeSpan.Zero);
        }

        if (control.NoCache)
        {
            return (TtlSource.Forbidden, TimeSpan.Zero);
        }

        if (!IsHeuristicallyCacheable(answer.Status) && !control.Public)
        {
            return null;
        }

        if (answer.Status >= 400)
        {
            return (TtlSource.ErrorCaching, distribution.ErrorCaching(answer.Status));
        }

        return answer.Headers.TryGet("last-modified"u8, out var text) && HttpDate.TryParse(text, out var modified) && modified < date
            ? (TtlSource.Heuristic, (date - modified) / 10)
            : (TtlSource.DefaultTtl, policy.DefaultTtl);
    }

    /// <summary>Section 4.2.3: the larger of what Age says and what the clocks say.</summary>
    private static TimeSpan CurrentAge(HeaderList headers, TimeSpan responseDelay, DateTimeOffset now)
    {
        var apparent = now - Date(headers, now);
        var said = TimeSpan.FromSeconds(Age(headers) ?? 0) + responseDelay;
        return apparent > said ? apparent : said;
    }

    /// <summary>Section 5.1: of a list the first counts, and a value that is no number counts for nothing.</summary>
    private static int? Age(HeaderList headers)
    {
        if (!headers.TryGet("age"u8, out var value))
        {
            return null;
        }

        var comma = value.IndexOf((byte)',');
        return DeltaSeconds.Parse((comma < 0 ? value : value[..comma]).Trim(" \t"u8));
    }

    private static DateTimeOffset Date(HeaderList headers, DateTimeOffset now) =>
        headers.TryGet("date"u8, out var value) && HttpDate.TryParse(value, out var date) ? date : now;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
