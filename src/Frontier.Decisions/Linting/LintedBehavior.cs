// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Linting;

/// <summary>A behavior as rules look at it.</summary>
/// <param name="Position">Among the behaviors with a pattern, from 0; null for the default one.</param>
internal sealed record LintedBehavior(BehaviorConfig Config, BehaviorModel Model, int? Position, LintSubject Subject)
{
    public CachePolicyModel Key => Model.CachePolicy;

    public bool Caches => !Key.CachingDisabled;

    /// <summary>Whether objects are kept although the origin does not say that they may be.</summary>
    public bool KeepsUnasked => Caches && (Key.DefaultTtl > TimeSpan.Zero || Key.MinTtl > TimeSpan.Zero);

    /// <summary>Whether it was written with ForwardedValues: then one id names both policies.</summary>
    public bool IsLegacy => Config.CachePolicyId == Config.OriginRequestPolicyId;

    /// <summary>For a sentence.</summary>
    public string Name => Position is null ? "The default behavior" : $"Behavior {Config.PathPattern}";

    /// <summary>Where a member stands; what a cache policy says stands in the behavior itself where it is legacy.</summary>
    public string PathOf(string member)
    {
        var own = Position is { } position ? FormattableString.Invariant($"CacheBehaviors.Items[{position}]") : "DefaultCacheBehavior";
        return $"{own}.{(IsLegacy && member is "CachePolicyId" or "OriginRequestPolicyId" ? "ForwardedValues" : member)}";
    }

    /// <summary>The origins it may ask.</summary>
    public IEnumerable<OriginConfig> Origins => Model.Failover is { } failover ? [Model.Origin.Config, failover.Secondary.Config] : [Model.Origin.Config];

    public bool SendsBeyondKey(ReadOnlySpan<byte> header) => Model.HeaderSource(header) is Forwarding.FieldSource.OriginRequestPolicy;
}
