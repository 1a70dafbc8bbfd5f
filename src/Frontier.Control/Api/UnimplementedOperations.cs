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
        POST /function/{Name}/test TestFunction
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
