// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Domain;

/// <summary>All resources as of one snapshot version, in order of creation. Immutable.</summary>
internal sealed record Catalogue
{
    public required long Version { get; init; }

    /// <summary>Moves with every change to a resource, those included that no edge needs to know.</summary>
    public long Revision { get; init; }

    public required IReadOnlyList<Distribution> Distributions { get; init; }

    public required IReadOnlyList<OriginAccessControl> OriginAccessControls { get; init; }

    public required IReadOnlyList<OriginAccessIdentity> OriginAccessIdentities { get; init; }

    public required PolicySet<CachePolicySettings> CachePolicies { get; init; }

    public required PolicySet<OriginRequestPolicySettings> OriginRequestPolicies { get; init; }

    public required PolicySet<ResponseHeadersPolicySettings> ResponseHeadersPolicies { get; init; }

    public required IReadOnlyList<ContinuousDeploymentPolicy> ContinuousDeploymentPolicies { get; init; }

    public IReadOnlyList<Function> Functions { get; init; } = [];

    public IReadOnlyList<KeyValueStore> KeyValueStores { get; init; } = [];

    public Function? FindFunction(string name) => Functions.FirstOrDefault(function => function.Name == name);

    public KeyValueStore? FindKeyValueStore(string name) => KeyValueStores.FirstOrDefault(store => store.Name == name);

    public Distribution? FindDistribution(string id) => Distributions.FirstOrDefault(distribution => distribution.Id == id);

    public OriginAccessControl? FindOriginAccessControl(string id) => OriginAccessControls.FirstOrDefault(control => control.Id == id);

    public OriginAccessIdentity? FindOriginAccessIdentity(string id) => OriginAccessIdentities.FirstOrDefault(identity => identity.Id == id);

    /// <summary>The identity that an origin's OriginAccessIdentity names.</summary>
    public OriginAccessIdentity? FindByReference(string reference) => OriginAccessIdentities.FirstOrDefault(identity => identity.Reference == reference);

    public ContinuousDeploymentPolicy? FindContinuousDeploymentPolicy(string id) => ContinuousDeploymentPolicies.FirstOrDefault(policy => policy.Id == id);

    /// <summary>The staging distribution that a continuous deployment policy names.</summary>
    public Distribution? FindStaging(ContinuousDeploymentSettings policy) => Distributions.FirstOrDefault(policy.Names);

    /// <summary>The same with another version of a continuous deployment policy.</summary>
    public Catalogue With(ContinuousDeploymentPolicy changed) =>
        this with { ContinuousDeploymentPolicies = [.. ContinuousDeploymentPolicies.Select(policy => policy.Id == changed.Id ? changed : policy)] };
}
