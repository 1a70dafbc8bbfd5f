// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Control.Domain.Places;
using Frontier.Decisions.Dns;

namespace Frontier.Control.Domain.Zones;

/// <summary>A place that a record set may be for, with its names.</summary>
internal sealed record NamedLocation(GeoLocationConfig Location, string? ContinentName, string? CountryName, string? SubdivisionName);

/// <summary>The places that record sets may be for (NB-5.4), in the order of ListGeoLocations: continents, everywhere else, countries, states of the US.</summary>
internal static class GeoLocations
{
    private const string UnitedStates = "US";
    private const string Anywhere = "*";

    private static readonly ImmutableArray<(string Code, string Name)> ContinentNames =
        [("AF", "Africa"), ("AN", "Antarctica"), ("AS", "Asia"), ("EU", "Europe"), ("NA", "North America"), ("OC", "Oceania"), ("SA", "South America")];

    public static ImmutableArray<NamedLocation> All { get; } =
    [
        .. ContinentNames.Select(static continent => new NamedLocation(new GeoLocationConfig(continent.Code, null, null), continent.Name, null, null)),
        new NamedLocation(new GeoLocationConfig(null, Anywhere, null), null, "Default", null),
        .. CountryNames.Read(CountryNames.Table).Select(static country => new NamedLocation(
            new GeoLocationConfig(null, country.Code, null), ContinentNames.First(continent => continent.Code == Continents.Of(country.Code)).Name, country.Name, null))
            .SelectMany(static country => country.Location.Country == UnitedStates ? States(country) : [country]),
    ];

    private static readonly FrozenDictionary<GeoLocationConfig, NamedLocation> ByLocation = All.ToFrozenDictionary(static named => named.Location);

    public static bool IsKnown(GeoLocationConfig location) => ByLocation.ContainsKey(location);

    public static NamedLocation? Find(GeoLocationConfig location) => ByLocation.GetValueOrDefault(location);

    /// <summary>The code of the continent that a country's entry is told with.</summary>
    public static string? ContinentOf(GeoLocationConfig location) => location.Continent ?? (location.Country is { } country ? Continents.Of(country) : null);

    private static IEnumerable<NamedLocation> States(NamedLocation country) =>
    [
        country,
        .. CountryNames.Read(CountryNames.States).Select(state => country with { Location = country.Location with { Subdivision = state.Code }, SubdivisionName = state.Name }),
    ];
}
