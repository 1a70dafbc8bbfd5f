// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Globalization;
using Frontier.Contracts.Fleet;

namespace Frontier.Control.Fleet;

/// <summary>A place where points of presence stand, known by the code of its airport (IATA), so that an operator need not look up where it is.</summary>
/// <param name="Region">The AWS region that it is in or next to.</param>
internal sealed record City(string Code, string Name, double Latitude, double Longitude, PriceClassZone Zone, string Region)
{
    private static readonly FrozenDictionary<string, City> Known = Read().ToFrozenDictionary(static city => city.Code);

    /// <summary>Where a point of presence of that name is: its first three letters say so. Null where that is not known here.</summary>
    public static City? OfPop(string name) => name.Length >= 3 ? Known.GetValueOrDefault(name[..3]) : null;

    private static IEnumerable<City> Read()
    {
        foreach (var line in Cities.Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            yield return new City(
                cells[0], cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture), Enum.Parse<PriceClassZone>(cells[4]), cells[5]);
        }
    }
}
