// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Resources;

/// <summary>Create, get, get the configuration, update, delete, list: the operations on versioned resources of one kind (<c>api.md</c> §6).</summary>
internal sealed class VersionedOperations<T>(VersionedKind<T> kind, IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options)
    where T : class
{
    private readonly VersionedPlans<T> _plans = new(kind, options);

    public VersionedKind<T> Kind => kind;

    /// <summary>API-6.2: some kinds are updated at their own path, others at their configuration's.</summary>
    public IReadOnlyList<Operation> Table =>
    [
        new("Create" + NameOfChanges, "POST", All, kind.ConfigName, 201, CreateAsync),
        new("Get" + kind.Name, "GET", One, null, 200, GetAsync),
        new("Get" + kind.ConfigName, "GET", Config, null, 200, GetConfigAsync),
        new("Update" + NameOfChanges, "PUT", kind.IsUpdatedAtConfig ? Config : One, kind.ConfigName, 200, UpdateAsync),
        new("Delete" + NameOfChanges, "DELETE", One, null, 204, DeleteAsync),
        new(kind.ListOperation, "GET", All, null, 200, ListAsync),
    ];

    private string NameOfChanges => kind.NameOfChanges ?? kind.Name;

    private string All => "/" + kind.Path;

    private string One => All + "/{Id}";

    private string Config => One + "/config";

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken) =>
        request.Read(kind.Read).Failed(out var error, out var settings) ? error : await CreateAsync(settings, [], cancellationToken);

    /// <summary>Where the kind allows it, the same creation again is answered with the resource that it made the first time (§4).</summary>
    public async Task<ApiResponse> CreateAsync(T settings, ImmutableArray<TagRow> tags, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, settings, tags), cancellationToken);
        if (!changed.Failed(out var error, out var row))
        {
            return RespondCreated(ToResource(row));
        }

        var made = error.Code == kind.AlreadyExists.Code ? _plans.FindRepeated(await loader.LoadAsync(cancellationToken), settings) : null;
        return made is null ? error : RespondCreated(made);
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } resource ? Respond(resource) : kind.NotFound;

    public async Task<ApiResponse> GetConfigAsync(ApiRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Id, cancellationToken) is { } resource ? new ApiResponse { Root = kind.WriteConfig(resource.Settings), ETag = resource.ETag } : kind.NotFound;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        if (await FindAsync(request.Id, cancellationToken) is not { } current)
        {
            return kind.NotFound;
        }

        if (Preconditions.Check(request.IfMatch, current.ETag) is { } refused)
        {
            return refused;
        }

        if (request.Read(kind.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanUpdate(catalogue, request.Id, request.IfMatch, settings), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(ToResource(row));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, request.Id, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var (name, all) = (kind.Name + "List", kind.Of(await loader.LoadAsync(cancellationToken)));
        var page = kind.IsListedAsFamilyA
            ? paging.WriteFamilyA(name, all, static resource => resource.Id, kind.WriteSummary)
            : paging.WriteFamilyB(name, all, static resource => resource.Id, kind.WriteSummary);
        return page.Failed(out error, out var root) ? error : root;
    }

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => await FindAsync(id, cancellationToken) is not null;

    private async Task<Resource<T>?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindResourceAsync(kind.Resource, id, cancellationToken) is { } row ? ToResource(row) : null;

    private Resource<T> ToResource(ResourceRow row) => CatalogueLoader.ToResource(row, kind.Read);

    private ApiResponse Respond(Resource<T> resource) => new() { Root = kind.Write(resource), ETag = resource.ETag };

    private ApiResponse RespondCreated(Resource<T> resource) => Respond(resource) with { Location = $"{kind.Path}/{resource.Id}" };
}
