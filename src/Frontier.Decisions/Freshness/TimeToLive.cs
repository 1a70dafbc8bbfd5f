// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>Decides whether an origin's answer is stored and how long it is fresh (§14, §18, §19).</summary>
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

        if (answer.Status is not (200 or 203 or 204 or 300 or 301 or 302 or 307 or 308))
        {
            return StorageVerdict.Refuse(NotStored.Status);
        }

        var bounded = policy.MinTtl > TimeSpan.Zero; // DP-14.2: MinTTL over everything the origin forbids
        if (!bounded && Forbidden(answer, control) is not NotStored.None and var reason)
        {
            return StorageVerdict.Refuse(reason);
        }

        var wanted = control switch
        {
            { NoStore: true } or { NoCache: true } or { Private: true } => TimeSpan.Zero,
            { SharedMaxAge: { } shared } => TimeSpan.FromSeconds(shared), // DP-14.1
            { MaxAge: { } own } => TimeSpan.FromSeconds(own),
            _ => Expires(answer.Headers, now) ?? policy.DefaultTtl,
        };
        var timeToLive = TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, policy.MinTtl.Ticks, Math.Max(policy.MinTtl.Ticks, policy.MaxTtl.Ticks)));
        return Keep(answer, control, policy, timeToLive);
    }

    private static NotStored Forbidden(ResponseHead answer, ResponseCacheControl control) => control switch
    {
        { NoStore: true } => NotStored.NoStore,
        { Private: true } => NotStored.Private,
        { NoCache: true } => NotStored.NoCache,
        _ when answer.Headers.Joined("vary"u8) is { } vary && vary.Contains('*', StringComparison.Ordinal) => NotStored.VaryStar,
        _ => NotStored.None,
    };

    /// <summary>§19: the longer of ErrorCachingMinTTL and what the header says up to MaxTTL; some statuses only when the header says something.</summary>
    private static StorageVerdict DecideError(ResponseHead answer, ResponseCacheControl control, DistributionModel distribution, CachePolicyModel policy, DateTimeOffset now)
    {
        var minimum = distribution.ErrorCaching(answer.Status);
        var said = (control.SharedMaxAge ?? control.MaxAge) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var always = answer.Status is 404 or 410 or 414 or 500 or 501 or 502 or 503 or 504;
        if (answer.Status is 416 || (!always && (said is null || answer.Status is not (400 or 403 or 405 or 412 or 415))))
        {
            return StorageVerdict.Refuse(NotStored.Status);
        }

        var forbidden = control.NoStore || control.NoCache || control.Private; // DP-19.2: still ErrorCachingMinTTL
        var wanted = forbidden ? TimeSpan.Zero : said ?? Expires(answer.Headers, now) ?? TimeSpan.Zero;
        var capped = wanted < policy.MaxTtl ? wanted : policy.MaxTtl;
        return Keep(answer, control, policy, capped > minimum ? capped : minimum);
    }

    private static StorageVerdict Keep(ResponseHead answer, ResponseCacheControl control, CachePolicyModel policy, TimeSpan timeToLive)
    {
        var age = Age(answer.Headers);
        var freshFor = timeToLive - age;
        if (freshFor <= TimeSpan.Zero)
        {
            return StorageVerdict.Refuse(NotStored.ZeroTtl);
        }

        // DP-18.1, DP-18.2: MaxTTL bounds the extensions.
        TimeSpan? Extension(int? seconds) => seconds is { } value ? TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(value).Ticks, policy.MaxTtl.Ticks)) : null;
        return StorageVerdict.Store(
            freshFor, age, Extension(control.StaleWhileRevalidate) ?? TimeSpan.Zero, Extension(control.StaleIfError), control.MustRevalidate || control.ProxyRevalidate);
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
        int.TryParse(headers.GetText("age"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
}
