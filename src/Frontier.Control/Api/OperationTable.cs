// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Aliases;
using Frontier.Control.Api.Deployment;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Functions;
using Frontier.Control.Api.Invalidations;
using Frontier.Control.Api.KeyValueStores;
using Frontier.Control.Api.Policies;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Api;

/// <summary>The whole API as one table (<c>api.md</c> §6): what is answered, by whom, and what is recognised and not implemented.</summary>
internal static class OperationTable
{
    public static IReadOnlyList<Operation> Build(
        DistributionOperations distributions,
        PolicyOperations<CachePolicySettings> cache,
        PolicyOperations<OriginRequestPolicySettings> originRequest,
        PolicyOperations<ResponseHeadersPolicySettings> responseHeaders,
        InvalidationOperations invalidations,
        TagOperations tags,
        AliasOperations aliases,
        WebAclOperations webAcls,
        StagingOperations staging,
        ContinuousDeploymentOperations deployment,
        FunctionOperations functions,
        KeyValueStoreOperations keyValueStores,
        IReadOnlyList<Operation> versioned)
    {
        return
        [
            new("CreateDistributionWithTags", "POST", "/distribution?WithTags", DistributionWithTagsDocument.RootName, 201, distributions.CreateWithTagsAsync),
            new("CreateDistribution", "POST", "/distribution", DistributionWriter.RootName, 201, distributions.CreateAsync),
            new("ListDistributions", "GET", "/distribution", null, 200, distributions.ListAsync),
            new("GetDistribution", "GET", "/distribution/{Id}", null, 200, distributions.GetAsync),
            new("GetDistributionConfig", "GET", "/distribution/{Id}/config", null, 200, distributions.GetConfigAsync),
            new("UpdateDistribution", "PUT", "/distribution/{Id}/config", DistributionWriter.RootName, 200, distributions.UpdateAsync),
            new("DeleteDistribution", "DELETE", "/distribution/{Id}", null, 204, distributions.DeleteAsync),
            new("ListDistributionsByCachePolicyId", "GET", "/distributionsByCachePolicyId/{Id}", null, 200, By(distributions, cache)),
            new("ListDistributionsByOriginRequestPolicyId", "GET", "/distributionsByOriginRequestPolicyId/{Id}", null, 200, By(distributions, originRequest)),
            new("ListDistributionsByResponseHeadersPolicyId", "GET", "/distributionsByResponseHeadersPolicyId/{Id}", null, 200, By(distributions, responseHeaders)),
            new("ListDistributionsByWebACLId", "GET", "/distributionsByWebACLId/{Id}", null, 200, distributions.ListByWebAclAsync),

            .. OfPolicies(cache, "ListCachePolicies"),
            .. OfPolicies(originRequest, "ListOriginRequestPolicies"),
            .. OfPolicies(responseHeaders, "ListResponseHeadersPolicies"),

            new("CreateInvalidation", "POST", "/distribution/{DistributionId}/invalidation", InvalidationDocument.RootName, 201, invalidations.CreateAsync),
            new("ListInvalidations", "GET", "/distribution/{DistributionId}/invalidation", null, 200, invalidations.ListAsync),
            new("GetInvalidation", "GET", "/distribution/{DistributionId}/invalidation/{Id}", null, 200, invalidations.GetAsync),

            new("TagResource", "POST", "/tagging?Operation=Tag", TagsDocument.RootName, 204, tags.TagAsync),
            new("UntagResource", "POST", "/tagging?Operation=Untag", TagKeysDocument.RootName, 204, tags.UntagAsync),
            new("ListTagsForResource", "GET", "/tagging", null, 200, tags.ListAsync),

            new("CopyDistribution", "POST", "/distribution/{Id}/copy", CopyDistributionDocument.RootName, 201, staging.CopyAsync),
            new("UpdateDistributionWithStagingConfig", "PUT", "/distribution/{Id}/promote-staging-config", null, 200, staging.PromoteAsync),
            new("AssociateAlias", "PUT", "/distribution/{Id}/associate-alias", null, 200, aliases.AssociateAsync),
            new("ListConflictingAliases", "GET", "/conflicting-alias", null, 200, aliases.ListConflictingAsync),
            new("AssociateDistributionWebACL", "PUT", "/distribution/{Id}/associate-web-acl", WebAclOperations.RootName, 200, webAcls.AssociateAsync),
            new("DisassociateDistributionWebACL", "PUT", "/distribution/{Id}/disassociate-web-acl", null, 200, webAcls.DisassociateAsync),
            new("ListDistributionsByConnectionMode", "GET", "/distributionsByConnectionMode/{Id}", null, 200, distributions.ListByConnectionModeAsync),
            new("ListDistributionsByVpcOriginId", "GET", "/distributionsByVpcOriginId/{Id}", null, 200, ByNothing("VPC origin")),
            new("ListDistributionsByAnycastIpListId", "GET", "/distributionsByAnycastIpListId/{Id}", null, 200, ByNothing("Anycast static IP list")),
            new("ListDistributionsByConnectionFunction", "GET", "/distributionsByConnectionFunction", null, 200, ByNothing("connection function")),
            new("ListDistributionsByTrustStore", "GET", "/distributionsByTrustStore", null, 200, ByNothing("trust store")),

            new("CreateContinuousDeploymentPolicy", "POST", "/continuous-deployment-policy", ContinuousDeploymentPolicyDocument.RootName, 201, deployment.CreateAsync),
            new("ListContinuousDeploymentPolicies", "GET", "/continuous-deployment-policy", null, 200, deployment.ListAsync),
            new("GetContinuousDeploymentPolicy", "GET", "/continuous-deployment-policy/{Id}", null, 200, deployment.GetAsync),
            new("GetContinuousDeploymentPolicyConfig", "GET", "/continuous-deployment-policy/{Id}/config", null, 200, deployment.GetConfigAsync),
            new("UpdateContinuousDeploymentPolicy", "PUT", "/continuous-deployment-policy/{Id}", ContinuousDeploymentPolicyDocument.RootName, 200, deployment.UpdateAsync),
            new("DeleteContinuousDeploymentPolicy", "DELETE", "/continuous-deployment-policy/{Id}", null, 204, deployment.DeleteAsync),

            new("CreateFunction", "POST", "/function", FunctionDocument.CreateRootName, 201, functions.CreateAsync),
            new("ListFunctions", "GET", "/function", null, 200, functions.ListAsync),
            new("DescribeFunction", "GET", "/function/{Name}/describe", null, 200, functions.DescribeAsync),
            new("GetFunction", "GET", "/function/{Name}", null, 200, functions.GetAsync),
            new("UpdateFunction", "PUT", "/function/{Name}", FunctionDocument.UpdateRootName, 200, functions.UpdateAsync),
            new("PublishFunction", "POST", "/function/{Name}/publish", null, 200, functions.PublishAsync),
            new("DeleteFunction", "DELETE", "/function/{Name}", null, 204, functions.DeleteAsync),

            new("CreateKeyValueStore", "POST", "/key-value-store", CreateKeyValueStoreDocument.RootName, 201, keyValueStores.CreateAsync),
            new("ListKeyValueStores", "GET", "/key-value-store", null, 200, keyValueStores.ListAsync),
            new("DescribeKeyValueStore", "GET", "/key-value-store/{Name}", null, 200, keyValueStores.DescribeAsync),
            new("UpdateKeyValueStore", "PUT", "/key-value-store/{Name}", KeyValueStoreDocument.UpdateRootName, 200, keyValueStores.UpdateAsync),
            new("DeleteKeyValueStore", "DELETE", "/key-value-store/{Name}", null, 204, keyValueStores.DeleteAsync),

            .. versioned,

            .. UnimplementedOperations.All,
        ];
    }

