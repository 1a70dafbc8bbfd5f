// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Protocols.Http;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Tiers;

/// <summary>Composes what is asked of other machines before an origin is: whom, and what.</summary>
internal sealed class TierRequests(EdgeState state, CachingRules rules)
{
    /// <summary>What parents of behaviors with the same timeouts, more or less, have in common: as many kinds of connections to each, and no more.</summary>
    private static readonly TimeSpan PatienceStep = TimeSpan.FromMinutes(1);

    /// <summary>Null where the way leads straight to the origin, as it always does on a machine that is alone.</summary>
    /// <param name="isShared">Whether the answer is for all who want the same.</param>
    /// <param name="hasBody">What has one goes straight to the origin: it can be read from the viewer once, and a parent might fail after that.</param>
    /// <param name="origin">The first one that may be asked.</param>
    /// <param name="secondary">The second one; null for none.</param>
    public TierCall? Compose(
        RequestContext context, OriginPurpose purpose, bool isShared, bool hasBody, OriginModel origin, OriginModel? secondary, CachedObject? revalidate, BlockSpan? block, InterimAnswers? interim)
    {
        var map = state.Tiers;
        if (map.IsAlone || hasBody || purpose is OriginPurpose.WebSocket or OriginPurpose.Grpc || PassesCertificatesOn(context.Distribution) || HasChangedHere(context))
        {
            return null;
        }

        var key = KeyOf(context);
        var way = TierWay.Decide(map, new TierQuestion(
            context.Tier?.Level ?? TierLevel.Edge, key, IsDynamic: !context.HasKey || !(isShared || context.Request.Method is RequestMethod.Head))
        {
            Origin = origin,
            Secondary = secondary,
        });
        if (way.IsStraight)
        {
            return null;
        }

        var headers = new HeaderList();
        headers.Add("Host", context.Request.Host);
        TierHeaders.Copy(context.Request, context.Behavior, context.Viewer, keepsConditions: purpose is OriginPurpose.Pass, headers);
        OriginRequests.AddQuestion(revalidate, block, headers);
        headers.Add(TierFields.Distribution, System.Text.Encoding.ASCII.GetBytes(context.Distribution.DomainName));
        headers.Add(TierFields.Viewer, System.Text.Encoding.ASCII.GetBytes(TierVisit.Tell(context.Request, context.Viewer)));
        headers.Add(TierFields.RequestId, context.Record.RequestIdBytes);
        if (context.HasKey)
        {
            headers.Add(TierFields.Key, System.Text.Encoding.ASCII.GetBytes(key.ToString()));
        }

        return new TierCall
        {
            Way = way,
            Key = key,
            OriginId = origin.Id,
            Method = context.Request.MethodToken,
            Target = context.Request.Target.ToArray(),
            Headers = headers,
            Patience = (Math.Ceiling(context.Behavior.LongestFetch / PatienceStep) + 1) * PatienceStep,
            Interim = interim is null ? null : interim.Note,
        };
    }

    /// <summary>The key before a variant narrowed it; of what has no place in the cache the target stands for it, so that the same is asked of the same machine.</summary>
    private static TierKey KeyOf(RequestContext context) => TierKey.Of(
        context.Variant is { PrimaryKey: var primary } ? primary
        : context.HasKey ? context.Key.WrittenSpan
        : [.. context.Distribution.Partition, 0, .. context.Request.Target]);

    /// <summary>Where origins are told of viewers' certificates in the fields of RFC 9440, this machine alone knows what to tell.</summary>
    private static bool PassesCertificatesOn(DistributionModel distribution) => distribution.ViewerCertificates is { Mode: ViewerCertificateMode.Passthrough };

    /// <summary>By the RFCs a request has changed the object through this machine, and has dropped the copy here: those above know nothing of it (RFC 9111, section 4.4).</summary>
    private bool HasChangedHere(RequestContext context) =>
        rules is CachingRules.Strict && context.Record is { MissReason: MissReason.Invalidated, InvalidatedBy: 0 };
}
