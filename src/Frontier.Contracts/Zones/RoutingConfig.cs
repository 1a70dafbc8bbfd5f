// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Zones;

/// <summary>How a record set is chosen among those of its name and type (NB-5.4): exactly one member is set.</summary>
public sealed record RoutingConfig
{
    /// <summary>0 to 255: the share of answers, of the sum of all; 0 only where all are 0 (NB-5.5).</summary>
    public int? Weight { get; init; }

    /// <summary>The AWS region whose clients it is for, by latency.</summary>
    public string? Region { get; init; }

    /// <summary>Whose clients it is for.</summary>
    public GeoLocationConfig? Geo { get; init; }

    /// <summary>Primary where true, secondary where false.</summary>
    public bool? IsPrimary { get; init; }

    /// <summary>Whether up to eight healthy sets are answered together.</summary>
    public bool IsMultiValue { get; init; }
}

/// <summary>Clients by place. Of what is set, the most specific fits first; a country of <c>*</c> is everybody.</summary>
/// <param name="Continent">AF, AN, AS, EU, OC, NA or SA; null beside a country.</param>
/// <param name="Country">ISO 3166-1, two letters; <c>*</c> for the default.</param>
/// <param name="Subdivision">Of the country, e.g. a state of the US.</param>
public sealed record GeoLocationConfig(string? Continent = null, string? Country = null, string? Subdivision = null);
