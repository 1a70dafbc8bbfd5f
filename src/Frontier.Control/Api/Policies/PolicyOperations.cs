// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Api.Policies;

/// <summary>Get, get config and list of one kind of policy (<c>api.md</c> §6.4 to §6.6). Only managed policies exist; they never change.</summary>
/// <param name="Name">The element of one policy, e.g. <c>CachePolicy</c>.</param>
/// <param name="Policies">All of the kind.</param>
/// <param name="IdOf">The policy's id.</param>
/// <param name="WriteConfig">The policy's configuration element.</param>
/// <param name="NotFound">The error for an unknown id.</param>
internal sealed record PolicyOperations<T>(string Name, IReadOnlyList<T> Policies, Func<T, string> IdOf, Func<T, XElement> WriteConfig, ApiError NotFound)
    where T : class
{
    public Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) => RespondAsync(request, Write);

    public Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) => RespondAsync(request, WriteConfig);

    public Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var type = request.QueryValue("Type") ?? "";
        if (type is not ("" or "managed" or "custom"))
        {
            return Task.FromResult<ApiResponse>(ApiErrors.InvalidArgument.Saying("The parameter Type must be managed or custom."));
        }

        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return Task.FromResult<ApiResponse>(error);
        }

        var listed = type == "custom" ? [] : Policies;
        var written = paging.WriteFamilyB(
            Name + "List", listed, IdOf, policy => XmlNames.Element(Name + "Summary", XmlNames.Element("Type", "managed"), Write(policy)));
        return Task.FromResult<ApiResponse>(written.Failed(out error, out var root) ? error : root);
    }

    public T? Find(string id) => Policies.FirstOrDefault(policy => IdOf(policy) == id);

    private XElement Write(T policy) => XmlNames.Element(
        Name, XmlNames.Element("Id", IdOf(policy)), XmlNames.Time("LastModifiedTime", ManagedPolicies.ModifiedAt), WriteConfig(policy));

    private Task<ApiResponse> RespondAsync(ApiRequest request, Func<T, XElement> write) => Task.FromResult(
        Find(request.Id) is { } policy ? new ApiResponse { Root = write(policy), ETag = ManagedPolicies.ETagOf(request.Id) } : (ApiResponse)NotFound);
}
