// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Store;
using Frontier.Control.Versions;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>What distributions were: listed, shown, compared.</summary>
internal sealed class VersionOperations(IControlStore store, VersionHistory history)
{
    private const int DefaultLimit = 20;

    private const int MostAtOnce = 100;

    public IEnumerable<OwnRoute> Routes =>
    [
        new("ListVersions", "GET", "distributions/{Id}/versions", "The versions of a distribution's configuration, newest first", Changes: false, ListAsync)
        {
            Description = "Every configuration that was accepted is a version, whichever API it came by. The newest 1,000 of each distribution are kept, and go with it when it is deleted.",
            Query =
            [
                new("before", "integer", "Only versions with lower numbers: the nextBefore of the page before."),
                new("limit", "integer", "How many, from 1 to 100. Default 20."),
            ],
            Answer = OwnJson.Default.VersionPageDocument,
            Errors = [ApiErrors.NoSuchDistribution],
        },
        new("GetVersion", "GET", "distributions/{Id}/versions/{Version}", "One version, with its configuration", Changes: false, GetAsync)
        {
            Answer = OwnJson.Default.VersionDetailDocument,
            Errors = [ApiErrors.NoSuchDistribution, VersionErrors.NoSuchVersion],
        },
        new("DiffVersions", "GET", "distributions/{Id}/diff", "What differs between two versions", Changes: false, DiffAsync)
        {
            Description = "Behaviors are matched by their path pattern, origins by their id. Values of custom origin headers are masked; that one changed is shown.",
            Query =
            [
                new("from", "integer", "The earlier version. Default: the one before the other."),
                new("to", "integer", "The later version. Default: the newest."),
            ],
            Answer = OwnJson.Default.DiffDocument,
            Errors = [ApiErrors.NoSuchDistribution, VersionErrors.NoSuchVersion],
        },
    ];

    public static VersionDocument ToDocument(VersionHead head) => new(
        head.Number, head.CreatedAt, head.ETag, NullIfEmpty(head.Operation), NullIfEmpty(head.AccessKeyId), head.RestoredFrom == 0 ? null : head.RestoredFrom);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (!VersionNumber.TryReadQuery(request, "before", out var before, out var fault) || !VersionNumber.TryReadQuery(request, "limit", out var limit, out fault))
        {
            return fault;
        }

        var count = limit ?? DefaultLimit;
        if (count > MostAtOnce)
        {
            return ApiErrors.InvalidArgument.Saying($"The parameter limit is at most {MostAtOnce}; ask for the rest with before.");
        }

        // One more than asked for tells whether there is another page.
        if (await store.ListVersionsAsync(ResourceKind.Distribution, request.Id, before ?? long.MaxValue, (int)count + 1, cancellationToken) is not { } found)
        {
            return ApiErrors.NoSuchDistribution;
        }

        var page = found.Take((int)count).Select(ToDocument).ToList();
        return Respond(new VersionPageDocument(request.Id, page, found.Length > count ? page[^1].Version : null), OwnJson.Default.VersionPageDocument);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (!VersionNumber.TryRead(request.PathValues["Version"], "version", out var number, out var fault))
        {
            return fault;
        }

        if ((await history.FindNewestAsync(request.Id, cancellationToken)).Failed(out var error, out var newest)
            || (await history.FindAsync(request.Id, newest, number, cancellationToken)).Failed(out error, out var version))
        {
            return error;
        }

        var config = (JsonObject)DocumentJson.Write(DistributionWriter.Write(version.Settings));
        return Respond(new VersionDetailDocument(request.Id, ToDocument(version.Head), config), OwnJson.Default.VersionDetailDocument);
    }

    private async Task<ApiResponse> DiffAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (!VersionNumber.TryReadQuery(request, "from", out var from, out var fault) || !VersionNumber.TryReadQuery(request, "to", out var to, out fault))
        {
            return fault;
        }

        if ((await history.FindNewestAsync(request.Id, cancellationToken)).Failed(out var error, out var newest))
        {
            return error;
        }

        var (second, first) = (to ?? newest.Number, from ?? (to ?? newest.Number) - 1);
        if (first == 0)
        {
            return VersionErrors.NoSuchVersion.Saying("There is nothing before version 1 to compare it with.");
        }

        if ((await history.FindAsync(request.Id, newest, first, cancellationToken)).Failed(out error, out var earlier)
            || (await history.FindAsync(request.Id, newest, second, cancellationToken)).Failed(out error, out var later))
        {
            return error;
        }

        var changes = DocumentDiff.Between(DistributionWriter.Write(earlier.Settings), DistributionWriter.Write(later.Settings));
        return Respond(new DiffDocument(request.Id, ToDocument(earlier.Head), ToDocument(later.Head), changes), OwnJson.Default.DiffDocument);
    }

    private static ApiResponse Respond<T>(T document, JsonTypeInfo<T> type) => new() { Content = ApiContent.OfJson(document, type) };
}