    /// <summary>API-6.2: a policy is updated at its own path, without <c>/config</c>.</summary>
    private static IEnumerable<Operation> OfPolicies<T>(PolicyOperations<T> policies, string listName)
        where T : PolicySettings
    {
        var (name, path, root) = (policies.Kind.Name, "/" + policies.Kind.Path, policies.Kind.ConfigName);
        return
        [
            new("Create" + name, "POST", path, root, 201, policies.CreateAsync),
            new("Get" + name, "GET", path + "/{Id}", null, 200, policies.GetAsync),
            new($"Get{name}Config", "GET", path + "/{Id}/config", null, 200, policies.GetConfigAsync),
            new("Update" + name, "PUT", path + "/{Id}", root, 200, policies.UpdateAsync),
            new("Delete" + name, "DELETE", path + "/{Id}", null, 204, policies.DeleteAsync),
            new(listName, "GET", path, null, 200, policies.ListAsync),
        ];
    }

    /// <summary>A list of the distributions that use a policy; unknown policies are an error.</summary>
    private static Func<ApiRequest, CancellationToken, Task<ApiResponse>> By<T>(DistributionOperations distributions, PolicyOperations<T> policies)
        where T : PolicySettings =>
        async (request, cancellationToken) => await policies.ExistsAsync(request.Id, cancellationToken)
            ? await distributions.ListIdsAsync(request, behavior => policies.Kind.Reference(behavior) == request.Id, cancellationToken)
            : policies.Kind.NotFound;

    /// <summary>A list of the distributions that use something of a kind that cannot be made here: there is none of any name.</summary>
    private static Func<ApiRequest, CancellationToken, Task<ApiResponse>> ByNothing(string kind) =>
        (_, _) => Task.FromResult<ApiResponse>(ApiErrors.EntityNotFound.Saying($"The specified {kind} does not exist."));
}
