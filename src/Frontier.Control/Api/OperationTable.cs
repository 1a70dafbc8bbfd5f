// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Invalidations;
using Frontier.Control.Api.OriginAccess;
using Frontier.Control.Api.Policies;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Api;

/// <summary>The whole API as one table (<c>api.md</c> §6): what is answered, by whom, and what is recognised and not implemented.</summary>
internal static class OperationTable
{
    public static IReadOnlyList<Operation> Build(DistributionOperations distributions, OriginAccessControlOperations accessControls, InvalidationOperations invalidations, TagOperations tags)
    {
        var cache = new PolicyOperations<CachePolicyConfig>(
            "CachePolicy", ManagedPolicies.CachePolicies, static policy => policy.Id, PolicyDocuments.WriteCachePolicy, ApiErrors.NoSuchCachePolicy);
        var originRequest = new PolicyOperations<OriginRequestPolicyConfig>(
            "OriginRequestPolicy", ManagedPolicies.OriginRequestPolicies, static policy => policy.Id, PolicyDocuments.WriteOriginRequestPolicy, ApiErrors.NoSuchOriginRequestPolicy);
        var responseHeaders = new PolicyOperations<ResponseHeadersPolicy>(
            "ResponseHeadersPolicy", ManagedPolicies.ResponseHeadersPolicies, static policy => policy.Id, PolicyDocuments.WriteResponseHeadersPolicy, ApiErrors.NoSuchResponseHeadersPolicy);

        return
        [
            new("CreateDistributionWithTags", "POST", "/distribution?WithTags", DistributionWithTagsDocument.RootName, 201, distributions.CreateWithTagsAsync),
            new("CreateDistribution", "POST", "/distribution", DistributionWriter.RootName, 201, distributions.CreateAsync),
            new("ListDistributions", "GET", "/distribution", null, 200, distributions.ListAsync),
            new("GetDistribution", "GET", "/distribution/{Id}", null, 200, distributions.GetAsync),
            new("GetDistributionConfig", "GET", "/distribution/{Id}/config", null, 200, distributions.GetConfigAsync),
            new("UpdateDistribution", "PUT", "/distribution/{Id}/config", DistributionWriter.RootName, 200, distributions.UpdateAsync),
            new("DeleteDistribution", "DELETE", "/distribution/{Id}", null, 204, distributions.DeleteAsync),
            new("ListDistributionsByCachePolicyId", "GET", "/distributionsByCachePolicyId/{Id}", null, 200, By(distributions, cache, static (behavior, id) => behavior.CachePolicyId == id)),
            new("ListDistributionsByOriginRequestPolicyId", "GET", "/distributionsByOriginRequestPolicyId/{Id}", null, 200, By(distributions, originRequest, static (behavior, id) => behavior.OriginRequestPolicyId == id)),
            new("ListDistributionsByResponseHeadersPolicyId", "GET", "/distributionsByResponseHeadersPolicyId/{Id}", null, 200, By(distributions, responseHeaders, static (behavior, id) => behavior.ResponseHeadersPolicyId == id)),
            new("ListDistributionsByWebACLId", "GET", "/distributionsByWebACLId/{Id}", null, 200, distributions.ListByWebAclAsync),

            new("CreateOriginAccessControl", "POST", "/origin-access-control", OriginAccessControlDocument.RootName, 201, accessControls.CreateAsync),
            new("ListOriginAccessControls", "GET", "/origin-access-control", null, 200, accessControls.ListAsync),
            new("GetOriginAccessControl", "GET", "/origin-access-control/{Id}", null, 200, accessControls.GetAsync),
            new("GetOriginAccessControlConfig", "GET", "/origin-access-control/{Id}/config", null, 200, accessControls.GetConfigAsync),
            new("UpdateOriginAccessControl", "PUT", "/origin-access-control/{Id}/config", OriginAccessControlDocument.RootName, 200, accessControls.UpdateAsync),
            new("DeleteOriginAccessControl", "DELETE", "/origin-access-control/{Id}", null, 204, accessControls.DeleteAsync),

            new("GetCachePolicy", "GET", "/cache-policy/{Id}", null, 200, cache.GetAsync),
            new("GetCachePolicyConfig", "GET", "/cache-policy/{Id}/config", null, 200, cache.GetConfigAsync),
            new("ListCachePolicies", "GET", "/cache-policy", null, 200, cache.ListAsync),
            new("GetOriginRequestPolicy", "GET", "/origin-request-policy/{Id}", null, 200, originRequest.GetAsync),
            new("GetOriginRequestPolicyConfig", "GET", "/origin-request-policy/{Id}/config", null, 200, originRequest.GetConfigAsync),
            new("ListOriginRequestPolicies", "GET", "/origin-request-policy", null, 200, originRequest.ListAsync),
            new("GetResponseHeadersPolicy", "GET", "/response-headers-policy/{Id}", null, 200, responseHeaders.GetAsync),
            new("GetResponseHeadersPolicyConfig", "GET", "/response-headers-policy/{Id}/config", null, 200, responseHeaders.GetConfigAsync),
            new("ListResponseHeadersPolicies", "GET", "/response-headers-policy", null, 200, responseHeaders.ListAsync),

            new("CreateInvalidation", "POST", "/distribution/{DistributionId}/invalidation", InvalidationDocument.RootName, 201, invalidations.CreateAsync),
            new("ListInvalidations", "GET", "/distribution/{DistributionId}/invalidation", null, 200, invalidations.ListAsync),
            new("GetInvalidation", "GET", "/distribution/{DistributionId}/invalidation/{Id}", null, 200, invalidations.GetAsync),

            new("TagResource", "POST", "/tagging?Operation=Tag", TagsDocument.RootName, 204, tags.TagAsync),
            new("UntagResource", "POST", "/tagging?Operation=Untag", TagKeysDocument.RootName, 204, tags.UntagAsync),
            new("ListTagsForResource", "GET", "/tagging", null, 200, tags.ListAsync),

            .. UnimplementedOperations.All,
        ];
    }

    /// <summary>A list of the distributions that use a policy; unknown policies are an error.</summary>
    private static Func<ApiRequest, CancellationToken, Task<ApiResponse>> By<T>(DistributionOperations distributions, PolicyOperations<T> policies, Func<CacheBehavior, string, bool> uses)
        where T : class =>
        (request, cancellationToken) => policies.Find(request.Id) is null
            ? Task.FromResult<ApiResponse>(policies.NotFound)
            : distributions.ListIdsAsync(request, behavior => uses(behavior, request.Id), cancellationToken);
}
