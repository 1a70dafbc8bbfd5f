// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;
using Frontier.Edge.Delivery;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>The head of a hit, kept with the stored object.</summary>
/// <param name="Behavior">Whose policies it was made by: after a change of the configuration it is made anew.</param>
internal sealed record PreparedHit(BehaviorModel Behavior, PreparedHead Head, byte[] ContentType);

/// <summary>Prepares heads of hits: everything that <see cref="AnswerDelivery"/> would put there, but for the age and the request's id.</summary>
internal sealed class PreparedHits(EdgeName name)
{
    public PreparedHit Of(CachedObject found, BehaviorModel behavior, RequestHead request)
    {
        if (found.Head.Prepared is PreparedHit prepared && ReferenceEquals(prepared.Behavior, behavior))
        {
            return prepared;
        }

        prepared = Prepare(found, behavior, request);
        found.Head.Prepared = prepared;
        return prepared;
    }

    private PreparedHit Prepare(CachedObject found, BehaviorModel behavior, RequestHead request)
    {
        var head = StoredHeads.ToResponse(found.Head);
        if (head.Status == 200)
        {
            ObjectFields.AcceptRanges(head.Headers);
        }

        if (behavior.ResponseHeadersPolicy is { } policy)
        {
            PolicyHeaders.Apply(policy, request, head.Headers, default);
        }

        ObjectFields.Identify(head.Headers, name, ResultType.Hit, "1.1");
        head.Headers.Remove("age"u8);
        head.Headers.Remove("x-amz-cf-id"u8);
        return new PreparedHit(behavior, new PreparedHead(head, found.BodyLength), Encoding.Latin1.GetBytes(head.Headers.GetText("content-type"u8) ?? ""));
    }
}
