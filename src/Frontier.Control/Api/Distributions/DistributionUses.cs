// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Policies;
using Frontier.Control.Api.Resources;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Api.Distributions;

/// <summary>Lists of the distributions that use something; what does not exist is an error (<c>api.md</c> §6.2, API-6.19).</summary>
internal sealed class DistributionUses(
    DistributionOperations distributions,
    PolicyOperations<CachePolicySettings> cache,
    PolicyOperations<OriginRequestPolicySettings> originRequest,
    PolicyOperations<ResponseHeadersPolicySettings> responseHeaders,
    VersionedOperations<KeyGroupSettings> keyGroups)
{
    public IReadOnlyList<Operation> Table =>
    [
        new("ListDistributionsByCachePolicyId", "GET", "/distributionsByCachePolicyId/{Id}", null, 200, By(cache)),
        new("ListDistributionsByOriginRequestPolicyId", "GET", "/distributionsByOriginRequestPolicyId/{Id}", null, 200, By(originRequest)),
        new("ListDistributionsByResponseHeadersPolicyId", "GET", "/distributionsByResponseHeadersPolicyId/{Id}", null, 200, By(responseHeaders)),
        new("ListDistributionsByKeyGroup", "GET", "/distributionsByKeyGroupId/{Id}", null, 200, ByKeyGroupAsync),
        new("ListDistributionsByWebACLId", "GET", "/distributionsByWebACLId/{Id}", null, 200, distributions.ListByWebAclAsync),
        new("ListDistributionsByConnectionMode", "GET", "/distributionsByConnectionMode/{Id}", null, 200, distributions.ListByConnectionModeAsync),
        new("ListDistributionsByVpcOriginId", "GET", "/distributionsByVpcOriginId/{Id}", null, 200, ByNothing("VPC origin")),
        new("ListDistributionsByAnycastIpListId", "GET", "/distributionsByAnycastIpListId/{Id}", null, 200, ByNothing("Anycast static IP list")),
        new("ListDistributionsByConnectionFunction", "GET", "/distributionsByConnectionFunction", null, 200, ByNothing("connection function")),
    ];

    private Func<ApiRequest, CancellationToken, Task<ApiResponse>> By<T>(PolicyOperations<T> policies)
        where T : PolicySettings =>
        async (request, cancellationToken) => await policies.ExistsAsync(request.Id, cancellationToken)
            ? await distributions.ListIdsAsync(request, behavior => policies.Kind.Reference(behavior) == request.Id, cancellationToken)
            : policies.Kind.NotFound;

    private async Task<ApiResponse> ByKeyGroupAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await keyGroups.ExistsAsync(request.Id, cancellationToken)
            ? await distributions.ListIdsAsync(request, behavior => behavior.TrustedKeyGroups.Items.Contains(request.Id), cancellationToken)
            : keyGroups.Kind.NotFound;

    /// <summary>Of a kind that cannot be made here there is none of any name.</summary>
    private static Func<ApiRequest, CancellationToken, Task<ApiResponse>> ByNothing(string kind) =>
        (_, _) => Task.FromResult<ApiResponse>(ApiErrors.EntityNotFound.Saying($"The specified {kind} does not exist."));
}
