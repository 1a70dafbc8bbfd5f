// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>A point of presence: machines in one place that share a cache.</summary>
public sealed record PopConfig
{
    /// <summary>Three lower-case letters of the nearest airport and a number, e.g. <c>fra1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Degrees north, -90 to 90.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east, -180 to 180.</summary>
    public required double Longitude { get; init; }

    public required PriceClassZone Zone { get; init; }

    /// <summary>The AWS region that it is in or next to, e.g. <c>eu-central-1</c>: names the regional caches that its edges ask, and where Origin Shield is (DP-26.3).</summary>
    public required string Region { get; init; }

    /// <summary>Whether viewers are to be sent elsewhere.</summary>
    public bool IsDrained { get; init; }
}
