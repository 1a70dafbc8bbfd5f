// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Tags;
using Frontier.Control.Buckets;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.TrustStores;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.TrustStores;

/// <summary>
/// Trust stores (<c>api.md</c> §6.25). Their certificates are read from the bucket server when a store is made or updated: what becomes of
/// the object later changes nothing.
/// </summary>
internal sealed class TrustStoreOperations(DistributionOperations distributions, CatalogueLoader loader, Publisher publisher, BucketObjects objects, ControlOptions options)
{
    private static readonly ApiError NoOcsp = ApiErrors.InvalidArgument.Saying(
        "UseClientCertificateOCSPEndpoint is not supported by this version of Frontier: edges ask nobody over the network whether a certificate still holds; leave it out or set it to false.");

    private readonly TrustStorePlans _plans = new(options);

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateTrustStore", "POST", "/trust-store", CreateTrustStoreDocument.RootName, 201, CreateAsync),
        new("GetTrustStore", "GET", "/trust-store/{Identifier}", null, 200, GetAsync),
        new("UpdateTrustStore", "PUT", "/trust-store/{Id}", BundleLocation.RootName, 200, UpdateAsync),
        new("DeleteTrustStore", "DELETE", "/trust-store/{Id}", null, 204, DeleteAsync),
        new("ListTrustStores", "POST", "/trust-stores", ListTrustStoresDocument.RootName, 200, ListAsync),
        new("ListDistributionsByTrustStore", "GET", "/distributionsByTrustStore", null, 200, ListDistributionsAsync),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(CreateTrustStoreDocument.Read).Failed(out var error, out var document))
        {
            return error;
        }

        if (document.AsksOcsp)
        {
            return NoOcsp;
        }

        if ((TagRules.Check(document.Tags, options.Quotas.TagsPerResource) ?? _plans.CheckNew(await loader.LoadAsync(cancellationToken), document.Name)) is { } fault)
        {
            return fault;
        }

        if ((await ReadBundleAsync(document.Bundle, cancellationToken)).Failed(out error, out var certificates))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, new TrustStoreSettings(document.Name, [.. certificates]), document.Tags), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(ToResource(row));
    }

    /// <summary>By id or name.</summary>
    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Find(await loader.LoadAsync(cancellationToken), request.PathValues["Identifier"]) is { } store ? Respond(store) : FunctionErrors.NoSuchEntity;

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        if (TrustStorePlans.Find(await loader.LoadAsync(cancellationToken), request.Id, request.IfMatch).Failed(out var error, out _)
            || request.Read(BundleLocation.Read).Failed(out error, out var location))
        {
            return error;
        }

        if (string.Equals(request.UseClientCertificateOcspEndpoint, "true", StringComparison.OrdinalIgnoreCase))
        {
            return NoOcsp;
        }

        if ((await ReadBundleAsync(location, cancellationToken)).Failed(out error, out var certificates))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => TrustStorePlans.PlanUpdate(catalogue, request.Id, request.IfMatch, [.. certificates]), cancellationToken);
        return changed.Failed(out error, out var row) ? error : Respond(ToResource(row));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => TrustStorePlans.PlanDelete(catalogue, request.Id, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(ListTrustStoresDocument.Read).Failed(out var error, out var document) || Paging.Read(document.Marker, document.MaxItems).Failed(out error, out var paging))
        {
            return error;
        }

        var stores = (await loader.LoadAsync(cancellationToken)).TrustStores;
        return paging.WriteFamilyC(
            "ListTrustStoresResult", "TrustStoreList", stores, static store => store.Id, store => TrustStoreDocument.WriteSummary(store, ArnOf(store))).Failed(out error, out var root) ? error : root;
    }

    public async Task<ApiResponse> ListDistributionsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Paging.Read(request).Failed(out var error, out var paging))
        {
            return error;
        }

        return Find(await loader.LoadAsync(cancellationToken), request.QueryValue("TrustStoreIdentifier") ?? "") is { } store
            ? await distributions.ListWhereAsync(paging, distribution => distribution.Settings.ViewerMtls?.TrustStoreId == store.Id, cancellationToken)
            : FunctionErrors.NoSuchEntity;
    }

    private static Resource<TrustStoreSettings>? Find(Catalogue catalogue, string identifier) =>
        catalogue.TrustStores.FirstOrDefault(store => store.Id == identifier || store.Settings.Name == identifier);

    private static Resource<TrustStoreSettings> ToResource(ResourceRow row) => CatalogueLoader.ToResource(row, TrustStoreDocument.ReadStored);

    private async Task<Outcome<IReadOnlyList<string>>> ReadBundleAsync(BundleLocation location, CancellationToken cancellationToken)
    {
        var source = $"s3://{location.Bucket}/{location.Key}";
        var read = await objects.ReadAsync(
            location.Bucket, location.Key, location.Version, BundleLocation.RootName, source, options.Quotas.TrustStoreBytes, ApiErrors.InvalidArgument, cancellationToken);
        if (read.Failed(out var error, out var file))
        {
            return error;
        }

        return CertificateBundle.Read(file, options.Quotas.CertificatesPerTrustStore, out var fault) is { } certificates ? certificates : BucketObjects.Refused(source, fault);
    }

    private string ArnOf(Resource<TrustStoreSettings> store) => Arn.OfTrustStore(options.AccountId, store.Id);

    private ApiResponse Respond(Resource<TrustStoreSettings> store) => new() { Root = TrustStoreDocument.Write(store, ArnOf(store)), ETag = store.ETag };
}
