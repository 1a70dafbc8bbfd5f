// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;
using Frontier.Protocols.Dns;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>Record sets and their changes (NB-5.1).</summary>
internal sealed class RecordSetOperations(ZoneParts parts)
{
    private const int MostRecordSets = 300;
    private const int LongestComment = 256;

    public IReadOnlyList<Operation> Table =>
    [
        Route53Xml.New("ChangeResourceRecordSets", "POST", "hostedzone/{Id}/rrset", "ChangeResourceRecordSetsRequest", 200, ChangeAsync),
        Route53Xml.New("ListResourceRecordSets", "GET", "hostedzone/{Id}/rrset", null, 200, ListAsync),
        Route53Xml.New("GetChange", "GET", "change/{Id}", null, 200, GetChangeAsync),
    ];

    public async Task<ApiResponse> ChangeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Xml.Read(request, RecordSetDocument.ReadBatch).Failed(out var error, out var batch))
        {
            return error;
        }

        if (batch.Changes.IsEmpty || batch.Comment.Length > LongestComment)
        {
            return Route53Errors.InvalidInput.Saying($"A change batch has at least one change, and a comment of at most {LongestComment} characters.");
        }

        var made = await parts.Changes.ChangeAsync((catalogue, token) => PlanAsync(catalogue, request.Id, batch, token), cancellationToken);
        return made.Failed(out error, out var planned) ? error : Route53Xml.Respond("ChangeResourceRecordSets", HostedZoneDocument.WriteChange(ZoneChanges.ToRow(planned)));
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Page.Read(request, MostRecordSets).Failed(out var error, out var page)
            || (await parts.FindZoneAsync(request.Id, cancellationToken)).Failed(out error, out var zone)
            || ReadStart(request).Failed(out error, out var start))
        {
            return error;
        }

        if (await parts.Store.ListRecordSetsAsync(zone.Id, start, page.MaxItems + 1, cancellationToken) is not { } records)
        {
            return Route53Errors.NoSuchHostedZone;
        }

        var (sets, next) = page.Take(records.Rows.Select(RecordSetForms.FromRow));
        return Route53Xml.Respond(
            "ListResourceRecordSets",
            Element("ResourceRecordSets", sets.Select(RecordSetDocument.Write)),
            Flag("IsTruncated", next is not null),
            next is null ? null : Element("NextRecordName", RecordSetCheck.Shown(next.Name)),
            Optional("NextRecordType", next?.Type),
            Optional("NextRecordIdentifier", next?.SetIdentifier),
            Element("MaxItems", page.MaxItems));
    }

    public async Task<ApiResponse> GetChangeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await parts.Store.SettleZonesAsync(parts.NodeSilence, cancellationToken);
        var id = Route53Xml.BareId(request.Id);
        return await parts.Store.FindZoneEntryAsync(id, cancellationToken) is { } entry
            ? Route53Xml.Respond("GetChange", HostedZoneDocument.WriteChange(entry))
            : Route53Errors.NoSuchChange.Saying($"Could not find resource with ID: {id}. It does not exist, or is too old to be known.");
    }

    private async Task<Outcome<PlannedZoneEdit>> PlanAsync(Catalogue catalogue, string id, ChangeBatch batch, CancellationToken cancellationToken)
    {
        if (ZoneParts.FindZone(catalogue, id).Failed(out var error, out var zone))
        {
            return error;
        }

        if (!batch.Unsupported.IsEmpty)
        {
            return Route53Errors.InvalidInput.Saying(string.Join(' ', batch.Unsupported));
        }

        if (batch.Changes.Select(static change => change.Set.HealthCheckId).OfType<string>().FirstOrDefault(check => catalogue.FindHealthCheck(check) is null) is { } missing)
        {
            return Route53Errors.NoSuchHealthCheck.Saying($"No health check exists with the specified ID: {missing}");
        }

        string[] names = [.. batch.Changes.SelectMany(static change => new[] { change.Set.Name, change.Set.Alias?.Name }).OfType<string>().Where(static name => DnsName.TryParse(name, out _)).Distinct()];
        if (await parts.Store.ReadRecordSetsAsync(zone.Id, [.. names.Select(RecordSetForms.SortName).Distinct()], cancellationToken) is not { } records)
        {
            return Route53Errors.NoSuchHostedZone;
        }

        var check = new ChangeBatchCheck(new ZoneFacts(zone, records.Version, records.Count, [.. records.Rows.Select(RecordSetForms.FromRow)], catalogue, parts.Options.Quotas));
        check.Run(batch.Changes);
        if (check.Faults.Count > 0)
        {
            return Route53Errors.InvalidChangeBatch.Saying($"[{string.Join(", ", check.Faults)}]");
        }

        var (edit, document) = check.Edit();
        return new PlannedZoneEdit(
            new ZoneEdit
            {
                RecordSets = edit with { Audit = AuditScope.Current },
                Entry = parts.Changes.NewEntry(ZoneEntryKind.Changed, zone.Id, document, batch.Comment),
            },
            Route53Errors.NoSuchHostedZone);
    }

    private static Outcome<RecordSetPlace> ReadStart(ApiRequest request)
    {
        var (name, type, identifier) = (request.QueryValue("name") ?? "", request.QueryValue("type") ?? "", request.QueryValue("identifier") ?? "");
        if (name.Length == 0)
        {
            return type.Length + identifier.Length > 0 ? Route53Errors.InvalidInput.Saying("A record type or identifier without a record name names no place in the list: give name too.") : RecordSetPlace.First;
        }

        if (type.Length == 0 && identifier.Length > 0)
        {
            return Route53Errors.InvalidInput.Saying("A record identifier without a record type names no place in the list: give type too.");
        }

        return !DnsName.TryParse(name, null, EscapeForm.Octal, out var parsed, out var fault) ? Route53Errors.InvalidInput.Saying($"The record name '{name}' is not valid: {fault.Message}.")
            : type.Length > 0 && !RecordTypeNames.All.Contains(type) ? Route53Errors.InvalidInput.Saying($"The record type '{type}' is none of {string.Join(", ", RecordTypeNames.All)}.")
            : new RecordSetPlace(RecordSetForms.SortName(parsed), type, identifier);
    }
}
