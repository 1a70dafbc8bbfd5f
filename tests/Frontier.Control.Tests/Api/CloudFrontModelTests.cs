// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Api;

/// <summary>
/// The operations of CloudFront's service model, version 2020-05-31 (<c>api.md</c> §6): each is answered, or refused by its name. What
/// stands after a question mark is part of the path, or a parameter that must be there and tells an operation from the list beside it.
/// </summary>
public sealed class CloudFrontModelTests
{
    private const string Model =
        """
        POST /2020-05-31/distribution CreateDistribution
        POST /2020-05-31/distribution?WithTags CreateDistributionWithTags
        GET /2020-05-31/distribution/{Id} GetDistribution
        GET /2020-05-31/distribution/{Id}/config GetDistributionConfig
        PUT /2020-05-31/distribution/{Id}/config UpdateDistribution
        DELETE /2020-05-31/distribution/{Id} DeleteDistribution
        GET /2020-05-31/distribution ListDistributions
        POST /2020-05-31/distribution/{PrimaryDistributionId}/copy CopyDistribution
        PUT /2020-05-31/distribution/{Id}/promote-staging-config UpdateDistributionWithStagingConfig
        PUT /2020-05-31/distribution/{TargetDistributionId}/associate-alias AssociateAlias
        GET /2020-05-31/conflicting-alias ListConflictingAliases
        GET /2020-05-31/distributionsByCachePolicyId/{CachePolicyId} ListDistributionsByCachePolicyId
        GET /2020-05-31/distributionsByOriginRequestPolicyId/{OriginRequestPolicyId} ListDistributionsByOriginRequestPolicyId
        GET /2020-05-31/distributionsByResponseHeadersPolicyId/{ResponseHeadersPolicyId} ListDistributionsByResponseHeadersPolicyId
        GET /2020-05-31/distributionsByKeyGroupId/{KeyGroupId} ListDistributionsByKeyGroup
        POST /2020-05-31/distributionsByRealtimeLogConfig ListDistributionsByRealtimeLogConfig
        GET /2020-05-31/distributionsByWebACLId/{WebACLId} ListDistributionsByWebACLId
        PUT /2020-05-31/distribution/{Id}/associate-web-acl AssociateDistributionWebACL
        PUT /2020-05-31/distribution/{Id}/disassociate-web-acl DisassociateDistributionWebACL
        POST /2020-05-31/distribution/{DistributionId}/invalidation CreateInvalidation
        GET /2020-05-31/distribution/{DistributionId}/invalidation/{Id} GetInvalidation
        GET /2020-05-31/distribution/{DistributionId}/invalidation ListInvalidations
        POST /2020-05-31/cache-policy CreateCachePolicy
        GET /2020-05-31/cache-policy/{Id} GetCachePolicy
        GET /2020-05-31/cache-policy/{Id}/config GetCachePolicyConfig
        PUT /2020-05-31/cache-policy/{Id} UpdateCachePolicy
        DELETE /2020-05-31/cache-policy/{Id} DeleteCachePolicy
        GET /2020-05-31/cache-policy ListCachePolicies
        POST /2020-05-31/origin-request-policy CreateOriginRequestPolicy
        GET /2020-05-31/origin-request-policy/{Id} GetOriginRequestPolicy
        GET /2020-05-31/origin-request-policy/{Id}/config GetOriginRequestPolicyConfig
        PUT /2020-05-31/origin-request-policy/{Id} UpdateOriginRequestPolicy
        DELETE /2020-05-31/origin-request-policy/{Id} DeleteOriginRequestPolicy
        GET /2020-05-31/origin-request-policy ListOriginRequestPolicies
        POST /2020-05-31/response-headers-policy CreateResponseHeadersPolicy
        GET /2020-05-31/response-headers-policy/{Id} GetResponseHeadersPolicy
        GET /2020-05-31/response-headers-policy/{Id}/config GetResponseHeadersPolicyConfig
        PUT /2020-05-31/response-headers-policy/{Id} UpdateResponseHeadersPolicy
        DELETE /2020-05-31/response-headers-policy/{Id} DeleteResponseHeadersPolicy
        GET /2020-05-31/response-headers-policy ListResponseHeadersPolicies
        POST /2020-05-31/origin-access-control CreateOriginAccessControl
        GET /2020-05-31/origin-access-control/{Id} GetOriginAccessControl
        GET /2020-05-31/origin-access-control/{Id}/config GetOriginAccessControlConfig
        PUT /2020-05-31/origin-access-control/{Id}/config UpdateOriginAccessControl
        DELETE /2020-05-31/origin-access-control/{Id} DeleteOriginAccessControl
        GET /2020-05-31/origin-access-control ListOriginAccessControls
        POST /2020-05-31/origin-access-identity/cloudfront CreateCloudFrontOriginAccessIdentity
        GET /2020-05-31/origin-access-identity/cloudfront/{Id} GetCloudFrontOriginAccessIdentity
        GET /2020-05-31/origin-access-identity/cloudfront/{Id}/config GetCloudFrontOriginAccessIdentityConfig
        PUT /2020-05-31/origin-access-identity/cloudfront/{Id}/config UpdateCloudFrontOriginAccessIdentity
        DELETE /2020-05-31/origin-access-identity/cloudfront/{Id} DeleteCloudFrontOriginAccessIdentity
        GET /2020-05-31/origin-access-identity/cloudfront ListCloudFrontOriginAccessIdentities
        POST /2020-05-31/public-key CreatePublicKey
        GET /2020-05-31/public-key/{Id} GetPublicKey
        GET /2020-05-31/public-key/{Id}/config GetPublicKeyConfig
        PUT /2020-05-31/public-key/{Id}/config UpdatePublicKey
        DELETE /2020-05-31/public-key/{Id} DeletePublicKey
        GET /2020-05-31/public-key ListPublicKeys
        POST /2020-05-31/key-group CreateKeyGroup
        GET /2020-05-31/key-group/{Id} GetKeyGroup
        GET /2020-05-31/key-group/{Id}/config GetKeyGroupConfig
        PUT /2020-05-31/key-group/{Id} UpdateKeyGroup
        DELETE /2020-05-31/key-group/{Id} DeleteKeyGroup
        GET /2020-05-31/key-group ListKeyGroups
        POST /2020-05-31/function CreateFunction
        GET /2020-05-31/function/{Name}/describe DescribeFunction
        GET /2020-05-31/function/{Name} GetFunction
        PUT /2020-05-31/function/{Name} UpdateFunction
        POST /2020-05-31/function/{Name}/publish PublishFunction
        POST /2020-05-31/function/{Name}/test TestFunction
        DELETE /2020-05-31/function/{Name} DeleteFunction
        GET /2020-05-31/function ListFunctions
        POST /2020-05-31/key-value-store CreateKeyValueStore
        GET /2020-05-31/key-value-store/{Name} DescribeKeyValueStore
        PUT /2020-05-31/key-value-store/{Name} UpdateKeyValueStore
        DELETE /2020-05-31/key-value-store/{Name} DeleteKeyValueStore
        GET /2020-05-31/key-value-store ListKeyValueStores
        POST /2020-05-31/tagging?Operation=Tag TagResource
        POST /2020-05-31/tagging?Operation=Untag UntagResource
        GET /2020-05-31/tagging ListTagsForResource
        POST /2020-05-31/field-level-encryption CreateFieldLevelEncryptionConfig
        GET /2020-05-31/field-level-encryption/{Id} GetFieldLevelEncryption
        GET /2020-05-31/field-level-encryption/{Id}/config GetFieldLevelEncryptionConfig
        PUT /2020-05-31/field-level-encryption/{Id}/config UpdateFieldLevelEncryptionConfig
        DELETE /2020-05-31/field-level-encryption/{Id} DeleteFieldLevelEncryptionConfig
        GET /2020-05-31/field-level-encryption ListFieldLevelEncryptionConfigs
        POST /2020-05-31/field-level-encryption-profile CreateFieldLevelEncryptionProfile
        GET /2020-05-31/field-level-encryption-profile/{Id} GetFieldLevelEncryptionProfile
        GET /2020-05-31/field-level-encryption-profile/{Id}/config GetFieldLevelEncryptionProfileConfig
        PUT /2020-05-31/field-level-encryption-profile/{Id}/config UpdateFieldLevelEncryptionProfile
        DELETE /2020-05-31/field-level-encryption-profile/{Id} DeleteFieldLevelEncryptionProfile
        GET /2020-05-31/field-level-encryption-profile ListFieldLevelEncryptionProfiles
        POST /2020-05-31/realtime-log-config CreateRealtimeLogConfig
        POST /2020-05-31/get-realtime-log-config GetRealtimeLogConfig
        PUT /2020-05-31/realtime-log-config UpdateRealtimeLogConfig
        POST /2020-05-31/delete-realtime-log-config DeleteRealtimeLogConfig
        GET /2020-05-31/realtime-log-config ListRealtimeLogConfigs
        POST /2020-05-31/distributions/{DistributionId}/monitoring-subscription CreateMonitoringSubscription
        GET /2020-05-31/distributions/{DistributionId}/monitoring-subscription GetMonitoringSubscription
        DELETE /2020-05-31/distributions/{DistributionId}/monitoring-subscription DeleteMonitoringSubscription
        POST /2020-05-31/continuous-deployment-policy CreateContinuousDeploymentPolicy
        GET /2020-05-31/continuous-deployment-policy/{Id} GetContinuousDeploymentPolicy
        GET /2020-05-31/continuous-deployment-policy/{Id}/config GetContinuousDeploymentPolicyConfig
        PUT /2020-05-31/continuous-deployment-policy/{Id} UpdateContinuousDeploymentPolicy
        DELETE /2020-05-31/continuous-deployment-policy/{Id} DeleteContinuousDeploymentPolicy
        GET /2020-05-31/continuous-deployment-policy ListContinuousDeploymentPolicies
        POST /2020-05-31/streaming-distribution CreateStreamingDistribution
        POST /2020-05-31/streaming-distribution?WithTags CreateStreamingDistributionWithTags
        GET /2020-05-31/streaming-distribution/{Id} GetStreamingDistribution
        GET /2020-05-31/streaming-distribution/{Id}/config GetStreamingDistributionConfig
        PUT /2020-05-31/streaming-distribution/{Id}/config UpdateStreamingDistribution
        DELETE /2020-05-31/streaming-distribution/{Id} DeleteStreamingDistribution
        GET /2020-05-31/streaming-distribution ListStreamingDistributions
        POST /2020-05-31/vpc-origin CreateVpcOrigin
        GET /2020-05-31/vpc-origin/{Id} GetVpcOrigin
        PUT /2020-05-31/vpc-origin/{Id} UpdateVpcOrigin
        DELETE /2020-05-31/vpc-origin/{Id} DeleteVpcOrigin
        GET /2020-05-31/vpc-origin ListVpcOrigins
        GET /2020-05-31/distributionsByVpcOriginId/{VpcOriginId} ListDistributionsByVpcOriginId
        POST /2020-05-31/anycast-ip-list CreateAnycastIpList
        GET /2020-05-31/anycast-ip-list/{Id} GetAnycastIpList
        PUT /2020-05-31/anycast-ip-list/{Id} UpdateAnycastIpList
        DELETE /2020-05-31/anycast-ip-list/{Id} DeleteAnycastIpList
        GET /2020-05-31/anycast-ip-list ListAnycastIpLists
        GET /2020-05-31/distributionsByAnycastIpListId/{AnycastIpListId} ListDistributionsByAnycastIpListId
        POST /2020-05-31/distribution-tenant CreateDistributionTenant
        GET /2020-05-31/distribution-tenant/{Identifier} GetDistributionTenant
        GET /2020-05-31/distribution-tenant?domain GetDistributionTenantByDomain
        PUT /2020-05-31/distribution-tenant/{Id} UpdateDistributionTenant
        DELETE /2020-05-31/distribution-tenant/{Id} DeleteDistributionTenant
        POST /2020-05-31/distribution-tenants ListDistributionTenants
        POST /2020-05-31/distribution-tenants-by-customization ListDistributionTenantsByCustomization
        PUT /2020-05-31/distribution-tenant/{Id}/associate-web-acl AssociateDistributionTenantWebACL
        PUT /2020-05-31/distribution-tenant/{Id}/disassociate-web-acl DisassociateDistributionTenantWebACL
        POST /2020-05-31/distribution-tenant/{Id}/invalidation CreateInvalidationForDistributionTenant
        GET /2020-05-31/distribution-tenant/{DistributionTenantId}/invalidation/{Id} GetInvalidationForDistributionTenant
        GET /2020-05-31/distribution-tenant/{Id}/invalidation ListInvalidationsForDistributionTenant
        GET /2020-05-31/managed-certificate/{Identifier} GetManagedCertificateDetails
        POST /2020-05-31/domain-conflicts ListDomainConflicts
        POST /2020-05-31/domain-association UpdateDomainAssociation
        POST /2020-05-31/verify-dns-configuration VerifyDnsConfiguration
        GET /2020-05-31/distributionsByConnectionMode/{ConnectionMode} ListDistributionsByConnectionMode
        POST /2020-05-31/connection-group CreateConnectionGroup
        GET /2020-05-31/connection-group/{Identifier} GetConnectionGroup
        GET /2020-05-31/connection-group?RoutingEndpoint GetConnectionGroupByRoutingEndpoint
        PUT /2020-05-31/connection-group/{Id} UpdateConnectionGroup
        DELETE /2020-05-31/connection-group/{Id} DeleteConnectionGroup
        POST /2020-05-31/connection-groups ListConnectionGroups
        POST /2020-05-31/connection-function CreateConnectionFunction
        GET /2020-05-31/connection-function/{Identifier}/describe DescribeConnectionFunction
        GET /2020-05-31/connection-function/{Identifier} GetConnectionFunction
        PUT /2020-05-31/connection-function/{Id} UpdateConnectionFunction
        POST /2020-05-31/connection-function/{Id}/publish PublishConnectionFunction
        POST /2020-05-31/connection-function/{Id}/test TestConnectionFunction
        DELETE /2020-05-31/connection-function/{Id} DeleteConnectionFunction
        POST /2020-05-31/connection-functions ListConnectionFunctions
        GET /2020-05-31/distributionsByConnectionFunction ListDistributionsByConnectionFunction
        POST /2020-05-31/trust-store CreateTrustStore
        GET /2020-05-31/trust-store/{Identifier} GetTrustStore
        PUT /2020-05-31/trust-store/{Id} UpdateTrustStore
        DELETE /2020-05-31/trust-store/{Id} DeleteTrustStore
        POST /2020-05-31/trust-stores ListTrustStores
        GET /2020-05-31/distributionsByTrustStore ListDistributionsByTrustStore
        POST /2020-05-31/put-resource-policy PutResourcePolicy
        POST /2020-05-31/get-resource-policy GetResourcePolicy
        POST /2020-05-31/delete-resource-policy DeleteResourcePolicy
        GET /2020-05-31/distributionsByOwnedResource/{ResourceArn} ListDistributionsByOwnedResource
        """;

