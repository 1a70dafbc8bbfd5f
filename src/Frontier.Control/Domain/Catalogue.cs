// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.Monitoring;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.RealtimeLogs;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Streaming;
using Frontier.Control.Domain.TrustStores;
using Frontier.Control.Domain.Zones;

namespace Frontier.Control.Domain;

/// <summary>All resources as of one snapshot version, in order of creation. Immutable.</summary>
internal sealed record Catalogue
{
    public required long Version { get; init; }

    /// <summary>Moves with every change to a resource, those included that no edge needs to know.</summary>
    public long Revision { get; init; }

    /// <summary>The moment as of which times are judged.</summary>
    public DateTimeOffset ReadAt { get; init; }

    public required IReadOnlyList<Distribution> Distributions { get; init; }

    /// <summary>By id of the distribution, where a tag says so (<see cref="CutOffTag"/>).</summary>
    public ImmutableDictionary<string, CutOffChoice> CutOffs { get; init; } = ImmutableDictionary<string, CutOffChoice>.Empty;

    public required IReadOnlyList<Resource<OriginAccessControlSettings>> OriginAccessControls { get; init; }

    public required IReadOnlyList<Resource<OriginAccessIdentitySettings>> OriginAccessIdentities { get; init; }

    public required PolicySet<CachePolicySettings> CachePolicies { get; init; }

    public required PolicySet<OriginRequestPolicySettings> OriginRequestPolicies { get; init; }

    public required PolicySet<ResponseHeadersPolicySettings> ResponseHeadersPolicies { get; init; }

    public IReadOnlyList<ContinuousDeploymentPolicy> ContinuousDeploymentPolicies { get; init; } = [];

    public IReadOnlyList<Function> Functions { get; init; } = [];

    public IReadOnlyList<KeyValueStore> KeyValueStores { get; init; } = [];

    public Function? FindFunction(string name) => Functions.FirstOrDefault(function => function.Name == name);

    public KeyValueStore? FindKeyValueStore(string name) => KeyValueStores.FirstOrDefault(store => store.Name == name);

    public IReadOnlyList<Resource<PublicKeySettings>> PublicKeys { get; init; } = [];

    public IReadOnlyList<Resource<KeyGroupSettings>> KeyGroups { get; init; } = [];

    public IReadOnlyList<Resource<FieldEncryptionSettings>> FieldEncryptionConfigs { get; init; } = [];

    public IReadOnlyList<Resource<FieldEncryptionProfileSettings>> FieldEncryptionProfiles { get; init; } = [];

    public IReadOnlyList<Resource<RealtimeLogSettings>> RealtimeLogs { get; init; } = [];

    /// <summary>Each has the id of its distribution.</summary>
    public IReadOnlyList<Resource<MonitoringSettings>> Monitoring { get; init; } = [];

    public IReadOnlyList<Resource<StreamingDistributionSettings>> StreamingDistributions { get; init; } = [];

    public IReadOnlyList<Resource<TrustStoreSettings>> TrustStores { get; init; } = [];

    public Resource<TrustStoreSettings>? FindTrustStore(string id) => TrustStores.FirstOrDefault(store => store.Id == id);

    public IReadOnlyList<Resource<CertificateSettings>> Certificates { get; init; } = [];

    public IReadOnlyList<Resource<CertificateSettings>> ServerCertificates { get; init; } = [];

    /// <summary>Of either kind: ids of one never are ids of the other.</summary>
    public Resource<CertificateSettings>? FindCertificate(string id) =>
        Certificates.FirstOrDefault(certificate => certificate.Id == id) ?? ServerCertificates.FirstOrDefault(certificate => certificate.Id == id);

    /// <summary>The same with another version of a certificate.</summary>
    public Catalogue With(Resource<CertificateSettings> changed)
    {
        Resource<CertificateSettings>[] Replace(IReadOnlyList<Resource<CertificateSettings>> all) => [.. all.Select(certificate => certificate.Id == changed.Id ? changed : certificate)];
        return this with { Certificates = Replace(Certificates), ServerCertificates = Replace(ServerCertificates) };
    }

    /// <summary>The distributions that use a certificate, for viewers or for origins.</summary>
    public IEnumerable<Distribution> UsersOfCertificate(string id) => Distributions.Where(distribution => CertificateUses.Of(distribution.Settings).Contains(id));

    public IReadOnlyList<Resource<PopSettings>> Pops { get; init; } = [];

    public IReadOnlyList<Resource<NodeSettings>> Nodes { get; init; } = [];

    public IReadOnlyList<Resource<JoinTokenSettings>> JoinTokens { get; init; } = [];

