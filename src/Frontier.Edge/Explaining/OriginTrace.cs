// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Explaining;

/// <summary>
/// What happened between a request and its origin, for Cache-Status and for explanations; most requests have none. Written by
/// the request, or by the fill that it leads before that tells how it ended: never by two at once.
/// </summary>
/// <param name="explains">Whether fields and arithmetic are wanted, beside what Cache-Status needs.</param>
/// <param name="tellsViewer">Whether the viewer gets Cache-Status.</param>
internal sealed class OriginTrace(bool explains, bool tellsViewer)
{
    public bool Explains => explains;

    public bool TellsViewer => tellsViewer;

    /// <summary>Whether this request has asked the origin, itself or by the fill it led.</summary>
    public bool HasAsked { get; private set; }

    /// <summary>Whether it joined another request's fetch.</summary>
    public bool IsCollapsed { get; private set; }

    public int? Status { get; private set; }

    public OriginFailure Failure { get; private set; }

    public ImmutableArray<string>? Fields { get; private set; }

    public ExplainedLifetime? Lifetime { get; private set; }

    /// <summary>As the viewer is, or would be, told.</summary>
    public string? CacheStatus { get; set; }

    public void Joined() => IsCollapsed = true;

    public void Heard(OriginResult result)
    {
        HasAsked = true;
        Failure = result.Failure;
        Status = result.Response?.Head.Status;
        if (explains && result.Response is { } response)
        {
            Fields = [.. Enumerable.Range(0, response.Head.Headers.Count).Select(i => $"{response.Head.Headers.NameText(i)}: {response.Head.Headers.ValueText(i)}")];
        }
    }

    /// <summary>As <see cref="Heard"/>, of an answer that is one viewer's alone: why it is not shared is part of the explanation.</summary>
    public void Passed(RequestContext context, CachingRules rules, OriginResult result, DateTimeOffset now)
    {
        Heard(result);
        if (!explains || result.Response is not { } response)
        {
            return;
        }

        // A part, or the head alone, of what might be stored is not stored: there is no arithmetic to show.
        var verdict = Storage.Decide(rules, AskedFor.Of(context.Request), response.Head, context.Distribution, context.Behavior, now);
        if (!verdict.IsStored)
        {
            Judged(response.Head, verdict, context.Distribution, context.Behavior, now);
        }
    }

    public void Judged(ResponseHead answer, StorageVerdict verdict, DistributionModel distribution, BehaviorModel behavior, DateTimeOffset now)
    {
        if (explains)
        {
            Lifetime = LifetimeExplanation.Of(answer, verdict, distribution, behavior, now);
        }
    }
}
