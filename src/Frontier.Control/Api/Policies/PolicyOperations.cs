// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Policies;

/// <summary>The operations on policies of one kind (<c>api.md</c> §6.4 to §6.6).</summary>
internal sealed class PolicyOperations<T>(PolicyKind<T> kind, IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
    where T : PolicySettings
{
    private readonly PolicyPlans<T> _plans = new(kind, options);

    public PolicyKind<T> Kind => kind;

    /// <summary>API-6.2: a policy is updated at its own path, without <c>/config</c>.</summary>
    public IReadOnlyList<Operation> Table =>
    [
        new("Create" + kind.Name, "POST", All, kind.ConfigName, 201, CreateAsync),
        new("Get" + kind.Name, "GET", One, null, 200, GetAsync),
        new($"Get{kind.Name}Config", "GET", One + "/config", null, 200, GetConfigAsync),
        new("Update" + kind.Name, "PUT", One, kind.ConfigName, 200, UpdateAsync),
        new("Delete" + kind.Name, "DELETE", One, null, 204, DeleteAsync),
        new(kind.ListOperation, "GET", All, null, 200, ListAsync),
    ];

    private string All => "/" + kind.Path;

    private string One => All + "/{Id}";

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(kind.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(CatalogueLoader.ToPolicy(row, kind.Read)) with { Location = $"{kind.Path}/{row.Id}" };
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } policy ? Respond(policy) : kind.NotFound;

    public async Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } policy ? new ApiResponse { Root = kind.Write(policy.Settings), ETag = policy.ETag } : kind.NotFound;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        var before = await FindAsync(request.Id, cancellationToken);
        if (_plans.CheckChangeable(before, request.IfMatch, ApiErrors.ManagedPolicyUpdate).Failed(out var error, out _) || request.Read(kind.Read).Failed(out error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanUpdate(catalogue, request.Id, request.IfMatch, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(CatalogueLoader.ToPolicy(row, kind.Read));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, request.Id, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    /// <summary>§5.1: the Type filter chooses managed or custom ones; family B.</summary>
    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var type = request.QueryValue("Type") ?? "";
        if (type is not ("" or "managed" or "custom"))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter Type must be managed or custom.");
        }

        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var policies = kind.Of(await loader.LoadAsync(cancellationToken)).All.Where(policy => type.Length == 0 || policy.Type == type).ToList();
        return paging.WriteFamilyB(kind.Name + "List", policies, static policy => policy.Id, policy => Element(kind.Name + "Summary", Element("Type", policy.Type), Write(policy)))
            .Failed(out error, out var root) ? error : root;
    }

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => await FindAsync(id, cancellationToken) is not null;

    private async Task<Policy<T>?> FindAsync(string id, CancellationToken cancellationToken) =>
        kind.Managed.FirstOrDefault(policy => policy.Id == id)
        ?? (await store.FindResourceAsync(kind.Resource, id, cancellationToken) is { } row ? CatalogueLoader.ToPolicy(row, kind.Read) : null);

    private ApiResponse Respond(Policy<T> policy) => new() { Root = Write(policy), ETag = policy.ETag };

    private XElement Write(Policy<T> policy) => Element(kind.Name, Element("Id", policy.Id), Time("LastModifiedTime", policy.ModifiedAt), kind.Write(policy.Settings));
}
