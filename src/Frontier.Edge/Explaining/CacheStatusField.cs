// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Pipeline.Blocks;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Explaining;

/// <summary>Says in Cache-Status how this cache came to its answer (RFC 9211), where the operator wants that or somebody asks.</summary>
internal static class CacheStatusField
{
    /// <summary>Appends our member after those of the caches behind us, as the field grows towards the viewer. Nothing for an answer of our own making.</summary>
    public static void Tell(RequestContext context, OriginTrace trace, Answer answer, DateTimeOffset now)
    {
        if (answer is EdgeAnswer)
        {
            return;
        }

        trace.CacheStatus = Of(context, trace, answer, now).Render();
        if (trace.TellsViewer)
        {
            answer.Head.Headers.Add("Cache-Status"u8, Encoding.ASCII.GetBytes(trace.CacheStatus));
        }
    }

    private static CacheStatus Of(RequestContext context, OriginTrace trace, Answer answer, DateTimeOffset now) => new()
    {
        Forward = answer is BlocksAnswer { IsPartlyHere: true } ? ForwardReason.Partial : trace.HasAsked || trace.IsCollapsed ? Reason(context, now) : null,
        ForwardStatus = trace.Status,
        Ttl = answer.FreshUntil is { } until ? (long)(until - now).TotalSeconds : null,
        Stored = trace.HasAsked && answer is FillingAnswer or BlocksAnswer { Result: Usage.ResultType.Miss },
        Collapsed = trace.IsCollapsed && !trace.HasAsked,
        Key = trace.Explains && context.Key.WrittenCount > 0 ? PrintableText.Of(context.Key.WrittenSpan) : null,
    };

    private static ForwardReason Reason(RequestContext context, DateTimeOffset now) => context.Behavior.Bypasses(context.Request.Method) switch
    {
        NotStored.Method => ForwardReason.Method,
        not NotStored.None => ForwardReason.Bypass,
        _ when context.Stale is { } stale => stale.Head.IsFresh(now) ? ForwardReason.Request : ForwardReason.Stale,
        _ when context.Record.MissReason is MissReason.Uncacheable => ForwardReason.Bypass, // its answers are known not to be shared, so nobody was asked
        _ => CacheKeyLayout.Variant(context.Key.WrittenSpan).IsEmpty ? ForwardReason.UriMiss : ForwardReason.Miss,
    };
}