    private static readonly IReadOnlyList<Operation> Table =
        OperationTable.Build(new ApiParts(null!, null!, null!, null!, null!, null!, null!, TestControl.DefaultOptions, TimeProvider.System));

    [Fact]
    public void Every_operation_of_the_model_is_in_the_table_under_its_method_and_path()
    {
        Assert.Equal(167, Table.Count);
        Assert.Equal(
            Model.Split('\n').Select(static line => WithoutVariables(line.Trim())).Order(StringComparer.Ordinal),
            Table.Select(static operation => WithoutVariables($"{operation.Method} /2020-05-31{operation.Template} {operation.Name}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_built_is_refused_by_its_name()
    {
        await using var control = await TestControl.StartAsync();
        foreach (var operation in Table.Where(static operation => operation.Handler is null))
        {
            var target = operation.Template.TrimStart('/').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            Assert.Contains(operation.Name, (await control.CallAsync(operation.Method, target.Contains('?', StringComparison.Ordinal) ? target + "=x" : target)).ExpectError(501, "NotImplemented").ErrorMessage, StringComparison.Ordinal);
        }
    }

    /// <summary>What variables are called is nobody's business.</summary>
    private static string WithoutVariables(string line)
    {
        var parts = line.Split(' ');
        var path = string.Join('/', parts[1].Split('/').Select(static segment => segment.StartsWith('{') ? "{}" : segment));
        return $"{parts[0]} {path} {parts[2]}";
    }
}
