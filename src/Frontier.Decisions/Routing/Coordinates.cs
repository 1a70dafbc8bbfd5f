// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Routing;

/// <summary>A place on the earth.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public readonly record struct Coordinates(double Latitude, double Longitude)
{
    /// <summary>Half of the earth's circumference, and a little more, in kilometres.</summary>
    public const double Farthest = 20_016;

    /// <summary>Of a sphere as large as the earth.</summary>
    private const double EarthRadius = 6371;

    /// <summary>Along the surface, in kilometres: 0 to 20,016.</summary>
    public double DistanceTo(Coordinates other)
    {
        var (north, otherNorth) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var acrossNorth = Math.Sin((otherNorth - north) / 2);
        var acrossEast = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        var haversine = (acrossNorth * acrossNorth) + (Math.Cos(north) * Math.Cos(otherNorth) * acrossEast * acrossEast);
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, haversine)));
    }
}
