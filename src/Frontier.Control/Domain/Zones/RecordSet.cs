// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Contracts.Zones;

namespace Frontier.Control.Domain.Zones;

/// <summary>A record set as its owner said it; names are in the form that roles tell each other, values as they were given.</summary>
internal sealed record RecordSet
{
    /// <summary>Lower case, with its final dot.</summary>
    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>Seconds; null of an alias.</summary>
    public long? Ttl { get; init; }

    public ImmutableArray<string> Values { get; init => field = value.OrNone; } = [];

    public RecordAlias? Alias { get; init; }

    public string? SetIdentifier { get; init; }

    public long? Weight { get; init; }

    public string? Region { get; init; }

    public GeoLocationConfig? Geo { get; init; }

    /// <summary>PRIMARY or SECONDARY.</summary>
    public string? Failover { get; init; }

    public bool? MultiValue { get; init; }

    public string? HealthCheckId { get; init; }
}

/// <param name="ZoneId">What kind of target it is (<see cref="AliasZones"/>).</param>
/// <param name="Name">Lower case, with its final dot.</param>
internal sealed record RecordAlias(string ZoneId, string Name, bool EvaluateHealth);
