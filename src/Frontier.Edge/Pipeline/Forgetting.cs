// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Matching;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// RFC 9111, section 4.4: a request that changes something makes what is stored under its URL doubtful, and what its answer points
/// to on the same host: every copy, whatever it is kept apart by, and every part. CloudFront does not do that (DP-4.6), so only
/// the strict rules do.
/// </summary>
internal sealed class Forgetting(HttpCache cache, CachingRules rules)
{
    public void AfterUnsafe(RequestContext context, ResponseHead answer)
    {
        if (rules is CachingRules.CloudFront || answer.Status is < 200 or >= 400
            || context.Request.Method is RequestMethod.Get or RequestMethod.Head or RequestMethod.Options)
        {
            return;
        }

        Forget(context, context.Request.Target);
        ForgetPointedTo(context, answer.Headers.GetText("location"u8));
        ForgetPointedTo(context, answer.Headers.GetText("content-location"u8));
    }

    private void ForgetPointedTo(RequestContext context, string? reference)
    {
        var scheme = context.Request.IsHttps ? "https" : "http";
        if (reference is null
            || !Uri.TryCreate($"{scheme}://{context.Request.Host}{context.Request.TargetText}", UriKind.Absolute, out var asked)
            || !Uri.TryCreate(asked, reference, out var target)
            || !string.Equals(target.Host, asked.Host, StringComparison.OrdinalIgnoreCase))
        {
            return; // another host's URLs are nothing that this answer may speak of
        }

        Forget(context, Encoding.ASCII.GetBytes(target.PathAndQuery));
    }

    private void Forget(RequestContext context, ReadOnlySpan<byte> target)
    {
        var asked = new RequestHead { Version = context.Request.Version, IsHttps = context.Request.IsHttps, Host = context.Request.Host };
        asked.SetMethod("GET");
        asked.SetTarget(target);
        context.Distribution.ApplyDefaultRootObject(asked);
        var behavior = BehaviorMatch.Find(context.Distribution, asked.Path);
        if (behavior.CachePolicy.CachingDisabled)
        {
            return;
        }

        var key = new ArrayBufferWriter<byte>(256);
        CacheKey.Write(asked, context.Distribution, behavior, context.Viewer, key);
        cache.PurgeTarget(key.WrittenSpan);
    }
}
