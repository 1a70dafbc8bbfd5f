// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Deployment;

/// <summary>Which requests for a primary distribution its staging distribution serves (<c>api.md</c> §9.1, API-6.15).</summary>
/// <param name="StagingDomainNames">Exactly one once it has been checked.</param>
/// <param name="Traffic">Null when no request is to be sent there yet.</param>
internal sealed record ContinuousDeploymentSettings(ImmutableArray<string> StagingDomainNames, bool Enabled, TrafficSettings? Traffic)
{
    public bool Names(Distribution distribution) => StagingDomainNames.Contains(distribution.DomainName);

    /// <summary>Whether viewers stay on the side that they came to first.</summary>
    public bool IsSticky => Traffic?.Weight?.Stickiness is not null;

    public bool IsSameAs(ContinuousDeploymentSettings other) =>
        Enabled == other.Enabled && Traffic == other.Traffic && StagingDomainNames.SequenceEqual(other.StagingDomainNames);
}

/// <summary>By a header or by weight.</summary>
/// <param name="Type">One of <see cref="Vocabulary.TrafficType"/>; of the other type there are no settings.</param>
internal sealed record TrafficSettings(string Type, WeightSettings? Weight, HeaderSettings? Header)
{
    public const string SingleHeader = "SingleHeader";
    public const string SingleWeight = "SingleWeight";
}

/// <param name="Weight">The share of requests, 0 to 0.15.</param>
internal sealed record WeightSettings(decimal Weight, StickinessSettings? Stickiness);

/// <summary>Both in seconds, 300 to 3600.</summary>
internal sealed record StickinessSettings(int IdleTtl, int MaximumTtl);

/// <param name="Name">Lower case; begins with <c>aws-cf-cd-</c>.</param>
internal sealed record HeaderSettings(string Name, string Value);
