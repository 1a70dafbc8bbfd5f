// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.Names;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Functions;

/// <summary>CloudFront functions: kept, versioned and published, not yet executed (<c>api.md</c> §6.11).</summary>
internal sealed class FunctionOperations(IControlStore store, CatalogueLoader loader, Publisher publisher, ControlOptions options, TimeProvider time)
{
    /// <summary>The source goes out as it came in, and it came in without a type.</summary>
    private const string CodeType = "application/octet-stream";

    private readonly FunctionPlans _plans = new(options, time);

    public IReadOnlyList<Operation> Table =>
    [
        new("CreateFunction", "POST", "/function", FunctionDocument.CreateRootName, 201, CreateAsync),
        new("ListFunctions", "GET", "/function", null, 200, ListAsync),
        new("DescribeFunction", "GET", "/function/{Name}/describe", null, 200, DescribeAsync),
        new("GetFunction", "GET", "/function/{Name}", null, 200, GetAsync),
        new("UpdateFunction", "PUT", "/function/{Name}", FunctionDocument.UpdateRootName, 200, UpdateAsync),
        new("PublishFunction", "POST", "/function/{Name}/publish", null, 200, PublishAsync),
        new("DeleteFunction", "DELETE", "/function/{Name}", null, 204, DeleteAsync),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(CreateFunctionDocument.Read).Failed(out var error, out var document))
        {
            return error;
        }

        if (TagRules.Check(document.Tags, options.Quotas.TagsPerResource) is { } fault)
        {
            return fault;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCreate(catalogue, document), cancellationToken);
        return changed.Failed(out error, out var row)
            ? error
            : await RespondAsync(row, FunctionStage.Development, cancellationToken) with { Location = "function/" + Arn.OfFunction(options.AccountId, row.Id) };
    }

    public async Task<ApiResponse> DescribeAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await FindAsync(request, cancellationToken)).Failed(out var error, out var found)
            ? error
            : Respond(await loader.LoadAsync(cancellationToken), found);

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await FindAsync(request, cancellationToken)).Failed(out var error, out var found)
            ? error
            : new ApiResponse { Content = new ApiContent(found.Stage.Draft.Code.AsMemory(), CodeType), ETag = found.Stage.ETag };

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Existence and If-Match come before the body (api.md §2); both are checked again inside the change.
        var row = await store.FindResourceAsync(ResourceKind.Function, request.Name, cancellationToken);
        if (FunctionPlans.Check(row is null ? null : CatalogueLoader.ToFunction(row), request.IfMatch).Failed(out var error, out _)
            || request.Read(FunctionDocument.ReadDraft).Failed(out error, out var draft))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanUpdate(catalogue, request.Name, request.IfMatch, draft), cancellationToken);
        if (changed.Failed(out error, out row))
        {
            return error;
        }

        var updated = await RespondAsync(row, FunctionStage.Development, cancellationToken);
        return updated with { MisspelledETag = updated.ETag };
    }

    public async Task<ApiResponse> PublishAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanPublish(catalogue, request.Name, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out var row) ? error : await RespondAsync(row, FunctionStage.Live, cancellationToken) with { ETag = null };
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanDelete(catalogue, request.Name, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out _) ? error : ApiResponse.Empty;
    }

    /// <summary>Family B: every function in each stage it has, or only those in the stage asked for.</summary>
    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadStage(request, "").Failed(out var error, out var wanted) || Paging.Read(request).Failed(out error, out var paging))
        {
            return error;
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        var listed = catalogue.Functions.SelectMany(static function => FunctionStage.Names, StagedFunction.Find).OfType<StagedFunction>()
            .Where(found => wanted.Length == 0 || found.StageName == wanted).ToList();
        return paging.WriteFamilyB("FunctionList", listed, static found => found.Marker, found => Write(catalogue, found)).Failed(out error, out var root) ? error : root;
    }

    private static Outcome<string> ReadStage(ApiRequest request, string fallback) => request.QueryValue("Stage") switch
    {
        null or "" => fallback,
        var given when FunctionStage.Names.Contains(given) => given,
        var given => ApiErrors.InvalidArgument.Saying($"The parameter Stage must be {string.Join(" or ", FunctionStage.Names)}, not '{given}'."),
    };

    /// <summary>The function in the stage that the query names, DEVELOPMENT unless told.</summary>
    private async Task<Outcome<StagedFunction>> FindAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadStage(request, FunctionStage.Development).Failed(out var error, out var stage))
        {
            return error;
        }

        return await store.FindResourceAsync(ResourceKind.Function, request.Name, cancellationToken) is { } row && StagedFunction.Find(CatalogueLoader.ToFunction(row), stage) is { } found
            ? found
            : FunctionErrors.NoSuchFunction;
    }

    private async Task<ApiResponse> RespondAsync(ResourceRow row, string stage, CancellationToken cancellationToken) =>
        Respond(await loader.LoadAsync(cancellationToken), StagedFunction.Find(CatalogueLoader.ToFunction(row), stage)!);

    private ApiResponse Respond(Catalogue catalogue, StagedFunction found) => new() { Root = Write(catalogue, found), ETag = found.Stage.ETag };

    private XElement Write(Catalogue catalogue, StagedFunction found)
    {
        var status = found.Function.Live is null ? "UNPUBLISHED" : _plans.IsUsed(catalogue, found.Function.Name) ? "ASSOCIATED" : "UNASSOCIATED";
        return FunctionDocument.WriteSummary(found, status, Arn.OfFunction(options.AccountId, found.Function.Name));
    }
}
