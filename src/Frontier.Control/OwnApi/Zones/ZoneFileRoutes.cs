// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api;
using Frontier.Control.Api.Zones;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;

namespace Frontier.Control.OwnApi.Zones;

/// <summary>Zone files in and out, so that people can bring their zones and take them along.</summary>
internal sealed class ZoneFileRoutes(ZoneParts parts)
{
    public IEnumerable<OwnRoute> Build() =>
    [
        new("ExportZoneFile", "GET", "zones/{Id}/file", "A hosted zone as a zone file", Changes: false, ExportAsync)
        {
            Description = "What a zone file cannot hold, aliases and sets with a routing policy or a health check, is named in its comments.",
            Answer = OwnJson.Default.ZoneFileDocument,
            Errors = [Route53Errors.NoSuchHostedZone],
        },
        new("ImportZoneFile", "PUT", "zones/{Id}/file", "Makes a hosted zone hold what a zone file holds", Changes: true, ImportAsync)
        {
            Description = "All of it or nothing, and every fault is told with its line. The zone's own SOA and NS records stay, as do aliases and sets with a routing policy or a health check; everything else that the file does not name goes.",
            Body = OwnJson.Default.ZoneFileDocument,
            Answer = OwnJson.Default.ZoneFileImportedDocument,
            Errors = [Route53Errors.NoSuchHostedZone, ZoneFileText.InvalidZoneFile, Route53Errors.InvalidChangeBatch, Route53Errors.PriorRequestNotComplete, ApiErrors.MissingBody],
        },
    ];

    private async Task<ApiResponse> ExportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await parts.FindZoneAsync(request.Id, cancellationToken)).Failed(out var error, out var zone))
        {
            return error;
        }

        return await parts.Store.ListRecordSetsAsync(zone.Id, RecordSetPlace.First, int.MaxValue, cancellationToken) is { } records
            ? new ApiResponse { Content = ApiContent.OfJson(new ZoneFileDocument(ZoneFileText.Write(zone.Settings.Name, [.. records.Rows.Select(RecordSetForms.FromRow)])), OwnJson.Default.ZoneFileDocument) }
            : Route53Errors.NoSuchHostedZone;
    }

    private async Task<ApiResponse> ImportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (OwnBody.Read(request, OwnJson.Default.ZoneFileDocument).Failed(out var error, out var body)
            || (await parts.FindZoneAsync(request.Id, cancellationToken)).Failed(out error, out var zone)
            || ZoneFileText.Read(zone.Settings.DnsName, body.Text).Failed(out error, out var wanted))
        {
            return error;
        }

        var kept = 0;
        var made = await parts.Changes.ChangeAsync(
            async (catalogue, token) =>
            {
                var planned = await PlanAsync(catalogue, zone.Id, wanted, token);
                kept = planned.Kept;
                return planned.Edit;
            },
            cancellationToken);
        if (made.Failed(out error, out var applied))
        {
            return error;
        }

        var edit = applied.Edit.RecordSets;
        return new ApiResponse
        {
            Content = ApiContent.OfJson(
                new ZoneFileImportedDocument(edit?.Put.Length ?? 0, edit?.Removed.Length ?? 0, kept, applied.Edit.Entry?.ChangeId), OwnJson.Default.ZoneFileImportedDocument),
        };
    }

    private async Task<(Outcome<PlannedZoneEdit> Edit, int Kept)> PlanAsync(Catalogue catalogue, string id, IReadOnlyList<RecordSet> wanted, CancellationToken cancellationToken)
    {
        if (ZoneParts.FindZone(catalogue, id).Failed(out var error, out var zone))
        {
            return (error, 0);
        }

        if (await parts.Store.ListRecordSetsAsync(zone.Id, RecordSetPlace.First, int.MaxValue, cancellationToken) is not { } records)
        {
            return (Route53Errors.NoSuchHostedZone, 0);
        }

        // A file is bounded by the length of its body, and not by what a change batch may have.
        var existing = records.Rows.Select(RecordSetForms.FromRow).ToList();
        var quotas = parts.Options.Quotas with { RecordsPerChangeBatch = int.MaxValue, CharactersPerChangeBatch = int.MaxValue };
        var held = existing.Where(set => ZoneFileText.CanHold(set) && !ZoneFileText.IsOfZone(set, zone.Settings.Name)).ToDictionary(RecordSetForms.PlaceOf);
        var places = wanted.Select(RecordSetForms.PlaceOf).ToHashSet();
        var check = new ChangeBatchCheck(new ZoneFacts(zone, records.Version, records.Count, [.. existing], catalogue, quotas));
        check.Run(
        [
            .. held.Where(set => !places.Contains(set.Key)).Select(static set => new RecordChange(RecordChange.Delete, set.Value)),
            .. wanted.Where(set => !held.TryGetValue(RecordSetForms.PlaceOf(set), out var present) || !RecordSetForms.AreSame(present, set)).Select(static set => new RecordChange(RecordChange.Upsert, set)),
        ]);
        var kept = existing.Count(static set => !ZoneFileText.CanHold(set));
        if (check.Faults.Count > 0)
        {
            return (Route53Errors.InvalidChangeBatch.Saying(string.Join('\n', check.Faults)), kept);
        }

        var (edit, document) = check.Edit();
        var isNothing = edit.Put.IsEmpty && edit.Removed.IsEmpty;
        return (
            new PlannedZoneEdit(
                isNothing ? new ZoneEdit() : new ZoneEdit { RecordSets = edit with { Audit = AuditScope.Current }, Entry = parts.Changes.NewEntry(ZoneEntryKind.Changed, zone.Id, document, "Zone file") },
                Route53Errors.NoSuchHostedZone),
            kept);
    }
}
