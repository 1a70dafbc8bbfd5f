// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Models;

/// <summary>Where a viewer's address is, as far as somebody knows (§10.3). What is null leaves its header out.</summary>
public sealed record ViewerPlace
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    public string? CountryName { get; init; }

    /// <summary>The part behind the hyphen in ISO 3166-2, at most three characters.</summary>
    public string? Region { get; init; }

    public string? RegionName { get; init; }

    public string? City { get; init; }

    /// <summary>Degrees, south negative.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees, west negative.</summary>
    public double? Longitude { get; init; }

    /// <summary>Told of the United States only.</summary>
    public string? MetroCode { get; init; }

    public string? PostalCode { get; init; }

    /// <summary>A name of the IANA database.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The number of the autonomous system.</summary>
    public uint? Asn { get; init; }
}
