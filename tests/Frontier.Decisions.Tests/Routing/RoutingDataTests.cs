// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Routing;

/// <summary>What routing is made of: distances, networks, countries, classes, measurements.</summary>
public sealed class RoutingDataTests
{
    [Theory]
    [InlineData(50.03, 8.57, 51.47, -0.45, 655)] // Frankfurt and London, by their airports
    [InlineData(40.64, -73.78, 35.76, 140.39, 10_830)] // New York and Tokyo
    [InlineData(-33.95, 151.18, -34.82, -58.54, 11_790)] // Sydney and Buenos Aires, over the pole
    [InlineData(0, 179.5, 0, -179.5, 111)]
    [InlineData(10, 20, 10, 20, 0)]
    public void Distances_follow_the_great_circle(double north, double east, double otherNorth, double otherEast, double kilometres) =>
        Assert.InRange(new Coordinates(north, east).DistanceTo(new Coordinates(otherNorth, otherEast)), kilometres * 0.99, (kilometres * 1.01) + 0.001);

    [Fact]
    public void A_distance_is_the_same_both_ways_and_no_longer_than_half_the_earth() =>
        Prop.ForAll(Gen.Choose(-9000, 9000).Two().Zip(Gen.Choose(-18000, 18000).Two()).ToArbitrary(), static places =>
        {
            var (one, other) = (new Coordinates(places.Item1.Item1 / 100.0, places.Item2.Item1 / 100.0), new Coordinates(places.Item1.Item2 / 100.0, places.Item2.Item2 / 100.0));
            var there = one.DistanceTo(other);
            return Math.Abs(there - other.DistanceTo(one)) < 1e-6 && there is >= 0 and <= 20_016;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1::/48")]
    public void An_answer_depends_on_a_network_and_not_on_an_address(string client, string network) =>
        Assert.Equal(IPNetwork.Parse(network), ClientNetwork.Of(IPAddress.Parse(client)));

    [Fact]
    public void A_network_of_any_length_holds_its_address() =>
        Prop.ForAll(Gen.Choose(0, 255).ArrayOf(16).Zip(Gen.Choose(0, 128)).ToArbitrary(), static made =>
        {
            var six = new IPAddress([.. made.Item1.Select(static value => (byte)value)]);
            var four = new IPAddress([.. made.Item1.Take(4).Select(static value => (byte)value)]);
            return ClientNetwork.Of(six, made.Item2).Contains(six) && ClientNetwork.Of(four, made.Item2 / 4).Contains(four) && ClientNetwork.Of(four, made.Item2 / 4).PrefixLength == made.Item2 / 4;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_country_has_its_centre_on_the_earth()
    {
        Assert.InRange(CountryCentres.Codes.Count(), 245, 252);
        Assert.All(CountryCentres.Codes, static code =>
        {
            Assert.Matches("^[A-Z]{2}$", code);
            var centre = CountryCentres.Find(code)!.Value;
            Assert.InRange(centre.Latitude, -90, 90);
            Assert.InRange(centre.Longitude, -180, 180);
        });
        Assert.Null(CountryCentres.Find("ZZ"));
    }

    /// <summary>DP-26.6, row by row.</summary>
    [Theory]
    [InlineData("PriceClass_100", "NorthAmerica Europe")]
    [InlineData("PriceClass_200", "NorthAmerica Europe MiddleEastAfrica Japan SouthEastAsia India")]
    [InlineData("PriceClass_All", "NorthAmerica Europe MiddleEastAfrica SouthAmerica Japan Oceania SouthEastAsia India")]
    [InlineData("None", "NorthAmerica Europe MiddleEastAfrica SouthAmerica Japan Oceania SouthEastAsia India")]
    public void Price_classes_are_those_of_the_table_DP_26_6(string priceClass, string zones) =>
        Assert.Equal(zones.Split(' ').Order(), Enum.GetValues<PriceClassZone>().Where(zone => PriceClasses.Includes(priceClass, zone)).Select(static zone => zone.ToString()).Order());

    [Fact]
    public void A_table_of_measurements_is_refused_whole_with_every_fault()
    {
        List<string> faults = [];

        Assert.Null(LatencyTable.Parse(["# networks", "", "203.0.113.0/24,fra1,12.5", "203.0.113.0,fra1", "x/24,fra1,1", "10.0.0.0/8,,1", "10.0.0.0/8,fra1,-1"], faults));

        Assert.Equal([4, 5, 6, 7], faults.Select(static fault => fault.Split(' ')[1]).Select(int.Parse));
        Assert.Equal(12.5, LatencyTable.Parse(["203.0.113.0/24,fra1,12.5"], faults)!.Find(IPAddress.Parse("203.0.113.9"), "fra1"));
    }
}
