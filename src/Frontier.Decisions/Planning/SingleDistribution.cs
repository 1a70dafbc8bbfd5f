// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Planning;

/// <summary>One distribution of a snapshot, compiled with the code that edges run and without the others. Pure.</summary>
/// <param name="Faults">Why an edge would refuse it; then there is no model.</param>
public sealed record SingleDistribution(DistributionConfig Config, DistributionModel? Model, ImmutableArray<string> Faults)
{
    /// <summary>Null when the snapshot has none of that id.</summary>
    public static SingleDistribution? Compile(ConfigSnapshot snapshot, string id)
    {
        if (snapshot.Distributions.FirstOrDefault(config => config.Id == id) is not { } wanted)
        {
            return null;
        }

        var staging = wanted.ContinuousDeployment?.StagingDistributionId;
        ImmutableArray<DistributionConfig> needed = [.. snapshot.Distributions.Where(config => config.Id == id || config.Id == staging)];
        var named = needed.SelectMany(static config => config.Behaviors.Add(config.DefaultBehavior))
            .SelectMany(static behavior => new[] { behavior.CachePolicyId, behavior.OriginRequestPolicyId, behavior.ResponseHeadersPolicyId }).ToHashSet(StringComparer.Ordinal);
        var compiled = SnapshotCompiler.Compile(snapshot with
        {
            Distributions = needed,
            CachePolicies = [.. snapshot.CachePolicies.Where(policy => named.Contains(policy.Id))],
            OriginRequestPolicies = [.. snapshot.OriginRequestPolicies.Where(policy => named.Contains(policy.Id))],
            ResponseHeadersPolicies = [.. snapshot.ResponseHeadersPolicies.Where(policy => named.Contains(policy.Id))],
        });
        return compiled.Succeeded && compiled.Table.TryFind(wanted.DomainName, out var model)
            ? new SingleDistribution(wanted, model, [])
            : new SingleDistribution(wanted, null, compiled.Faults);
    }
}
