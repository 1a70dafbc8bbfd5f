// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Models;
using Frontier.Decisions.Routing;

namespace Frontier.ViewerWorld;

/// <summary>
/// Viewers over the world: as many in each country as people live there, around its centre, each in a network of its own. What a
/// round trip really takes is the estimate by distance, times a factor of the pair of country and place (cables do not follow great
/// circles, and networks meet elsewhere), plus the viewer's own last mile.
/// </summary>
internal sealed class Viewers(int seed)
{
    private const double KilometresPerDegree = 111.2;

    private readonly Random _random = new(seed);

    public IEnumerable<Viewer> Draw(int count)
    {
        var all = Population.Countries.Sum(static country => country.Millions);
        for (var number = 0; number < count; number++)
        {
            var at = _random.NextDouble() * all;
            var country = Population.Countries.First(country => (at -= country.Millions) <= 0).Country;
            var centre = CountryCentres.Find(country)!.Value;
            var spread = country is "US" or "RU" or "CN" or "BR" or "CA" or "AU" or "IN" or "ID" ? 900 : 200;
            var home = new Coordinates(
                Math.Clamp(centre.Latitude + (Normal() * spread / KilometresPerDegree), -70, 78),
                Around(centre.Longitude + (Normal() * spread / KilometresPerDegree / Math.Cos(double.DegreesToRadians(centre.Latitude)))));
            yield return new Viewer(
                new IPAddress([(byte)(20 + (number >> 16)), (byte)(number >> 8), (byte)number, 7]), country, home, LastMile: 2 + (18 * Math.Pow(_random.NextDouble(), 2)));
        }
    }

    /// <summary>The factor of a country's networks and a place, the same whenever asked: most ways are a little longer than the estimate, some twice.</summary>
    public static double Detour(string country, string pop)
    {
        var drawn = Lot.Draw(Lot.SeedOf(country), Lot.SeedOf(pop));
        return 0.85 + (1.15 * Math.Pow(drawn, 3));
    }

    private static double Around(double longitude) => longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

/// <param name="LastMile">Milliseconds that every round trip of his takes more.</param>
internal sealed record Viewer(IPAddress Address, string Country, Coordinates Home, double LastMile)
{
    public double RoundTripTo(MappedPop pop) => LastMile + (Latency.Estimate(Home.DistanceTo(pop.At)) * Viewers.Detour(Country, pop.Config.Name));

    /// <summary>As a database of cities has it, or one of countries.</summary>
    public ViewerPlace Place(bool exactly) => exactly ? new ViewerPlace { Country = Country, Latitude = Home.Latitude, Longitude = Home.Longitude } : new ViewerPlace { Country = Country };
}
