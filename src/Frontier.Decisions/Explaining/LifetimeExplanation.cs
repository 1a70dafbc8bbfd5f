// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Explaining;

/// <summary>The verdict of <see cref="TimeToLive"/> beside what it was made of.</summary>
public static class LifetimeExplanation
{
    /// <param name="answer">The origin's, with every field the verdict was made from.</param>
    /// <param name="receivedAt">When it came: Expires counts from there.</param>
    public static ExplainedLifetime Of(ResponseHead answer, StorageVerdict verdict, DistributionModel distribution, BehaviorModel behavior, DateTimeOffset receivedAt)
    {
        var policy = behavior.CachePolicy;
        var control = ResponseCacheControl.Parse(answer.Headers);
        var (why, rule) = Reason(answer, verdict, behavior);
        return new ExplainedLifetime
        {
            Status = answer.Status,
            MinTtl = Seconds(policy.MinTtl),
            DefaultTtl = Seconds(policy.DefaultTtl),
            MaxTtl = Seconds(policy.MaxTtl),
            SharedMaxAge = control.SharedMaxAge,
            MaxAge = control.MaxAge,
            Expires = Expires(answer.Headers, receivedAt),
            Age = answer.Headers.TryGet("age"u8, out var age) && DeltaSeconds.Parse(age) is { } seconds ? seconds : 0,
            ErrorCachingMinTtl = answer.Status >= 400 ? Seconds(distribution.ErrorCaching(answer.Status)) : null,
            Directives = Directives(control),
            FreshFor = verdict.IsStored ? Seconds(verdict.FreshFor) : null,
            NotStored = verdict.IsStored ? null : verdict.Reason.ToString(),
            Why = why,
            Rule = rule,
        };
    }

    private static (string Why, string Rule) Reason(ResponseHead answer, StorageVerdict verdict, BehaviorModel behavior)
    {
        if (!verdict.IsStored)
        {
            return WhyNotStored(verdict.Reason, answer.Status);
        }

        if (verdict.IsForValidationOnly)
        {
            return ("Nothing is left of its time to live, or the origin wants to be asked each time: it is kept for its validators.", "DP-14.3");
        }

        var policy = behavior.CachePolicy;
        return verdict.Source switch
        {
            TtlSource.ErrorCaching => ("The longer of ErrorCachingMinTTL and what the header says, that up to MaxTTL.", "DP-19.1"),
            TtlSource.Forbidden => ("The origin forbids sharing it, but MinTTL is above 0 and overrules that.", "DP-14.2"),
            TtlSource.DefaultTtl => ("The origin says nothing, so DefaultTTL counts.", "§14"),
            TtlSource.Heuristic => ("The origin says nothing, so a tenth of the time since Last-Modified counts.", "RFC 9111, section 4.2.2"),
            TtlSource.SharedMaxAge => (Counts("s-maxage", verdict, policy), "DP-14.1"),
            TtlSource.MaxAge => (Counts("max-age", verdict, policy), "DP-14.1"),
            TtlSource.Expires => (Counts("Expires", verdict, policy), "DP-14.1"),
        };
    }

    private static string Counts(string word, StorageVerdict verdict, CachePolicyModel policy)
    {
        var bound = verdict.Said > policy.MaxTtl ? ", at most MaxTTL" : "";
        var older = verdict.InitialAge > TimeSpan.Zero ? ", less Age" : "";
        var raised = policy.MinTtl > TimeSpan.Zero && verdict.FreshFor == policy.MinTtl && verdict.Said - verdict.InitialAge < policy.MinTtl ? ", raised to MinTTL" : "";
        return $"{word} counts{bound}{older}{raised}.";
    }

    /// <exception cref="InvalidOperationException">It is stored.</exception>
    private static (string Why, string Rule) WhyNotStored(NotStored reason, int status) => reason switch
    {
        NotStored.Method => ("Answers to this method are not cached by the behavior.", "DP-4.6"),
        NotStored.CachingDisabled => ("The cache policy's MaxTTL is 0.", "DP-6.13"),
        NotStored.NoStore => ("The origin says no-store and MinTTL is 0.", "DP-14.2"),
        NotStored.Private => ("The origin says private and MinTTL is 0.", "DP-14.2"),
        NotStored.NoCache => ("The origin says no-cache and MinTTL is 0.", "DP-14.2"),
        NotStored.ZeroTtl => ("Nothing is left of its time to live.", "§14"),
        NotStored.Status => (string.Create(CultureInfo.InvariantCulture, $"A {status} is not kept, or not without a max-age."), status >= 400 ? "§19" : "DP-14.10"),
        NotStored.VaryStar => ("The origin says Vary: * and MinTTL is 0.", "DP-14.8"),
        NotStored.Partial => ("It is a part, or an answer to a condition.", "DP-14.10"),
        NotStored.Authorization => ("The request carried Authorization, and the answer does not say that it may be shared.", "RFC 9111, section 3.5"),
        NotStored.AskedNotTo => ("The request said no-store.", "RFC 9111, section 5.2.1.5"),
        NotStored.None => throw new InvalidOperationException("It is stored."),
    };

    private static ImmutableArray<string> Directives(ResponseCacheControl control) =>
    [
        .. new (bool Said, string Word)[]
        {
            (control.NoStore, "no-store"), (control.NoCache, "no-cache"), (control.Private, "private"), (control.MustRevalidate, "must-revalidate"),
            (control.ProxyRevalidate, "proxy-revalidate"),
        }.Where(static directive => directive.Said).Select(static directive => directive.Word),
    ];

    private static long? Expires(HeaderList headers, DateTimeOffset receivedAt) => !headers.TryGet("expires"u8, out var value) ? null
        : HttpDate.TryParse(value, out var expires) && expires > receivedAt ? Seconds(expires - receivedAt)
        : 0;

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
