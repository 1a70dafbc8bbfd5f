// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Frontier.Decisions.Tiers;

/// <summary>Where AWS regions are, and which stand in for one another where a fleet has no cache in one.</summary>
public static class Regions
{
    /// <summary>DP-26.3: the region with Origin Shield that the guide names for one without.</summary>
    private static readonly FrozenDictionary<string, string> Shields = new Dictionary<string, string>
    {
        ["us-west-1"] = "us-west-2",
        ["af-south-1"] = "eu-west-1",
        ["ap-east-1"] = "ap-southeast-1",
        ["ca-central-1"] = "us-east-1",
        ["eu-south-1"] = "eu-central-1",
        ["eu-west-3"] = "eu-west-2",
        ["eu-north-1"] = "eu-west-2",
        ["me-south-1"] = "ap-south-1",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Degrees north and east of the places that the regions are named for; near enough to tell which is next.</summary>
    private static readonly FrozenDictionary<string, (double Latitude, double Longitude)> Places = new Dictionary<string, (double, double)>
    {
        ["us-east-1"] = (38.9, -77.4),
        ["us-east-2"] = (40.0, -83.0),
        ["us-west-1"] = (37.4, -121.9),
        ["us-west-2"] = (45.8, -119.7),
        ["ca-central-1"] = (45.5, -73.6),
        ["ca-west-1"] = (51.0, -114.1),
        ["mx-central-1"] = (20.6, -100.4),
        ["sa-east-1"] = (-23.5, -46.6),
        ["eu-west-1"] = (53.3, -6.3),
        ["eu-west-2"] = (51.5, -0.1),
        ["eu-west-3"] = (48.9, 2.4),
        ["eu-central-1"] = (50.1, 8.7),
        ["eu-central-2"] = (47.4, 8.5),
        ["eu-north-1"] = (59.3, 18.1),
        ["eu-south-1"] = (45.5, 9.2),
        ["eu-south-2"] = (41.6, -0.9),
        ["il-central-1"] = (32.1, 34.8),
        ["me-south-1"] = (26.1, 50.6),
        ["me-central-1"] = (24.5, 54.4),
        ["af-south-1"] = (-33.9, 18.4),
        ["ap-south-1"] = (19.1, 72.9),
        ["ap-south-2"] = (17.4, 78.5),
        ["ap-east-1"] = (22.3, 114.2),
        ["ap-southeast-1"] = (1.4, 103.8),
        ["ap-southeast-2"] = (-33.9, 151.2),
        ["ap-southeast-3"] = (-6.2, 106.8),
        ["ap-southeast-4"] = (-37.8, 145.0),
        ["ap-southeast-5"] = (3.1, 101.7),
        ["ap-southeast-7"] = (13.8, 100.5),
        ["ap-northeast-1"] = (35.7, 139.7),
        ["ap-northeast-2"] = (37.6, 127.0),
        ["ap-northeast-3"] = (34.7, 135.5),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The regions that have caches, from the one that serves as <paramref name="wanted"/> on: itself, the one that DP-26.3 names, then
    /// by distance. For a region that is not known: in order of their names.
    /// </summary>
    public static ImmutableArray<string> ForShield(string wanted, IEnumerable<string> withCaches)
    {
        var named = Shields.GetValueOrDefault(wanted);
        return
        [
            .. withCaches.OrderBy(region => region == wanted ? 0 : region == named ? 1 : 2)
                .ThenBy(region => Places.TryGetValue(wanted, out var place) && Places.TryGetValue(region, out var other) ? Degrees(place, other) : double.MaxValue)
                .ThenBy(static region => region, StringComparer.Ordinal),
        ];
    }

    /// <summary>How far apart two places are, as the angle between them seen from the middle of the earth.</summary>
    /// <param name="one">Degrees north and east.</param>
    /// <param name="other">Degrees north and east.</param>
    public static double Degrees((double Latitude, double Longitude) one, (double Latitude, double Longitude) other)
    {
        var (north, south) = (double.DegreesToRadians(one.Latitude), double.DegreesToRadians(other.Latitude));
        var apart = double.DegreesToRadians(other.Longitude - one.Longitude);
        var cosine = (Math.Sin(north) * Math.Sin(south)) + (Math.Cos(north) * Math.Cos(south) * Math.Cos(apart));
        return double.RadiansToDegrees(Math.Acos(Math.Clamp(cosine, -1, 1)));
    }
}
