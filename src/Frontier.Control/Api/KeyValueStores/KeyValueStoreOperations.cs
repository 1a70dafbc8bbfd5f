// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.Names;
using Frontier.Control.KeyValues;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.KeyValueStores;

/// <summary>Key value stores as resources (<c>api.md</c> §6.12); their pairs have an API of their own.</summary>
internal sealed class KeyValueStoreOperations(CatalogueLoader loader, Publisher publisher, KeyValueImporter importer, ControlOptions options)
{
    private readonly KeyValueStorePlans _plans = new(options);

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateKeyValueStore", "POST", "/key-value-store", CreateKeyValueStoreDocument.RootName, 201, CreateAsync),
        new("ListKeyValueStores", "GET", "/key-value-store", null, 200, ListAsync),
        new("DescribeKeyValueStore", "GET", "/key-value-store/{Name}", null, 200, DescribeAsync),
        new("UpdateKeyValueStore", "PUT", "/key-value-store/{Name}", KeyValueStoreDocument.UpdateRootName, 200, UpdateAsync),
        new("DeleteKeyValueStore", "DELETE", "/key-value-store/{Name}", null, 204, DeleteAsync),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(CreateKeyValueStoreDocument.Read).Failed(out var error, out var document))
        {
            return error;
        }

        if ((TagRules.Check(document.Tags, options.Quotas.TagsPerResource) ?? _plans.CheckNew(await loader.LoadAsync(cancellationToken), document)) is { } fault)
        {
            return fault;
        }

        IReadOnlyList<KeyValueRow>? items = [];
        if (document.SourceArn is { } source && (await importer.ReadAsync(source, cancellationToken)).Failed(out error, out items))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, document, [.. items]), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(CatalogueLoader.ToKeyValueStore(row)) with { Location = "key-value-store/" + row.Name };
    }

    public async Task<ApiResponse> DescribeAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await loader.LoadAsync(cancellationToken)).FindKeyValueStore(request.Name) is { } found ? Respond(found) : FunctionErrors.NoSuchEntity;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        if (KeyValueStorePlans.Check(await loader.LoadAsync(cancellationToken), request.Name, request.IfMatch).Failed(out var error, out _)
            || request.Read(KeyValueStoreDocument.Read).Failed(out error, out var document))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => KeyValueStorePlans.PlanUpdate(catalogue, request.Name, request.IfMatch, document.Comment), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(CatalogueLoader.ToKeyValueStore(row));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, request.Name, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    /// <summary>Family B; the Status filter finds everything or nothing, since every store is ready.</summary>
    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        var stores = request.QueryValue("Status") is null or "" or KeyValueStore.Ready ? catalogue.KeyValueStores : [];
        return paging.WriteFamilyB("KeyValueStoreList", stores, static found => found.Id, Write).Failed(out error, out var root) ? error : root;
    }

    private ApiResponse Respond(KeyValueStore found) => new() { Root = Write(found), ETag = found.ETag };

    private XElement Write(KeyValueStore found) => KeyValueStoreDocument.Write(found, Arn.OfKeyValueStore(options.AccountId, found.Id));
}
