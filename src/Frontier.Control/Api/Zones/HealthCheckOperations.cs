// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>Health checks, and what DNS nodes find of them (NB-5.6).</summary>
internal sealed class HealthCheckOperations(ZoneParts parts)
{
    private const int MostChecks = 100;

    public IReadOnlyList<Operation> Table =>
    [
        Route53Xml.New("CreateHealthCheck", "POST", "healthcheck", "CreateHealthCheckRequest", 201, CreateAsync),
        Route53Xml.New("GetHealthCheck", "GET", "healthcheck/{Id}", null, 200, GetAsync),
        Route53Xml.New("ListHealthChecks", "GET", "healthcheck", null, 200, ListAsync),
        Route53Xml.New("UpdateHealthCheck", "POST", "healthcheck/{Id}", "UpdateHealthCheckRequest", 200, UpdateAsync),
        Route53Xml.New("DeleteHealthCheck", "DELETE", "healthcheck/{Id}", null, 200, DeleteAsync),
        Route53Xml.New("GetHealthCheckCount", "GET", "healthcheckcount", null, 200, CountAsync),
        Route53Xml.New("GetHealthCheckStatus", "GET", "healthcheck/{Id}/status", null, 200, StatusAsync),
        Route53Xml.New("GetHealthCheckLastFailureReason", "GET", "healthcheck/{Id}/lastfailurereason", null, 200, LastFailureAsync),
        Route53Xml.New("GetCheckerIpRanges", "GET", "checkeripranges", null, 200, static (_, _) => Task.FromResult<ApiResponse>(Route53Xml.Respond("GetCheckerIpRanges", Element("CheckerIpRanges")))),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Xml.Read(request, HealthCheckDocument.Read).Failed(out var error, out var settings))
        {
            return error;
        }

        var catalogue = await parts.Loader.LoadAsync(cancellationToken);
        if (catalogue.HealthChecks.FirstOrDefault(check => check.Settings.CallerReference == settings.CallerReference) is { } existing)
        {
            return existing.Settings.Version == settings.Version && existing.Settings.IsSameAs(settings) ? Created(existing) : Route53Errors.HealthCheckAlreadyExists;
        }

