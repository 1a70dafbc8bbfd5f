// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control;

/// <summary>How much of everything there may be. The defaults are CloudFront's (<c>api.md</c> §7).</summary>
public sealed record Quotas
{
    public int Distributions { get; init; } = 500;

    public int AliasesPerDistribution { get; init; } = 100;

    public int OriginsPerDistribution { get; init; } = 100;

    public int OriginGroupsPerDistribution { get; init; } = 10;

    /// <summary>Beside the default one.</summary>
    public int CacheBehaviorsPerDistribution { get; init; } = 75;

    public int CustomHeadersPerOrigin { get; init; } = 30;

    /// <summary>Characters.</summary>
    public int CustomHeaderName { get; init; } = 256;

    /// <summary>Characters.</summary>
    public int CustomHeaderValue { get; init; } = 1_783;

    /// <summary>Characters of all names and values of an origin.</summary>
    public int CustomHeaderTotal { get; init; } = 10_240;

    public int OriginAccessControls { get; init; } = 100;

    public int DistributionsPerOriginAccessControl { get; init; } = 100;

    public int OriginAccessIdentities { get; init; } = 100;

    public int DistributionsPerOriginAccessIdentity { get; init; } = 100;

    /// <summary>Custom ones, of each of the three kinds.</summary>
    public int PoliciesPerKind { get; init; } = 20;

    /// <summary>Distributions that use one custom policy.</summary>
    public int DistributionsPerPolicy { get; init; } = 100;

    /// <summary>Headers, cookies or query strings listed by a cache policy or an origin request policy.</summary>
    public int NamesPerPolicy { get; init; } = 10;

    /// <summary>Characters of all names in one such list.</summary>
    public int NameCharactersPerPolicy { get; init; } = 1_024;

    public int CustomHeadersPerPolicy { get; init; } = 10;

    public int RemovedHeadersPerPolicy { get; init; } = 10;

    /// <summary>Characters.</summary>
    public int ContentSecurityPolicy { get; init; } = 1_783;

    /// <summary>Characters of all origins that a response headers policy allows.</summary>
    public int AllowedOrigins { get; init; } = 1_783;

    /// <summary>Paths of one invalidation, and of all that are in progress in one distribution (DP-27.10).</summary>
    public int InvalidationPaths { get; init; } = 3_000;

    /// <summary>Paths ending in <c>*</c> in progress in one distribution.</summary>
    public int InvalidationWildcards { get; init; } = 15;

    public int ContinuousDeploymentPolicies { get; init; } = 20;

    public int StagingDistributions { get; init; } = 20;

    public int Functions { get; init; } = 100;

    /// <summary>Bytes of a function's source.</summary>
    public int FunctionBytes { get; init; } = 10_240;

    public int KeyValueStores { get; init; } = 50;

    public int FunctionsPerKeyValueStore { get; init; } = 10;

    /// <summary>Bytes of all keys and values of one store, in UTF-8.</summary>
    public int KeyValueStoreBytes { get; init; } = 5 * 1_024 * 1_024;

    public int TagsPerResource { get; init; } = 50;

    public int PublicKeys { get; init; } = 10;

    public int KeyGroups { get; init; } = 10;

    public int PublicKeysPerKeyGroup { get; init; } = 5;

    public int DistributionsPerKeyGroup { get; init; } = 100;

    public int FieldEncryptionConfigs { get; init; } = 10;

    public int FieldEncryptionProfiles { get; init; } = 10;

    public int DistributionsPerFieldEncryption { get; init; } = 20;

    /// <summary>Query arguments that one configuration of field-level encryption maps to profiles.</summary>
    public int QueryArgProfiles { get; init; } = 5;

    public int FieldPatternsPerProfile { get; init; } = 10;

    public int RealtimeLogConfigs { get; init; } = 150;

    /// <summary>Legacy ones; as published while they could be made.</summary>
    public int StreamingDistributions { get; init; } = 100;

    public int TrustStores { get; init; } = 20;

    public int DistributionsPerTrustStore { get; init; } = 25;

    public int TrustStoreBytes { get; init; } = 64 * 1_024;

    public int CertificatesPerTrustStore { get; init; } = 25;

    /// <summary>Imported by ACM's API.</summary>
    public int Certificates { get; init; } = 2_500;

    /// <summary>Uploaded by IAM's API.</summary>
    public int ServerCertificates { get; init; } = 20;

    public int HostedZones { get; init; } = 500;

    public int RecordSetsPerZone { get; init; } = 10_000;

    /// <summary>Record sets of one name and type, told apart by their identifiers.</summary>
    public int RecordSetsPerName { get; init; } = 100;

    /// <summary>Records of one change batch; those of an UPSERT count twice.</summary>
    public int RecordsPerChangeBatch { get; init; } = 1_000;

    /// <summary>Characters of all values of one change batch; those of an UPSERT count twice.</summary>
    public int CharactersPerChangeBatch { get; init; } = 32_000;

    public int HealthChecks { get; init; } = 200;

    public int TagsPerZone { get; init; } = 10;

    /// <summary>Accounts that a cache behavior or a streaming distribution trusts.</summary>
    public int TrustedSigners { get; init; } = 5;

    public int KeyGroupsPerBehavior { get; init; } = 4;

    /// <summary>Headers that legacy settings put into the key.</summary>
    public int ForwardedHeaders { get; init; } = 10;

    /// <summary>Cookies that legacy settings list.</summary>
    public int ForwardedCookies { get; init; } = 10;

    /// <summary>Characters of all such names, and one more for each.</summary>
    public int ForwardedCookieCharacters { get; init; } = 512;

    /// <summary>Query parameters that legacy settings put into the key.</summary>
    public int ForwardedParameters { get; init; } = 10;

    /// <summary>Characters of one such name.</summary>
    public int ForwardedParameter { get; init; } = 128;

    /// <summary>Characters of all such names.</summary>
    public int ForwardedParameterCharacters { get; init; } = 512;
}
