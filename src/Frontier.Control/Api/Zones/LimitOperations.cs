// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Control.Domain.Zones;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>How much there may be and is, and the places that record sets may be for.</summary>
internal sealed class LimitOperations(ZoneParts parts)
{
    private const int MostLocations = 100;

    public IReadOnlyList<Operation> Table =>
    [
        Route53Xml.New("GetHostedZoneLimit", "GET", "hostedzonelimit/{Id}/{Type}", null, 200, OfZoneAsync),
        Route53Xml.New("GetAccountLimit", "GET", "accountlimit/{Type}", null, 200, OfAccountAsync),
        Route53Xml.New("GetGeoLocation", "GET", "geolocation", null, 200, (request, _) => Task.FromResult(GetLocation(request))),
        Route53Xml.New("ListGeoLocations", "GET", "geolocations", null, 200, (request, _) => Task.FromResult(ListLocations(request))),
    ];

    public async Task<ApiResponse> OfZoneAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await parts.FindZoneAsync(request.Id, cancellationToken)).Failed(out var error, out var zone))
        {
            return error;
        }

        var type = request.PathValues["Type"];
        if (type != "MAX_RRSETS_BY_ZONE")
        {
            return Route53Errors.InvalidInput.Saying($"The limit type '{type}' is not supported by this version of Frontier. Use MAX_RRSETS_BY_ZONE.");
        }

        var counts = await parts.Store.CountRecordSetsAsync([zone.Id], cancellationToken);
        return Write("GetHostedZoneLimit", type, parts.Options.Quotas.RecordSetsPerZone, counts.GetValueOrDefault(zone.Id));
    }

    public async Task<ApiResponse> OfAccountAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var catalogue = await parts.Loader.LoadAsync(cancellationToken);
        return request.PathValues["Type"] switch
        {
            "MAX_HOSTED_ZONES_BY_OWNER" and var type => Write("GetAccountLimit", type, parts.Options.Quotas.HostedZones, catalogue.HostedZones.Count),
            "MAX_HEALTH_CHECKS_BY_OWNER" and var type => Write("GetAccountLimit", type, parts.Options.Quotas.HealthChecks, catalogue.HealthChecks.Count),
            var type => Route53Errors.InvalidInput.Saying($"The limit type '{type}' is not supported by this version of Frontier. Use MAX_HOSTED_ZONES_BY_OWNER or MAX_HEALTH_CHECKS_BY_OWNER."),
        };
    }

    public static ApiResponse GetLocation(ApiRequest request) =>
        GeoLocations.Find(ReadLocation(request, "") is { Continent: null, Country: null } ? new GeoLocationConfig(null, "*", null) : ReadLocation(request, "")) is { } named
            ? Route53Xml.Respond("GetGeoLocation", Write(named))
            : Route53Errors.NoSuchGeoLocation;

    public static ApiResponse ListLocations(ApiRequest request)
    {
        if (Route53Page.Read(request, MostLocations).Failed(out var error, out var page))
        {
            return error;
        }

        var start = ReadLocation(request, "start");
        var rest = GeoLocations.All.SkipWhile(named => start != new GeoLocationConfig(null, null, null) && named.Location != start).ToList();
        if (rest.Count == 0)
        {
            return Route53Errors.InvalidInput.Saying("The start of the list is no location that is supported.");
        }

        var (locations, next) = page.Take(rest);
        return Route53Xml.Respond(
            "ListGeoLocations",
            Element("GeoLocationDetailsList", locations.Select(Write)),
            Flag("IsTruncated", next is not null),
            Optional("NextContinentCode", next?.Location.Continent),
            Optional("NextCountryCode", next?.Location.Country),
            Optional("NextSubdivisionCode", next?.Location.Subdivision),
            Element("MaxItems", page.MaxItems));
    }

    private static GeoLocationConfig ReadLocation(ApiRequest request, string prefix)
    {
        string? Of(string name) => request.QueryValue(prefix + name) is { Length: > 0 } value ? value : null;

        return new GeoLocationConfig(Of("continentcode"), Of("countrycode"), Of("subdivisioncode"));
    }

    private static System.Xml.Linq.XElement Write(NamedLocation named) => Element(
        "GeoLocationDetails",
        Optional("ContinentCode", GeoLocations.ContinentOf(named.Location)),
        Optional("ContinentName", named.ContinentName),
        Optional("CountryCode", named.Location.Country),
        Optional("CountryName", named.CountryName),
        Optional("SubdivisionCode", named.Location.Subdivision),
        Optional("SubdivisionName", named.SubdivisionName));

    private static ApiResponse Write(string operation, string type, long limit, long count) =>
        Route53Xml.Respond(operation, Element("Limit", Element("Type", type), Element("Value", limit)), Element("Count", count));
}
