// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;

namespace Frontier.Decisions.Dns;

/// <summary>
/// Where the regions of AWS are, to the degree: what latency is estimated by as long as nothing is measured. Places are those of
/// the metropolitan areas that the regions are named after.
/// </summary>
public static class RegionPlaces
{
    /// <summary>Stands for a client that nobody can place: where AWS has most.</summary>
    public const string Default = "us-east-1";

    private static readonly FrozenDictionary<string, (double Latitude, double Longitude)> Places = new Dictionary<string, (double, double)>
    {
        ["us-east-1"] = (39, -77),
        ["us-east-2"] = (40, -83),
        ["us-west-1"] = (37, -122),
        ["us-west-2"] = (46, -120),
        ["us-gov-east-1"] = (40, -83),
        ["us-gov-west-1"] = (46, -120),
        ["ca-central-1"] = (46, -74),
        ["ca-west-1"] = (51, -114),
        ["mx-central-1"] = (21, -100),
        ["sa-east-1"] = (-24, -47),
        ["eu-west-1"] = (53, -6),
        ["eu-west-2"] = (52, 0),
        ["eu-west-3"] = (49, 2),
        ["eu-central-1"] = (50, 9),
        ["eu-central-2"] = (47, 9),
        ["eu-north-1"] = (59, 18),
        ["eu-south-1"] = (45, 9),
        ["eu-south-2"] = (42, -1),
        ["eusc-de-east-1"] = (52, 13),
        ["il-central-1"] = (32, 35),
        ["me-south-1"] = (26, 51),
        ["me-central-1"] = (24, 54),
        ["af-south-1"] = (-34, 18),
        ["ap-south-1"] = (19, 73),
        ["ap-south-2"] = (17, 78),
        ["ap-southeast-1"] = (1, 104),
        ["ap-southeast-2"] = (-34, 151),
        ["ap-southeast-3"] = (-6, 107),
        ["ap-southeast-4"] = (-38, 145),
        ["ap-southeast-5"] = (3, 102),
        ["ap-southeast-6"] = (-37, 175),
        ["ap-southeast-7"] = (14, 101),
        ["ap-northeast-1"] = (36, 140),
        ["ap-northeast-2"] = (37, 127),
        ["ap-northeast-3"] = (35, 136),
        ["ap-east-1"] = (22, 114),
        ["ap-east-2"] = (25, 122),
        ["cn-north-1"] = (40, 116),
        ["cn-northwest-1"] = (38, 106),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string region) => Places.ContainsKey(region);

    /// <summary>Degrees along the great circle from a client to a region; a region that is not known is as far as can be.</summary>
    public static double DistanceTo(string region, in ClientPlace client)
    {
        if (!Places.TryGetValue(region, out var there))
        {
            return 180;
        }

        var here = client is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude) : Places[Default];
        var (a, b) = (double.DegreesToRadians(here.Item1), double.DegreesToRadians(there.Latitude));
        var across = double.DegreesToRadians(there.Longitude - here.Item2);

        // The haversine form, exact for near places too.
        var h = Math.Pow(Math.Sin((b - a) / 2), 2) + Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(across / 2), 2);
        return double.RadiansToDegrees(2 * Math.Asin(Math.Min(1, Math.Sqrt(h))));
    }
}
