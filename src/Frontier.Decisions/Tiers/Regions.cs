// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Decisions.Dns;

namespace Frontier.Decisions.Tiers;

/// <summary>Which AWS regions stand in for one another where a fleet has no cache in one.</summary>
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
                .ThenBy(region => RegionPlaces.Find(wanted) is { } place && RegionPlaces.Find(region) is { } other ? place.DistanceTo(other) : double.MaxValue)
                .ThenBy(static region => region, StringComparer.Ordinal),
        ];
    }
}
