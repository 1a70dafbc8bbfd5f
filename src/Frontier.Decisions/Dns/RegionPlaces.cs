// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Dns;

/// <summary>
/// Where the regions of AWS are, to the degree: what latency is estimated by as long as nothing is measured. Places are those of
/// the metropolitan areas that the regions are named after.
/// </summary>
public static class RegionPlaces
{
    /// <summary>Stands for a client that nobody can place: where AWS has most.</summary>
    public const string Default = "us-east-1";

    private static readonly FrozenDictionary<string, Coordinates> Places = new Dictionary<string, Coordinates>
    {
        ["us-east-1"] = new(39, -77),
        ["us-east-2"] = new(40, -83),
        ["us-west-1"] = new(37, -122),
        ["us-west-2"] = new(46, -120),
        ["us-gov-east-1"] = new(40, -83),
        ["us-gov-west-1"] = new(46, -120),
        ["ca-central-1"] = new(46, -74),
        ["ca-west-1"] = new(51, -114),
        ["mx-central-1"] = new(21, -100),
        ["sa-east-1"] = new(-24, -47),
        ["eu-west-1"] = new(53, -6),
        ["eu-west-2"] = new(52, 0),
        ["eu-west-3"] = new(49, 2),
        ["eu-central-1"] = new(50, 9),
        ["eu-central-2"] = new(47, 9),
        ["eu-north-1"] = new(59, 18),
        ["eu-south-1"] = new(45, 9),
        ["eu-south-2"] = new(42, -1),
        ["eusc-de-east-1"] = new(52, 13),
        ["il-central-1"] = new(32, 35),
        ["me-south-1"] = new(26, 51),
        ["me-central-1"] = new(24, 54),
        ["af-south-1"] = new(-34, 18),
        ["ap-south-1"] = new(19, 73),
        ["ap-south-2"] = new(17, 78),
        ["ap-southeast-1"] = new(1, 104),
        ["ap-southeast-2"] = new(-34, 151),
        ["ap-southeast-3"] = new(-6, 107),
        ["ap-southeast-4"] = new(-38, 145),
        ["ap-southeast-5"] = new(3, 102),
        ["ap-southeast-6"] = new(-37, 175),
        ["ap-southeast-7"] = new(14, 101),
        ["ap-northeast-1"] = new(36, 140),
        ["ap-northeast-2"] = new(37, 127),
        ["ap-northeast-3"] = new(35, 136),
        ["ap-east-1"] = new(22, 114),
        ["ap-east-2"] = new(25, 122),
        ["cn-north-1"] = new(40, 116),
        ["cn-northwest-1"] = new(38, 106),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string region) => Places.ContainsKey(region);

    /// <summary>Null for a region that is not known.</summary>
    public static Coordinates? Find(string region) => Places.TryGetValue(region, out var place) ? place : null;

    /// <summary>Kilometres along the great circle from a client to a region; a region that is not known is as far as can be.</summary>
    public static double DistanceTo(string region, in ClientPlace client)
    {
        var here = client is { Latitude: { } latitude, Longitude: { } longitude } ? new Coordinates(latitude, longitude) : Places[Default];
        return Places.TryGetValue(region, out var there) ? here.DistanceTo(there) : Coordinates.Farthest;
    }
}
