// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;

namespace Frontier.Decisions.Explaining;

/// <summary>By which of its names a distribution was found.</summary>
public static class DistributionExplanation
{
    /// <param name="name">The normalised host that <see cref="RoutingTable"/> found it by.</param>
    /// <param name="suffixAt">As <see cref="RoutingTable.TryFind(ReadOnlySpan{char}, out DistributionModel?, out int)"/> tells.</param>
    public static ExplainedDistribution Of(DistributionModel distribution, string name, int suffixAt)
    {
        var (matched, why, rule) = suffixAt > 0 ? ("*" + name[suffixAt..], "Of the wildcard aliases that match, its has the longest suffix; no distribution has the exact name.", "DP-2.3")
            : name == distribution.DomainName ? (name, "The Host is its own domain name.", "DP-2.1")
            : (name, "The Host is one of its aliases.", "DP-2.1");
        return new ExplainedDistribution(distribution.Id, distribution.DomainName, distribution.Enabled, matched, why, rule);
    }
}
