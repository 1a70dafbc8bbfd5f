// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>Where <see cref="Network.Viewers"/> are, in the order of <see cref="FleetOnNetwork.Pops"/>: near to one point of presence each.</summary>
internal static class Continents
{
    private static readonly IReadOnlyList<(string Country, double Latitude, double Longitude)> Places = [("DE", 52.5, 13.4), ("US", 40.7, -74), ("JP", 35.7, 139.7)];

    public static IReadOnlyList<string> Networks { get; } = [.. Network.Viewers.Select(NetworkOf)];

    /// <summary>A file in the MaxMind DB format.</summary>
    public static byte[] Database()
    {
        var database = new ScriptedDatabase();
        foreach (var (network, place) in Networks.Zip(Places))
        {
            database.With(network, new Dictionary<string, object>
            {
                ["country"] = new Dictionary<string, object> { ["iso_code"] = place.Country },
                ["location"] = new Dictionary<string, object> { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude },
            });
        }

        return database.ToBytes();
    }

    private static string NetworkOf(IPAddress viewer)
    {
        var bytes = viewer.GetAddressBytes();
        return string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0/24");
    }
}
