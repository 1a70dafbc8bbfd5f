// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api;

/// <summary>
/// Operations of CloudFront's API that are recognised, so that a client learns which one is missing rather than that a path is
/// unknown (<c>api.md</c> §6).
/// </summary>
internal static class UnimplementedOperations
{
    private const int Never = 501;

    private const string Table =
        """
        GET /distributionsByKeyGroupId/{KeyGroupId} ListDistributionsByKeyGroup
        POST /distributionsByRealtimeLogConfig ListDistributionsByRealtimeLogConfig
        POST /public-key CreatePublicKey
        GET /public-key/{Id} GetPublicKey
        GET /public-key/{Id}/config GetPublicKeyConfig
        PUT /public-key/{Id}/config UpdatePublicKey
        DELETE /public-key/{Id} DeletePublicKey
        GET /public-key ListPublicKeys
        POST /key-group CreateKeyGroup
        GET /key-group/{Id} GetKeyGroup
        GET /key-group/{Id}/config GetKeyGroupConfig
        PUT /key-group/{Id} UpdateKeyGroup
        DELETE /key-group/{Id} DeleteKeyGroup
        GET /key-group ListKeyGroups
        POST /function/{Name}/test TestFunction
        POST /field-level-encryption CreateFieldLevelEncryptionConfig
        GET /field-level-encryption/{Id} GetFieldLevelEncryption
        GET /field-level-encryption/{Id}/config GetFieldLevelEncryptionConfig
        PUT /field-level-encryption/{Id}/config UpdateFieldLevelEncryptionConfig
        DELETE /field-level-encryption/{Id} DeleteFieldLevelEncryptionConfig
        GET /field-level-encryption ListFieldLevelEncryptionConfigs
        POST /field-level-encryption-profile CreateFieldLevelEncryptionProfile
        GET /field-level-encryption-profile/{Id} GetFieldLevelEncryptionProfile
        GET /field-level-encryption-profile/{Id}/config GetFieldLevelEncryptionProfileConfig
        PUT /field-level-encryption-profile/{Id}/config UpdateFieldLevelEncryptionProfile
        DELETE /field-level-encryption-profile/{Id} DeleteFieldLevelEncryptionProfile
        GET /field-level-encryption-profile ListFieldLevelEncryptionProfiles
        POST /realtime-log-config CreateRealtimeLogConfig
        POST /get-realtime-log-config GetRealtimeLogConfig
        PUT /realtime-log-config UpdateRealtimeLogConfig
        POST /delete-realtime-log-config DeleteRealtimeLogConfig
        GET /realtime-log-config ListRealtimeLogConfigs
        POST /distributions/{DistributionId}/monitoring-subscription CreateMonitoringSubscription
        GET /distributions/{DistributionId}/monitoring-subscription GetMonitoringSubscription
        DELETE /distributions/{DistributionId}/monitoring-subscription DeleteMonitoringSubscription
        POST /streaming-distribution CreateStreamingDistribution
        POST /streaming-distribution?WithTags CreateStreamingDistributionWithTags
        GET /streaming-distribution/{Id} GetStreamingDistribution
        GET /streaming-distribution/{Id}/config GetStreamingDistributionConfig
        PUT /streaming-distribution/{Id}/config UpdateStreamingDistribution
        DELETE /streaming-distribution/{Id} DeleteStreamingDistribution
        GET /streaming-distribution ListStreamingDistributions
        POST /vpc-origin CreateVpcOrigin
        GET /vpc-origin/{Id} GetVpcOrigin
        PUT /vpc-origin/{Id} UpdateVpcOrigin
        DELETE /vpc-origin/{Id} DeleteVpcOrigin
        GET /vpc-origin ListVpcOrigins
        POST /anycast-ip-list CreateAnycastIpList
        GET /anycast-ip-list/{Id} GetAnycastIpList
        PUT /anycast-ip-list/{Id} UpdateAnycastIpList
        DELETE /anycast-ip-list/{Id} DeleteAnycastIpList
        GET /anycast-ip-list ListAnycastIpLists
        POST /distribution-tenant CreateDistributionTenant
        GET /distribution-tenant/{Identifier} GetDistributionTenant
        GET /distribution-tenant?domain GetDistributionTenantByDomain
        PUT /distribution-tenant/{Id} UpdateDistributionTenant
        DELETE /distribution-tenant/{Id} DeleteDistributionTenant
        POST /distribution-tenants ListDistributionTenants
        POST /distribution-tenants-by-customization ListDistributionTenantsByCustomization
        PUT /distribution-tenant/{Id}/associate-web-acl AssociateDistributionTenantWebACL
        PUT /distribution-tenant/{Id}/disassociate-web-acl DisassociateDistributionTenantWebACL
        POST /distribution-tenant/{Id}/invalidation CreateInvalidationForDistributionTenant
        GET /distribution-tenant/{DistributionTenantId}/invalidation/{Id} GetInvalidationForDistributionTenant
        GET /distribution-tenant/{Id}/invalidation ListInvalidationsForDistributionTenant
        GET /managed-certificate/{Identifier} GetManagedCertificateDetails
        POST /domain-conflicts ListDomainConflicts
        POST /domain-association UpdateDomainAssociation
        POST /verify-dns-configuration VerifyDnsConfiguration
        POST /connection-group CreateConnectionGroup
        GET /connection-group/{Identifier} GetConnectionGroup
        GET /connection-group?RoutingEndpoint GetConnectionGroupByRoutingEndpoint
        PUT /connection-group/{Id} UpdateConnectionGroup
        DELETE /connection-group/{Id} DeleteConnectionGroup
        POST /connection-groups ListConnectionGroups
        POST /connection-function CreateConnectionFunction
        GET /connection-function/{Identifier}/describe DescribeConnectionFunction
        GET /connection-function/{Identifier} GetConnectionFunction
        PUT /connection-function/{Id} UpdateConnectionFunction
        POST /connection-function/{Id}/publish PublishConnectionFunction
        POST /connection-function/{Id}/test TestConnectionFunction
        DELETE /connection-function/{Id} DeleteConnectionFunction
        POST /connection-functions ListConnectionFunctions
        POST /trust-store CreateTrustStore
        GET /trust-store/{Identifier} GetTrustStore
        PUT /trust-store/{Id} UpdateTrustStore
        DELETE /trust-store/{Id} DeleteTrustStore
        POST /trust-stores ListTrustStores
        POST /put-resource-policy PutResourcePolicy
        POST /get-resource-policy GetResourcePolicy
        POST /delete-resource-policy DeleteResourcePolicy
        GET /distributionsByOwnedResource/{ResourceArn} ListDistributionsByOwnedResource
        """;

    public static IEnumerable<Operation> All { get; } =
    [
        .. Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(' ', 3))
            .Select(static parts => new Operation(parts[2], parts[0], parts[1], null, Never, null)),
    ];
}
