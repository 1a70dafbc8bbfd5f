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
        POST /distribution/{PrimaryDistributionId}/copy CopyDistribution
        PUT /distribution/{Id}/promote-staging-config UpdateDistributionWithStagingConfig
        PUT /distribution/{TargetDistributionId}/associate-alias AssociateAlias
        GET /conflicting-alias ListConflictingAliases
        PUT /distribution/{Id}/associate-web-acl AssociateDistributionWebACL
        PUT /distribution/{Id}/disassociate-web-acl DisassociateDistributionWebACL
        POST /function CreateFunction
        GET /function/{Name}/describe DescribeFunction
        GET /function/{Name} GetFunction
        PUT /function/{Name} UpdateFunction
        POST /function/{Name}/publish PublishFunction
        POST /function/{Name}/test TestFunction
        DELETE /function/{Name} DeleteFunction
        GET /function ListFunctions
        POST /key-value-store CreateKeyValueStore
        GET /key-value-store/{Name} DescribeKeyValueStore
        PUT /key-value-store/{Name} UpdateKeyValueStore
        DELETE /key-value-store/{Name} DeleteKeyValueStore
        GET /key-value-store ListKeyValueStores
        POST /continuous-deployment-policy CreateContinuousDeploymentPolicy
        GET /continuous-deployment-policy/{Id} GetContinuousDeploymentPolicy
        GET /continuous-deployment-policy/{Id}/config GetContinuousDeploymentPolicyConfig
        PUT /continuous-deployment-policy/{Id} UpdateContinuousDeploymentPolicy
        DELETE /continuous-deployment-policy/{Id} DeleteContinuousDeploymentPolicy
        GET /continuous-deployment-policy ListContinuousDeploymentPolicies
        POST /vpc-origin CreateVpcOrigin
        GET /vpc-origin/{Id} GetVpcOrigin
        PUT /vpc-origin/{Id} UpdateVpcOrigin
        DELETE /vpc-origin/{Id} DeleteVpcOrigin
        GET /vpc-origin ListVpcOrigins
        GET /distributionsByVpcOriginId/{VpcOriginId} ListDistributionsByVpcOriginId
        POST /anycast-ip-list CreateAnycastIpList
        GET /anycast-ip-list/{Id} GetAnycastIpList
        PUT /anycast-ip-list/{Id} UpdateAnycastIpList
        DELETE /anycast-ip-list/{Id} DeleteAnycastIpList
        GET /anycast-ip-list ListAnycastIpLists
        GET /distributionsByAnycastIpListId/{AnycastIpListId} ListDistributionsByAnycastIpListId
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
        GET /distributionsByConnectionMode/{ConnectionMode} ListDistributionsByConnectionMode
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
        GET /distributionsByConnectionFunction ListDistributionsByConnectionFunction
        POST /trust-store CreateTrustStore
        GET /trust-store/{Identifier} GetTrustStore
        PUT /trust-store/{Id} UpdateTrustStore
        DELETE /trust-store/{Id} DeleteTrustStore
        POST /trust-stores ListTrustStores
        GET /distributionsByTrustStore ListDistributionsByTrustStore
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
