// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>What may be done with a stored answer.</summary>
public enum ReuseVerdict
{
    /// <summary>Send it.</summary>
    Serve,

    /// <summary>Send it although its time is over: the viewer allows it (RFC 9111, section 5.2.1.2).</summary>
    ServeStale,

    /// <summary>Ask the origin whether it still holds.</summary>
    Validate,
}

/// <summary>Decides whether a stored answer does for a request (DP-6.10; RFC 9111, sections 4 and 5.2.1).</summary>
public static class Reuse
{
    /// <param name="age">Of the stored answer now.</param>
    /// <param name="freshFor">How long it is still fresh; negative for how long it has been stale.</param>
    public static ReuseVerdict Decide(CachingRules rules, HeaderList request, TimeSpan age, TimeSpan freshFor, bool mustRevalidate)
    {
        var isFresh = freshFor > TimeSpan.Zero;
        if (rules is CachingRules.CloudFront)
        {
            return isFresh ? ReuseVerdict.Serve : ReuseVerdict.Validate; // DP-6.10: whatever the viewer says
        }

        var control = RequestCacheControl.Parse(request);
        if (control.NoCache
            || (control.MaxAge is { } oldest && age > TimeSpan.FromSeconds(oldest))
            || (control.MinFresh is { } remaining && freshFor < TimeSpan.FromSeconds(remaining)))
        {
            return ReuseVerdict.Validate;
        }

        if (isFresh)
        {
            return ReuseVerdict.Serve;
        }

        return control.MaxStale is { } seconds && !mustRevalidate && -freshFor <= TimeSpan.FromSeconds(seconds) ? ReuseVerdict.ServeStale : ReuseVerdict.Validate;
    }

    /// <summary>Whether the viewer itself wants the origin asked, or an answer fresher than any stale one (RFC 9111, section 5.2.1); only the strict rules hear it.</summary>
    public static bool IsValidationAsked(CachingRules rules, HeaderList request) =>
        rules is CachingRules.Strict && RequestCacheControl.Parse(request) is ({ NoCache: true } or { MaxAge: not null } or { MinFresh: not null });
}
