// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Edge.Tiers;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Explaining;

/// <summary>
/// Runs a request through the stages that decide it, up to and without the fetch. Nothing is counted, logged, moved in the
/// cache, or asked of an origin.
/// </summary>
internal sealed class Explainer(EdgePipeline pipeline, Admission admission, HttpCache cache, CachingRules rules, OriginRequests requests, OriginClient client, ParentCalls? parents, EdgeState state, TimeProvider time)
{
    /// <param name="isLive">Whether the request is going to be served as well.</param>
    public async ValueTask<Explanation> ExplainAsync(ExplainedExchange exchange, bool isLive)
    {
        var request = exchange.Request;
        var (requested, requestedPath) = (request.TargetText, request.PathText);
        using var context = admission.Begin(exchange);
        await using var refusal = pipeline.Decide(context);
        var explanation = new Explanation
        {
            Request = new ExplainedRequest(request.MethodToken, request.Host, requested, request.IsHttps, request.Version.Number, context.Viewer.AddressText, isLive),
            Access = Access(context, refusal),
            Distribution = context.HasDistribution ? Distribution(context) : null,
            Behavior = context.HasBehavior ? BehaviorExplanation.Of(context.Distribution, context.Behavior, request.Path, requestedPath) : null,
        };
        return refusal is null ? await LookUpAsync(context, explanation) : explanation;
    }

    private async ValueTask<Explanation> LookUpAsync(RequestContext context, Explanation explanation)
    {
        var bypass = context.Behavior.Bypasses(context.Request.Method);
        if (bypass is not NotStored.None || context.CutOff is CutOffChoice.Bypass)
        {
            return explanation with
            {
                Cache = bypass is NotStored.None ? CacheExplanation.LeftAlone : CacheExplanation.Bypassed(bypass),
                Origin = await OriginExplanation.OfAsync(context, requests, client, parents, OriginPurpose.Pass, block: null, isAsked: true),
            };
        }

        CacheKey.Write(context.Request, context.Distribution, context.Behavior, context.Viewer, context.Key);
        var peek = await PeekAsync(context);
        var block = peek.Object is null && context.Request.Method is RequestMethod.Get ? BlockFetch.FirstWanted(context.Request.Headers) : null;
        if (peek.Object is null && context.Request.Method is RequestMethod.Get)
        {
            // A part of the object may be here though the whole is not.
            var part = await cache.PeekAsync(BlockFetch.KeyOf(context.Key.WrittenSpan, block ?? BlockSpan.Holding(0)));
            peek = part.Object is null ? peek : part;
        }

        using var found = peek.Object;
        var now = time.GetUtcNow();
        var isCutOff = context.CutOff is CutOffChoice.Revalidate;
        if (found is not null && (isCutOff || CacheExplanation.IsAskedAbout(rules, found.Head, context.Request.Headers, now)) && found.TryAddReference())
        {
            context.Stale = found; // the fetch stage validates it
        }

        var purpose = !peek.IsDeclined && Fetch.MayShare(context) ? OriginPurpose.Fill : OriginPurpose.Pass;
        return explanation with
        {
            Key = KeyExplanation.Of(context.Request, context.Distribution, context.Behavior, context.Viewer),
            Cache = CacheExplanation.Of(rules, context.Request.Headers, peek, state.Invalidations, isCutOff, now),
            Lifetime = found is null ? null : CacheExplanation.Lifetime(rules, found, context.Request, context.Distribution, context.Behavior),
            Origin = await OriginExplanation.OfAsync(context, requests, client, parents, purpose, block, isAsked: found is null || context.Stale is not null),
        };
    }

    /// <summary>Follows a signpost to the variant for this request.</summary>
    private async ValueTask<CachePeek> PeekAsync(RequestContext context)
    {
        var peek = await cache.PeekAsync(context.Key.WrittenMemory);
        if (peek.Object is not { } found || !Signpost.TryRead(found.Head, out var signpost))
        {
            return peek;
        }

        found.Dispose();
        Variants.Narrow(context, signpost);
        return await cache.PeekAsync(context.Key.WrittenMemory);
    }

    private static ExplainedDistribution Distribution(RequestContext context)
    {
        var found = DistributionExplanation.Of(context.Deployment?.Primary ?? context.Distribution, context.Host, context.WildcardAt);
        return context.Deployment is { } turn ? DeploymentExplanation.Of(found, turn.Policy, turn.Verdict) : found;
    }

    private static ExplainedAccess Access(RequestContext context, Answer? refusal)
    {
        if (context.ViewerCertificate is { } certificate and not ViewerCertificateVerdict.Allowed)
        {
            return new ExplainedAccess(false, certificate.ToString(), certificate switch
            {
                ViewerCertificateVerdict.NotSecure => "The distribution requires a certificate of its viewers, and the request came in the clear.",
                _ => "The distribution asks its viewers for certificates, and this connection was made for another name or under other rules.",
            }, "DP-31.4", refusal?.Head.Status);
        }

        if (context.Signature is { } signature)
        {
            return AccessExplanation.Of(signature, refusal?.Head.Status);
        }

        if (context.Access is { } verdict)
        {
            return AccessExplanation.Of(verdict, refusal?.Head.Status, refusal?.Head.Headers.GetText("location"u8));
        }

        var (word, why, rule) = !context.HasDistribution ? ("NoDistribution", "No distribution has this name, neither exactly nor by a wildcard.", "DP-2.5")
            : !context.Distribution.Enabled ? ("Disabled", "The distribution is disabled and keeps its names.", "DP-2.4")
            : context.Distribution.IsStaging && context.Deployment is null ? ("Staging", "A staging distribution serves requests for its primary distribution only.", "DP-2.8")
            : ("Refused", "The edge refuses it before the behavior's rules are asked.", "§5");
        return new ExplainedAccess(false, word, why, rule, refusal?.Head.Status);
    }
}
