// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using Frontier.Decisions.Models;
using static Frontier.Control.Tests.Harness.Route53Calls;

namespace Frontier.Control.Tests.Zones;

/// <summary>TestDNSAnswer, and the places that record sets may be for (NB-5.4).</summary>
public sealed class TestAnswerTests
{
    [Fact]
    public async Task Names_wildcards_aliases_and_what_is_not_there_are_answered()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(
            zone,
            Simple("CREATE", "x.a.example", "A", "192.0.2.1|192.0.2.2"),
            Alias("CREATE", "y.a.example", "A", zone, "x.a.example"),
            Simple("CREATE", "c.a.example", "CNAME", "x.a.example"),
            Simple("CREATE", "*.w.a.example", "A", "192.0.2.3"),
            Simple("CREATE", "deep.below.a.example", "A", "192.0.2.4"))).Expect(200);

        Assert.Equal("NOERROR 192.0.2.1 192.0.2.2", await TestAsync(control, zone, "X.a.example", "A"));
        Assert.Equal("NOERROR 192.0.2.1 192.0.2.2", await TestAsync(control, zone, "y.a.example", "A"));
        Assert.Equal("NOERROR x.a.example.", await TestAsync(control, zone, "c.a.example", "A"));
        Assert.Equal("NOERROR 192.0.2.3", await TestAsync(control, zone, "any.thing.w.a.example", "A"));
        Assert.Equal("NOERROR ", await TestAsync(control, zone, "any.w.a.example", "AAAA"));
        Assert.Equal("NOERROR ", await TestAsync(control, zone, "below.a.example", "A"));
        Assert.Equal("NXDOMAIN ", await TestAsync(control, zone, "nothing.a.example", "A"));
        Assert.Equal("NXDOMAIN ", await TestAsync(control, zone, "nothing.below.a.example", "A"));
        (await control.Route53Async("GET", $"testdnsanswer?hostedzoneid={zone}&recordname=b.example&recordtype=A")).ExpectZoneError(400, "InvalidInput", "not in zone");
        (await control.Route53Async("GET", $"testdnsanswer?hostedzoneid={zone}&recordname=a.example&recordtype=Q")).ExpectZoneError(400, "InvalidInput", "'Q'");
        (await control.Route53Async("GET", $"testdnsanswer?hostedzoneid={zone}&recordname=a.example&recordtype=A&resolverip=me")).ExpectZoneError(400, "InvalidInput", "'me'");
    }

    [Fact]
    public async Task The_clients_place_decides_the_subnets_before_the_resolvers()
    {
        await using var control = await TestControl.StartAsync(static options => options with
        {
            FindPlace = static address => address.ToString() switch
            {
                "192.0.2.1" => new ViewerPlace { Country = "DE", Latitude = 50, Longitude = 9 },
                "192.0.2.2" => new ViewerPlace { Country = "US", Region = "CA", Latitude = 37, Longitude = -122 },
                _ => null,
            },
        });
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(
            zone,
            Routed("g.a.example", "TXT", "eu", "<GeoLocation><ContinentCode>EU</ContinentCode></GeoLocation>", "\"eu\""),
            Routed("g.a.example", "TXT", "us", "<GeoLocation><CountryCode>US</CountryCode></GeoLocation>", "\"us\""),
            Routed("g.a.example", "TXT", "any", "<GeoLocation><CountryCode>*</CountryCode></GeoLocation>", "\"any\""),
            Routed("l.a.example", "TXT", "eu", "<Region>eu-central-1</Region>", "\"eu\""),
            Routed("l.a.example", "TXT", "us", "<Region>us-west-1</Region>", "\"us\""))).Expect(200);

        Assert.Equal("NOERROR \"any\"", await TestAsync(control, zone, "g.a.example", "TXT"));
        Assert.Equal("NOERROR \"eu\"", await TestAsync(control, zone, "g.a.example", "TXT", "&resolverip=192.0.2.1"));
        Assert.Equal("NOERROR \"us\"", await TestAsync(control, zone, "g.a.example", "TXT", "&resolverip=192.0.2.1&edns0clientsubnetip=192.0.2.2&edns0clientsubnetmask=24"));
        Assert.Equal("NOERROR \"eu\"", await TestAsync(control, zone, "l.a.example", "TXT", "&resolverip=192.0.2.1"));
        Assert.Equal("NOERROR \"us\"", await TestAsync(control, zone, "l.a.example", "TXT", "&resolverip=192.0.2.2"));
    }

    [Fact]
    public async Task Places_are_listed_and_found()
    {
        await using var control = await TestControl.StartAsync();
        var page = (await control.Route53Async("GET", "geolocations?maxitems=8")).Expect(200);
        Assert.Equal(["AF", "AN", "AS", "EU", "NA", "OC", "SA"], page.ZoneTexts("ContinentCode"));
        Assert.Equal(("true", "*", "AD"), (page.ZoneText("IsTruncated"), page.ZoneTexts("CountryCode")[0], page.ZoneText("NextCountryCode")));
        page = (await control.Route53Async("GET", "geolocations?startcountrycode=US&maxitems=2")).Expect(200);
        Assert.Equal(("United States", "AK", "US", "AL"), (page.ZoneText("CountryName"), page.ZoneText("SubdivisionCode"), page.ZoneText("NextCountryCode"), page.ZoneText("NextSubdivisionCode")));
        var found = (await control.Route53Async("GET", "geolocation?countrycode=US&subdivisioncode=CA")).Expect(200);
        Assert.Equal(("NA", "California"), (found.ZoneText("ContinentCode"), found.ZoneText("SubdivisionName")));
        (await control.Route53Async("GET", "geolocation?countrycode=QQ")).ExpectZoneError(404, "NoSuchGeoLocation");
    }

    private static async Task<string> TestAsync(TestControl control, string zone, string name, string type, string more = "")
    {
        var answer = (await control.Route53Async("GET", $"testdnsanswer?hostedzoneid={zone}&recordname={name}&recordtype={type}{more}")).Expect(200);
        return $"{answer.ZoneText("ResponseCode")} {string.Join(' ', answer.ZoneTexts("RecordDataEntry"))}";
    }
}
