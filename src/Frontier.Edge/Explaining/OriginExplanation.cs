// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Frontier.Decisions.Addresses;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Edge.Tiers;

namespace Frontier.Edge.Explaining;

/// <summary>The request that an origin is, or would be, sent: composed as the fetch stage composes it, and not sent.</summary>
internal static class OriginExplanation
{
    /// <param name="block">The block that would be asked for; null for the whole object.</param>
    public static async ValueTask<ExplainedOrigin> OfAsync(
        RequestContext context, OriginRequests requests, OriginClient client, ParentCalls? parents, OriginPurpose purpose, BlockSpan? block, bool isAsked)
    {
        var call = requests.Compose(context, purpose, purpose is OriginPurpose.Fill ? context.Stale : null, block, isShared: purpose is OriginPurpose.Fill);
        var request = call.Primary;
        var behavior = context.Behavior;
        var failover = behavior.Failover;
        return new ExplainedOrigin
        {
            Id = behavior.Origin.Id,
            Group = failover?.GroupId,
            Secondary = failover?.Secondary.Id,
            FailoverStatuses = failover is null ? null : [.. failover.Statuses.Order()],
            Why = failover is null
                ? "The behavior's target origin."
                : $"The primary origin of group {failover.GroupId}; {failover.Secondary.Id} is asked where it fails (DP-12.2).",
            IsAsked = isAsked,
            Parents = parents is null || call.Tiers is not { Way: var way } ? [] : [.. way.Parents.Concat(way.Shields).Select(hop => Parent(hop, parents.IsDown(hop.Node)))],
            Address = Address(request.Endpoint),
            Refusals = Refusals(await client.JudgeAsync(request.Endpoint, context.Exchange.Aborted)),
            Health = Health(request.Endpoint, client.Health),
            Method = request.Method,
            Target = Encoding.Latin1.GetString(request.Target.Span),
            Purpose = purpose.ToString(),
            Fields = ForwardingExplanation.Fields(context.Request, behavior, context.Viewer, purpose, request.Body is not null, request.Headers),
            LeftOut = ForwardingExplanation.LeftOut(context.Request, behavior, context.Viewer, purpose, request.Body is not null),
        };
    }

    private static ExplainedParent Parent(TierHop hop, bool isDown) =>
        new(hop.Level.Name, hop.Node.Id, string.Create(CultureInfo.InvariantCulture, $"{hop.Node.Host}:{hop.Node.Port}"), hop.Why, isDown);

    private static ExplainedHealth? Health(OriginEndpoint endpoint, ImmutableArray<OriginHealth> all) =>
        all.FirstOrDefault(origin => origin.Host == endpoint.Host && origin.Port == endpoint.Port && origin.Tls == endpoint.Tls) is { } known
            ? new ExplainedHealth
            {
                Requests = known.Requests,
                Failures = known.Failures.Values.Sum(),
                LastFailure = known.LastFailureAt is null ? null : known.LastFailure.ToString(),
                LastFailureAt = known.LastFailureAt,
                OpenConnections = known.OpenConnections,
                FirstByteMilliseconds = Math.Round(known.FirstByteLatency.TotalMilliseconds, 1),
            }
            : null;

    private static ImmutableArray<string> Refusals(IReadOnlyList<(IPEndPoint Address, AddressVerdict Verdict)> judged) =>
    [
        .. judged.Where(static found => found.Verdict is not AddressVerdict.Allowed)
            .Select(static found => $"{found.Address} {found.Verdict.Why}" + (found.Verdict.IsForOperatorToAllow ? "; --allow-private-origins allows it" : "; no origin may be there")),
    ];

    private static string Address(OriginEndpoint endpoint) =>
        string.Create(CultureInfo.InvariantCulture, $"{(endpoint.Tls ? "https" : "http")}://{endpoint.Host}:{endpoint.Port}");
}
