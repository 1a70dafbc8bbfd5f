// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Models;
using Frontier.Edge.Places;
using Frontier.Geo;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Places;

/// <summary>What databases of different makers say of one address (§10.3).</summary>
public sealed class PlaceRecordTests
{
    [Fact]
    public async Task A_city_database_tells_country_region_city_and_where_it_lies()
    {
        var place = await PlaceAsync(new Dictionary<string, object>
        {
            ["country"] = Named("US", "United States"),
            ["subdivisions"] = new List<object> { Named("WA", "Washington"), Named("XX", "Elsewhere") },
            ["city"] = new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["de"] = "Siättl", ["en"] = "Seattle" } },
            ["location"] = new Dictionary<string, object> { ["latitude"] = 47.6034, ["longitude"] = -122.3414, ["metro_code"] = (ushort)819, ["time_zone"] = "America/Los_Angeles" },
            ["postal"] = new Dictionary<string, object> { ["code"] = "98111" },
        });
        Assert.Equal(
            new ViewerPlace
            {
                Country = "US",
                CountryName = "United States",
                Region = "WA",
                RegionName = "Washington",
                City = "Seattle",
                Latitude = 47.6034,
                Longitude = -122.3414,
                MetroCode = "819",
                TimeZone = "America/Los_Angeles",
                PostalCode = "98111",
            },
            place);
    }

    [Fact]
    public async Task A_flat_database_is_understood_too()
    {
        var place = await PlaceAsync(new Dictionary<string, object>
        {
            ["country_code"] = "au",
            ["state1"] = "New South Wales",
            ["city"] = "Sydney",
            ["latitude"] = "-33.8688",
            ["longitude"] = 151.2093f,
            ["postcode"] = "2000",
            ["timezone"] = "Australia/Sydney",
            ["asn"] = "AS1221",
        });
        Assert.Equal(("AU", "New South Wales", "Sydney", -33.8688, "2000", "Australia/Sydney", 1221u), (place!.Country, place.RegionName, place.City, place.Latitude, place.PostalCode, place.TimeZone, place.Asn));
    }

    [Theory]
    [InlineData("EUR")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("1A")]
    public async Task A_code_that_is_no_countrys_is_none(string code) => Assert.Null(await PlaceAsync(new Dictionary<string, object> { ["country_code"] = code }));

    [Fact]
    public async Task Of_several_databases_each_adds_what_those_before_do_not_know()
    {
        var place = await PlaceAsync(
            new Dictionary<string, object> { ["country_code"] = "DE" },
            new Dictionary<string, object> { ["country_code"] = "FR", ["autonomous_system_number"] = 3320u, ["autonomous_system_organization"] = "Somebody" });
        Assert.Equal(new ViewerPlace { Country = "DE", Asn = 3320 }, place);
    }

    private static Dictionary<string, object> Named(string code, string name) =>
        new() { ["iso_code"] = code, ["names"] = new Dictionary<string, object> { ["en"] = name } };

    private static async Task<ViewerPlace?> PlaceAsync(params object[] records)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a.mmdb");
        var databases = new List<MaxMindDatabase>();
        foreach (var record in records)
        {
            await File.WriteAllBytesAsync(path, new ScriptedDatabase().With("192.0.2.0/24", record).ToBytes());
            databases.Add(await MaxMindDatabase.OpenAsync(path, directory.Path, CancellationToken.None));
        }

        var known = new KnownPlaces([.. databases], complain: null);
        Assert.Null(known.Find(IPAddress.Parse("198.51.100.1")));
        var first = known.Find(IPAddress.Parse("192.0.2.1"));
        Assert.Same(first, known.Find(IPAddress.Parse("192.0.2.1"))); // from the table of those seen last
        return first;
    }
}
