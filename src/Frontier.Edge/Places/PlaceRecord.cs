// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Geo;

namespace Frontier.Edge.Places;

/// <summary>
/// A place as a database tells it: in MaxMind's layout (country, city and autonomous system databases of several makers), or in
/// the flat one of others (<c>country_code</c>, <c>state1</c>, <c>asn</c>).
/// </summary>
internal static class PlaceRecord
{
    /// <summary>What the record knows and <paramref name="known"/> does not is added to that.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static ViewerPlace Add(ViewerPlace known, DatabaseValue record)
    {
        var country = Member(record, "country"u8);
        var region = Member(record, "subdivisions"u8).TryGet(0, out var first) ? first : default;
        var city = Member(record, "city"u8);
        var location = Member(record, "location"u8);
        return known with
        {
            Country = known.Country ?? Code(Text(country, "iso_code"u8) ?? Text(record, "country_code"u8) ?? country.AsText()),
            CountryName = known.CountryName ?? English(country),
            Region = known.Region ?? Text(region, "iso_code"u8),
            RegionName = known.RegionName ?? English(region) ?? Text(record, "state1"u8),
            City = known.City ?? English(city) ?? city.AsText(),
            Latitude = known.Latitude ?? Number(location, "latitude"u8) ?? Number(record, "latitude"u8),
            Longitude = known.Longitude ?? Number(location, "longitude"u8) ?? Number(record, "longitude"u8),
            MetroCode = known.MetroCode ?? Member(location, "metro_code"u8).AsNumber()?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            PostalCode = known.PostalCode ?? Text(Member(record, "postal"u8), "code"u8) ?? Text(record, "postcode"u8),
            TimeZone = known.TimeZone ?? Text(location, "time_zone"u8) ?? Text(record, "timezone"u8),
            Asn = known.Asn ?? (uint?)Member(record, "autonomous_system_number"u8).AsNumber() ?? NumberOf(Text(record, "asn"u8)),
        };
    }

    private static DatabaseValue Member(DatabaseValue map, ReadOnlySpan<byte> name) => map.TryGet(name, out var value) ? value : default;

    private static string? Text(DatabaseValue map, ReadOnlySpan<byte> name) => Member(map, name).AsText() is { Length: > 0 } text ? text : null;

    private static double? Number(DatabaseValue map, ReadOnlySpan<byte> name)
    {
        var value = Member(map, name);
        return value.AsDouble() ?? (double.TryParse(value.AsText(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    private static string? English(DatabaseValue named) => Text(Member(named, "names"u8), "en"u8);

    /// <summary>Two letters; some databases have other codes for what is nowhere.</summary>
    private static string? Code(string? text) => text is { Length: 2 } && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : null;

    /// <summary>With or without <c>AS</c> in front.</summary>
    private static uint? NumberOf(string? asn) =>
        uint.TryParse(asn?.StartsWith("AS", StringComparison.Ordinal) == true ? asn[2..] : asn, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
