// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>A snapshot compiled, or every reason why it cannot be.</summary>
public readonly record struct CompileResult(RoutingTable? Table, ImmutableArray<string> Faults)
{
    [MemberNotNullWhen(true, nameof(Table))]
    public bool Succeeded => Table is not null;
}

/// <summary>
/// Turns a snapshot into what the hot path reads. The control plane runs it before it accepts a change and the edge before it
/// serves one, so that a snapshot which cannot be served is refused whole, with every fault named.
/// </summary>
public static class SnapshotCompiler
{
    public static CompileResult Compile(ConfigSnapshot snapshot)
    {
        if (snapshot.Format > ConfigSnapshot.CurrentFormat)
        {
            return new CompileResult(null, [$"The snapshot has format {snapshot.Format}; this program reads up to {ConfigSnapshot.CurrentFormat}."]);
        }

        var faults = ImmutableArray.CreateBuilder<string>();
        var cachePolicies = snapshot.CachePolicies.ToDictionary(static policy => policy.Id, static policy => new CachePolicyModel(policy));
        var originRequestPolicies = snapshot.OriginRequestPolicies.ToDictionary(static policy => policy.Id, static policy => new OriginRequestPolicyModel(policy));
        var byName = new Dictionary<string, DistributionModel>(StringComparer.Ordinal);
        var byWildcardSuffix = new Dictionary<string, DistributionModel>(StringComparer.Ordinal);
        foreach (var config in snapshot.Distributions)
        {
            if (CompileDistribution(config, cachePolicies, originRequestPolicies, faults) is { } distribution)
            {
                Name(distribution, byName, byWildcardSuffix, faults);
            }
        }

        return faults.Count > 0
            ? new CompileResult(null, faults.ToImmutable())
            : new CompileResult(new RoutingTable(snapshot.Version, byName, byWildcardSuffix, snapshot.Distributions.Length), []);
    }

    private static DistributionModel? CompileDistribution(
        DistributionConfig config, Dictionary<string, CachePolicyModel> cachePolicies, Dictionary<string, OriginRequestPolicyModel> originRequestPolicies,
        ImmutableArray<string>.Builder faults)
    {
        var origins = new Dictionary<string, OriginModel>(StringComparer.Ordinal);
        foreach (var origin in config.Origins)
        {
            if (!origins.TryAdd(origin.Id, new OriginModel(origin)))
            {
                faults.Add($"Distribution {config.Id} has two origins with the id {origin.Id}.");
            }
        }

        BehaviorModel? CompileBehavior(BehaviorConfig behavior)
        {
            var before = faults.Count;
            if (!origins.TryGetValue(behavior.TargetOriginId, out var origin))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no origin {behavior.TargetOriginId}.");
            }

            if (!cachePolicies.TryGetValue(behavior.CachePolicyId, out var cachePolicy))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no cache policy {behavior.CachePolicyId}.");
            }

            var originRequestPolicy = OriginRequestPolicyModel.None;
            if (behavior.OriginRequestPolicyId is { } id && !originRequestPolicies.TryGetValue(id, out originRequestPolicy!))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no origin request policy {id}.");
            }

            return faults.Count == before ? new BehaviorModel(behavior, origin!, cachePolicy!, originRequestPolicy) : null;
        }

        var defaultBehavior = CompileBehavior(config.DefaultBehavior);
        var behaviors = config.Behaviors.Select(CompileBehavior).OfType<BehaviorModel>().ToImmutableArray();
        return defaultBehavior is null ? null : new DistributionModel(config, behaviors, defaultBehavior);
    }

    private static void Name(
        DistributionModel distribution, Dictionary<string, DistributionModel> byName, Dictionary<string, DistributionModel> byWildcardSuffix,
        ImmutableArray<string>.Builder faults)
    {
        foreach (var name in distribution.Aliases.Prepend(distribution.DomainName))
        {
            // A wildcard is kept by its suffix with the leading dot, so that example.com itself never matches *.example.com (DP-2.2).
            var added = name.StartsWith("*.", StringComparison.Ordinal)
                ? byWildcardSuffix.TryAdd(name[1..], distribution)
                : byName.TryAdd(name, distribution);
            if (!added)
            {
                faults.Add($"Distribution {distribution.Id}: the name {name} belongs to another distribution already.");
            }
        }
    }
}