    public Resource<PopSettings>? FindPop(string name) => Pops.FirstOrDefault(pop => pop.Id == name);

    public Resource<NodeSettings>? FindNode(string id) => Nodes.FirstOrDefault(node => node.Id == id);

    public Resource<JoinTokenSettings>? FindJoinToken(string hash) => JoinTokens.FirstOrDefault(token => token.Id == hash);

    public IReadOnlyList<Resource<HostedZoneSettings>> HostedZones { get; init; } = [];

    public Resource<HostedZoneSettings>? FindHostedZone(string id) => HostedZones.FirstOrDefault(zone => zone.Id == id);

    public IReadOnlyList<Resource<HealthCheckSettings>> HealthChecks { get; init; } = [];

    public Resource<HealthCheckSettings>? FindHealthCheck(string id) => HealthChecks.FirstOrDefault(check => check.Id == id);

    public Distribution? FindDistribution(string id) => Distributions.FirstOrDefault(distribution => distribution.Id == id);

    public Resource<OriginAccessControlSettings>? FindOriginAccessControl(string id) => OriginAccessControls.FirstOrDefault(control => control.Id == id);

    /// <summary>The identity that an origin's OriginAccessIdentity names.</summary>
    public Resource<OriginAccessIdentitySettings>? FindByReference(string reference) =>
        OriginAccessIdentities.FirstOrDefault(identity => OriginAccessIdentitySettings.ReferenceOf(identity.Id) == reference);

    public ContinuousDeploymentPolicy? FindContinuousDeploymentPolicy(string id) => ContinuousDeploymentPolicies.FirstOrDefault(policy => policy.Id == id);

    /// <summary>The staging distribution that a continuous deployment policy names.</summary>
    public Distribution? FindStaging(ContinuousDeploymentSettings policy) => Distributions.FirstOrDefault(policy.Names);

    /// <summary>The same with another version of a continuous deployment policy.</summary>
    public Catalogue With(ContinuousDeploymentPolicy changed) =>
        this with { ContinuousDeploymentPolicies = [.. ContinuousDeploymentPolicies.Select(policy => policy.Id == changed.Id ? changed : policy)] };

    public Resource<PublicKeySettings>? FindPublicKey(string id) => PublicKeys.FirstOrDefault(key => key.Id == id);

    public Resource<KeyGroupSettings>? FindKeyGroup(string id) => KeyGroups.FirstOrDefault(group => group.Id == id);

    /// <summary>Whether any behavior trusts the account itself, and so every key group that there is.</summary>
    public bool TrustsAccount => AnyBehavior(static behavior => behavior.TrustedSigners.Enabled);

    /// <summary>
    /// The key groups whose keys a behavior trusts; null when it asks for no signature. The account's own signers are the keys of all
    /// its key groups: a key that only encrypts stands in none.
    /// </summary>
    public IReadOnlyList<string>? SignersOf(CacheBehavior behavior) => behavior switch
    {
        { TrustedSigners.Enabled: true } => [.. KeyGroups.Select(static group => group.Id)],
        { TrustedKeyGroups.Enabled: true } => behavior.TrustedKeyGroups.Items,
        _ => null,
    };

    public Resource<RealtimeLogSettings>? FindRealtimeLog(string name) => RealtimeLogs.FirstOrDefault(log => log.Id == name);

    public Resource<MonitoringSettings>? FindMonitoring(string distributionId) => Monitoring.FirstOrDefault(subscription => subscription.Id == distributionId);

    public bool UsesOriginAccessControl(string id) => Distributions.Any(distribution => distribution.Settings.Origins.Any(origin => origin.OriginAccessControlId == id));

    /// <summary>Whether an origin of a distribution of either kind names an identity.</summary>
    public bool UsesOriginAccessIdentity(string reference) =>
        Distributions.Any(distribution => distribution.Settings.Origins.Any(origin => origin.S3?.OriginAccessIdentity == reference))
        || StreamingDistributions.Any(streaming => streaming.Settings.OriginAccessIdentity == reference);

    /// <summary>API-5.11: by a key group, or by a profile of field-level encryption.</summary>
    public bool UsesPublicKey(string id) =>
        KeyGroups.Any(group => group.Settings.PublicKeys.Contains(id))
        || FieldEncryptionProfiles.Any(profile => profile.Settings.Entities.Any(entity => entity.PublicKeyId == id));

    /// <summary>Whether any behavior of any distribution satisfies a condition.</summary>
    public bool AnyBehavior(Func<CacheBehavior, bool> condition) => Distributions.Any(distribution => distribution.Settings.AllBehaviors.Any(condition));
}
