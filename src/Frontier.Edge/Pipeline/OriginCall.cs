// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Edge.Tiers;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// A question to a behavior's origin, or to its origin group: both requests are composed up front, since a fill outlives the
/// viewer's request that they are made from. Sent once; what became of it is written before the answer is seen by anybody.
/// </summary>
internal sealed class OriginCall
{
    /// <summary>Whose miss it is, and which viewer's, for what each may have under way.</summary>
    public required string DistributionId { get; init; }

    public required IPAddress Viewer { get; init; }

    public required OriginRequest Primary { get; init; }

    /// <summary>Null where there is no group, or where the request may not fail over (DP-12.3).</summary>
    public OriginRequest? Secondary { get; init; }

    /// <summary>Set together with <see cref="Secondary"/>.</summary>
    public OriginFailoverModel? Failover { get; init; }

    /// <summary>Who is asked before the origins are; null where nobody is.</summary>
    public TierCall? Tiers { get; init; }

    /// <summary>What comes before the answer, for the viewer that waits for it; null where it is not told.</summary>
    public InterimAnswers? Interim { get; init; }

    /// <summary>The code for which the secondary was asked; null when it was not (DP-12.7).</summary>
    public int? FailoverCode { get; set; }

    /// <summary>The domain name of the origin asked last; null where a cache above had the answer.</summary>
    public required string? OriginHost { get; set; }

    /// <summary>What <see cref="OriginHost"/> becomes with failover.</summary>
    public string SecondaryHost => Failover!.Secondary.Config.DomainName;
}