        var id = ResourceIds.NewHealthCheckId();
        var made = await parts.Changes.ChangeAsync(
            (now, _) => Task.FromResult(now.HealthChecks.Count >= parts.Options.Quotas.HealthChecks
                ? Route53Errors.TooManyHealthChecks.Saying($"There are {now.HealthChecks.Count} health checks, as many as there may be.")
                : Plan(now, ChangeVerb.Create, id, settings, null)),
            cancellationToken);
        return made.Failed(out error, out _) ? error : Created(new Resource<HealthCheckSettings>(id, "", default, null, settings));
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await parts.FindHealthCheckAsync(request.Id, cancellationToken)).Failed(out var error, out var check) ? error : Route53Xml.Respond("GetHealthCheck", HealthCheckDocument.Write(check));

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Page.Read(request, MostChecks).Failed(out var error, out var page))
        {
            return error;
        }

        var marker = request.QueryValue("marker") ?? "";
        var rest = (await parts.Loader.LoadAsync(cancellationToken)).HealthChecks.SkipWhile(check => marker.Length > 0 && check.Id != marker).ToList();
        if (marker.Length > 0 && rest.Count == 0)
        {
            return Route53Errors.InvalidInput.Saying($"The marker '{marker}' is the ID of no health check.");
        }

        var (checks, next) = page.Take(rest);
        return Route53Xml.Respond(
            "ListHealthChecks",
            Element("HealthChecks", checks.Select(HealthCheckDocument.Write)),
            Element("Marker", marker),
            Flag("IsTruncated", next is not null),
            Optional("NextMarker", next?.Id),
            Element("MaxItems", page.MaxItems));
    }

    public async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Xml.Read(request, HealthCheckDocument.ReadUpdate).Failed(out var error, out var update))
        {
            return error;
        }

        var made = await parts.Changes.ChangeAsync((catalogue, _) => Task.FromResult(PlanUpdate(catalogue, request.Id, update)), cancellationToken);
        return made.Failed(out error, out _) || (await parts.FindHealthCheckAsync(request.Id, cancellationToken)).Failed(out error, out var changed)
            ? error
            : Route53Xml.Respond("UpdateHealthCheck", HealthCheckDocument.Write(changed));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var made = await parts.Changes.ChangeAsync(
            (catalogue, _) => Task.FromResult(PlanDeletion(catalogue, request.Id)),
            cancellationToken);
        return made.Failed(out var error, out _) ? error : Route53Xml.Respond("DeleteHealthCheck");
    }

    public async Task<ApiResponse> CountAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Route53Xml.Respond("GetHealthCheckCount", Element("HealthCheckCount", (await parts.Loader.LoadAsync(cancellationToken)).HealthChecks.Count));

    public Task<ApiResponse> StatusAsync(ApiRequest request, CancellationToken cancellationToken) => ObserveAsync(request, "GetHealthCheckStatus", static _ => true, cancellationToken);

    public Task<ApiResponse> LastFailureAsync(ApiRequest request, CancellationToken cancellationToken) =>
        ObserveAsync(request, "GetHealthCheckLastFailureReason", static observation => !observation.IsHealthy, cancellationToken);

    private async Task<ApiResponse> ObserveAsync(ApiRequest request, string operation, Func<HealthObservationRow, bool> isAsked, CancellationToken cancellationToken)
    {
        if ((await parts.FindHealthCheckAsync(request.Id, cancellationToken)).Failed(out var error, out var check))
        {
            return error;
        }

        await parts.Store.SettleZonesAsync(parts.NodeSilence, cancellationToken);
        var observations = await parts.Store.ReadObservationsAsync(check.Id, cancellationToken);
        return Route53Xml.Respond(operation, Element("HealthCheckObservations", observations.Where(isAsked).Select(HealthCheckDocument.WriteObservation)));
    }

    private Outcome<PlannedZoneEdit> PlanUpdate(Catalogue catalogue, string id, HealthCheckUpdate update)
    {
        if (ZoneParts.FindHealthCheck(catalogue, id).Failed(out var error, out var check))
        {
            return error;
        }

        return update.Version is { } version && version != check.Settings.Version
            ? Route53Errors.HealthCheckVersionMismatch.Saying($"The health check has version {check.Settings.Version}, not {version}. Get it and decide again.")
            : Plan(catalogue, ChangeVerb.Update, check.Id, update.Apply(check.Settings) with { Version = check.Settings.Version + 1 }, check.ETag);
    }

    private Outcome<PlannedZoneEdit> PlanDeletion(Catalogue catalogue, string id)
    {
        if (ZoneParts.FindHealthCheck(catalogue, id).Failed(out var error, out var check))
        {
            return error;
        }

        return catalogue.HealthChecks.FirstOrDefault(other => other.Settings.Children.Contains(check.Id)) is { } parent
            ? Route53Errors.HealthCheckInUse.Saying($"The health check is a child of the calculated health check {parent.Id}: take it out of that first.")
            : new PlannedZoneEdit(ToEdit(ChangeVerb.Delete, check.Id, check.Settings, check.ETag), Route53Errors.NoSuchHealthCheck);
    }

    private Outcome<PlannedZoneEdit> Plan(Catalogue catalogue, ChangeVerb verb, string id, HealthCheckSettings settings, string? expectedETag)
    {
        var faults = HealthCheckRules.FindFaults(settings, child => child != id && catalogue.FindHealthCheck(child) is { Settings.IsCalculated: false }).ToImmutableArray();
        return faults.IsEmpty
            ? new PlannedZoneEdit(ToEdit(verb, id, settings, expectedETag), Route53Errors.NoSuchHealthCheck) { CallerReferenceTaken = Route53Errors.HealthCheckAlreadyExists }
            : Route53Errors.InvalidInput.Saying(string.Join(' ', faults));
    }

    private ZoneEdit ToEdit(ChangeVerb verb, string id, HealthCheckSettings settings, string? expectedETag) => new()
    {
        Resource = parts.Changes.ToChange(
            verb,
            new ResourceRow
            {
                Kind = ResourceKind.HealthCheck,
                Id = id,
                CallerReference = settings.CallerReference,
                ETag = ResourceIds.NewETag(),
                Body = XmlText.Write(HealthCheckDocument.WriteStored(settings)),
                ModifiedAt = default,
            },
            expectedETag),
        Entry = parts.Changes.NewEntry(ZoneEntryKind.HealthChecks, ""),
    };

    private static ApiResponse Created(Resource<HealthCheckSettings> check) => new()
    {
        Location = $"{Route53Xml.Prefix}healthcheck/{check.Id}",
        Root = Route53Xml.Respond("CreateHealthCheck", HealthCheckDocument.Write(check)),
    };
}
