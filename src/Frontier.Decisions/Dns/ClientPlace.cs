// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;

namespace Frontier.Decisions.Dns;

/// <summary>Where a query comes from, as far as somebody knows. Codes are in upper case; everything is null for nobody knows.</summary>
/// <param name="Continent">AF, AN, AS, EU, OC, NA or SA.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Subdivision">The part behind the hyphen in ISO 3166-2.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public readonly record struct ClientPlace(string? Continent, string? Country, string? Subdivision, double? Latitude, double? Longitude)
{
    public static ClientPlace Of(ViewerPlace? place) => place is null
        ? default
        : new ClientPlace(place.Country is { } country ? Continents.Of(country) : null, place.Country, place.Region, place.Latitude, place.Longitude);
}
