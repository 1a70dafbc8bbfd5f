// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Distributions;

/// <summary>
/// AssociateDistributionWebACL and DisassociateDistributionWebACL (<c>api.md</c> §6.2). Web ACLs are not built: attaching one is
/// refused with the words that UpdateDistribution uses (API-10.20), and no distribution has one to take away.
/// </summary>
internal sealed class WebAclOperations(IControlStore store)
{
    private const string RootName = "AssociateDistributionWebACLRequest";
    private const string Setting = "DistributionConfig.WebACLId";

    public IReadOnlyList<Operation> Table =>
    [
        new("AssociateDistributionWebACL", "PUT", "/distribution/{Id}/associate-web-acl", RootName, 200, AssociateAsync),
        new("DisassociateDistributionWebACL", "PUT", "/distribution/{Id}/disassociate-web-acl", null, 200, DisassociateAsync),
    ];

    public async Task<ApiResponse> AssociateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (await CheckTargetAsync(request, cancellationToken) is { } fault)
        {
            return fault;
        }

        return request.Read(static root => root.RequiredText("WebACLArn")).Failed(out var error, out _) ? error : UnsupportedSettings.Refusal(Setting);
    }

    public async Task<ApiResponse> DisassociateAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await CheckTargetAsync(request, cancellationToken) ?? ApiErrors.EntityNotFound.Saying("The distribution has no web ACL.");

    private async Task<ApiError?> CheckTargetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(ResourceKind.Distribution, request.Id, cancellationToken) is { } row
            ? Preconditions.Check(request.IfMatch, row.ETag)
            : ApiErrors.EntityNotFound.Saying("The specified distribution does not exist.");
}
