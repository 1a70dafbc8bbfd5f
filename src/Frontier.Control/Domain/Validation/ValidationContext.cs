// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.Resources;
using Frontier.Protocols.Names;

namespace Frontier.Control.Domain.Validation;

/// <summary>What a configuration is checked against besides itself.</summary>
internal sealed class ValidationContext(Catalogue catalogue, string? ownId, ControlOptions options)
{
    private readonly string[] _s3Suffixes = [S3HostName.AwsSuffix, options.Domain];

    public string Domain => options.Domain;

    public Quotas Quotas => options.Quotas;

    public string AccountId => options.AccountId;

    public bool EdgesCertifyAliases => options.EdgesCertifyAliases;

    /// <summary>As of which certificates are judged.</summary>
    public DateTimeOffset Now => catalogue.ReadAt;

    public Resource<CertificateSettings>? FindCertificate(string id) => catalogue.FindCertificate(id);

    /// <summary>Whether the distribution shows its viewers this very certificate already.</summary>
    public bool HasNow(string certificateId) =>
        ownId is not null && catalogue.FindDistribution(ownId) is { } own && CertificateUses.ForViewers(own.Settings.ViewerCertificate) == certificateId;

    /// <summary>Whether the distribution shows an origin this very certificate already.</summary>
    public bool ShowsNow(string certificateId) =>
        ownId is not null && catalogue.FindDistribution(ownId) is { } own && own.Settings.Origins.Any(origin => CertificateUses.ForOrigin(origin) == certificateId);

    public bool EdgesKnowPlaces => options.EdgesKnowPlaces;

    /// <summary>Whether a trusted signer is the account there is, by its number or its other name.</summary>
    public bool IsOwnAccount(string signer) => signer == "self" || signer == options.AccountId;

    public bool HasKeyGroup(string id) => catalogue.FindKeyGroup(id) is not null;

    public bool HasTrustStore(string id) => catalogue.FindTrustStore(id) is not null;

    public bool HasFieldEncryption(string id) => catalogue.FieldEncryptionConfigs.Any(config => config.Id == id);

    /// <summary>Whether another distribution has exactly this alias (API-10.9).</summary>
    public bool IsTaken(string alias) => catalogue.Distributions.Any(other => other.Id != ownId && other.Settings.Aliases.Contains(alias));

    public Resource<OriginAccessControlSettings>? FindOriginAccessControl(string id) => catalogue.FindOriginAccessControl(id);

    public PolicySet<CachePolicySettings> CachePolicies => catalogue.CachePolicies;

    public PolicySet<OriginRequestPolicySettings> OriginRequestPolicies => catalogue.OriginRequestPolicies;

    public PolicySet<ResponseHeadersPolicySettings> ResponseHeadersPolicies => catalogue.ResponseHeadersPolicies;

    public ContinuousDeploymentPolicy? FindContinuousDeploymentPolicy(string id) => catalogue.FindContinuousDeploymentPolicy(id);

    public Distribution? FindStaging(ContinuousDeploymentPolicy policy) => catalogue.FindStaging(policy.Settings);

    /// <summary>Whether an origin's OriginAccessIdentity names an identity that exists.</summary>
    public bool HasOriginAccessIdentity(string reference) => catalogue.FindByReference(reference) is not null;

    /// <summary>How many other distributions satisfy a condition.</summary>
    public int CountOthers(Func<Distribution, bool> condition) => catalogue.Distributions.Count(other => other.Id != ownId && condition(other));

    /// <summary>The distribution's own name, null while it has none.</summary>
    public string? OwnDomainName => catalogue.Distributions.FirstOrDefault(other => other.Id == ownId)?.DomainName;

    /// <summary>The type of origin access control that fits a host (API-10.5); null for none.</summary>
    public string? ServiceOf(string host) => TryReadS3Host(host, out var bucket) ? (bucket.Endpoint is S3Endpoint.Rest ? "s3" : null)
        : SignedServiceHost.TryParse(host, options.Domain, out var service) ? service.Service
        : null;

    /// <summary>Reads a host as a bucket's, under Amazon's suffix or the own domain (API-10.4).</summary>
    public bool TryReadS3Host(string host, out S3HostName name) => S3HostName.TryParse(host, _s3Suffixes, out name);
}
