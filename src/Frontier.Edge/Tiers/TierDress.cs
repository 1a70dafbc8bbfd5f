// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Pipeline;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Tiers;

/// <summary>What an answer to another machine tells beside what the origin said: in the place of all that viewers are told.</summary>
internal static class TierDress
{
    public static void Put(RequestContext context, Answer answer, HeaderList headers, DateTimeOffset now)
    {
        var isShieldHit = answer.Detail is ErrorDetail.OriginShieldHit;
        headers.Add(TierFields.Result, Encoding.ASCII.GetBytes($"{answer.Result.LogName} {(isShieldHit ? answer.Detail.LogName : "-")}"));
        if (answer.Kept is { } kept)
        {
            headers.Add(TierFields.Lifetime, Encoding.ASCII.GetBytes(LifetimeOf(kept, now).ToString()));
        }

        if (context.OriginCall?.FailoverCode is { } code)
        {
            headers.Add(TierFields.Failover, Encoding.ASCII.GetBytes(code.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static ToldLifetime LifetimeOf(StoredHead kept, DateTimeOffset now) =>
        new(kept.FreshFor(now), kept.StaleWhileRevalidate, kept.StaleIfError == TimeSpan.MaxValue ? null : kept.StaleIfError);
}
