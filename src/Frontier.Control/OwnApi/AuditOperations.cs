// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Store;

namespace Frontier.Control.OwnApi;

/// <summary>The audit log, for reading: nothing but time removes an entry.</summary>
internal sealed class AuditOperations(IAuditStore store)
{
    private const int DefaultEntries = 50;

    /// <summary>With two documents each, 100 entries are about three MiB at most.</summary>
    private const int MostEntries = 100;

    public IEnumerable<OwnRoute> Routes =>
    [
        new("ListAuditEntries", "GET", "audit", "Who changed what, newest first", Changes: false, ListAsync)
        {
            Description = "Changes that were made, and attempts that were refused for want of rights. Secrets are left out of the documents before and after.",
            Query =
            [
                new("before", "integer", "Only entries with lower sequences: the nextBefore of the page before."),
                new("limit", "integer", $"How many, from 1 to {MostEntries}. Default {DefaultEntries}."),
                new("since", "string", "Only entries of that time or later, such as 2026-08-07T12:00:00Z."),
                new("resource", "string", "Only entries about the resource with this id or ARN."),
                new("key", "string", "Only what this access key did."),
            ],
            Answer = OwnJson.Default.AuditListDocument,
        },
    ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadQuery(request).Failed(out var error, out var query))
        {
            return error;
        }

        // One more than asked for tells whether there is another page.
        var rows = await store.ReadAuditAsync(query with { Limit = query.Limit + 1 }, cancellationToken);
        var page = rows.Take(query.Limit).Select(ToDocument).ToImmutableArray();
        var document = new AuditListDocument(page, rows.Length > page.Length ? page[^1].Sequence : null);
        return new ApiResponse { Content = ApiContent.OfJson(document, OwnJson.Default.AuditListDocument) };
    }

    private static Outcome<AuditQuery> ReadQuery(ApiRequest request)
    {
        var (before, limit) = (long.MaxValue, DefaultEntries);
        DateTimeOffset? since = null;
        if (request.QueryValue("before") is { } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Invalid("before must be the sequence of an entry.");
        }

        if (request.QueryValue("limit") is { } count && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostEntries))
        {
            return Invalid($"limit must be a number from 1 to {MostEntries}.");
        }

        if (request.QueryValue("since") is { } moment)
        {
            if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                return Invalid("since must be a time such as 2026-08-07T12:00:00Z.");
            }

            since = parsed;
        }

        var resource = request.QueryValue("resource");
        return new AuditQuery(before, limit)
        {
            Since = since,
            ResourceId = Arn.TryParse(resource, out _, out _, out var id) ? id : resource,
            AccessKeyId = request.QueryValue("key"),
        };
    }

    private static ApiError Invalid(string message) => ApiErrors.InvalidArgument.Saying(message);

    private static AuditEntryDocument ToDocument(AuditRow row) => new(
        row.Sequence, row.At, row.AccessKeyId, row.Source, row.Operation, row.Kind, row.ResourceId, row.RequestId, row.Error, row.ETagBefore, row.ETagAfter, row.Before, row.After);
}
