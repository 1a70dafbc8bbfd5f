// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>Which distribution the Host means (§2).</summary>
/// <param name="MatchedName">Its own name, or the alias that matched.</param>
public sealed record ExplainedDistribution(string Id, string DomainName, bool Enabled, string MatchedName, string Why, string Rule)
{
    /// <summary>Null where no policy decides between two sides.</summary>
    public ExplainedDeployment? Deployment { get; init; }
}
