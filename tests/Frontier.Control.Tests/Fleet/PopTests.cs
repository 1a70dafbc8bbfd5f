// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts.Fleet;
using Frontier.Control.Fleet;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Fleet;

/// <summary>The inventory of points of presence, through Frontier's own API.</summary>
public sealed class PopTests
{
    [Fact]
    public async Task Where_a_city_is_need_not_be_said()
    {
        await using var control = await TestControl.StartAsync();

        var pop = (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200).Json();

        Assert.Equal(("Frankfurt", "Europe", "eu-central-1"), (Text(pop, "city"), Text(pop, "zone"), Text(pop, "region")));
        Assert.Equal((50.03, 8.56), (pop.GetProperty("latitude").GetDouble(), pop.GetProperty("longitude").GetDouble()));
    }

    [Fact]
    public async Task A_place_that_is_not_known_is_described_whole()
    {
        await using var control = await TestControl.StartAsync();

        Assert.Contains("zzz", (await control.CallOwnAsync("PUT", "pops/zzz1", """{"latitude":1}""")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        var pop = (await control.CallOwnAsync("PUT", "pops/zzz1", """{"latitude":-1.5,"longitude":179.25,"zone":"Oceania","region":"ap-southeast-2"}""")).Expect(200).Json();

        Assert.False(pop.TryGetProperty("city", out _));
        Assert.Equal(-1.5, pop.GetProperty("latitude").GetDouble());
        Assert.Equal(179.25, (await control.CallOwnAsync("GET", "pops/zzz1")).Expect(200).Json().GetProperty("longitude").GetDouble());
    }

    [Theory]
    [InlineData("pops/FRA1", "{}")]
    [InlineData("pops/fra", "{}")]
    [InlineData("pops/fra0", "{}")]
    [InlineData("pops/fra1", """{"latitude":91}""")]
    [InlineData("pops/fra1", """{"longitude":-181}""")]
    [InlineData("pops/fra1", """{"zone":"1"}""")]
    [InlineData("pops/fra1", """{"zone":"europe"}""")]
    [InlineData("pops/fra1", """{"region":"EU"}""")]
    [InlineData("pops/fra1", """{"capacity":3}""")]
    public async Task What_makes_no_sense_is_refused(string target, string body)
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallOwnAsync("PUT", target, body)).ExpectProblem(400, "InvalidArgument");
        Assert.Empty((await control.CallOwnAsync("GET", "pops")).Expect(200).Json().GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_change_against_what_somebody_else_changed_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var first = (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        var second = (await control.CallOwnAsync("PUT", "pops/fra1", """{"region":"eu-west-3"}""", first.ETag)).Expect(200);

        Assert.NotEqual(first.ETag, second.ETag);
        (await control.CallOwnAsync("PUT", "pops/fra1", """{"region":"eu-west-1"}""", first.ETag)).ExpectProblem(412, "PreconditionFailed");
        (await control.CallOwnAsync("DELETE", "pops/fra1", "", first.ETag)).ExpectProblem(412, "PreconditionFailed");
        (await control.CallOwnAsync("PUT", "pops/ams1", "", first.ETag)).ExpectProblem(404, "NoSuchPop");
        Assert.Equal("eu-west-3", Text((await control.CallOwnAsync("GET", "pops/fra1")).Expect(200).Json(), "region"));
    }

    [Fact]
    public async Task Whether_it_is_drained_outlasts_a_change()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);

        Assert.True((await control.CallOwnAsync("POST", "pops/fra1/drain")).Expect(200).Json().GetProperty("isDrained").GetBoolean());
        Assert.True((await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200).Json().GetProperty("isDrained").GetBoolean());
        Assert.False((await control.CallOwnAsync("POST", "pops/fra1/undrain")).Expect(200).Json().GetProperty("isDrained").GetBoolean());
        (await control.CallOwnAsync("POST", "pops/ams1/drain")).ExpectProblem(404, "NoSuchPop");
    }

    [Fact]
    public async Task One_with_machines_is_not_removed()
    {
        await using var control = await TestControl.StartAsync(TestControl.WithFleet);
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        using var machine = await TestMachine.JoinAsync(control);

        Assert.Contains("edge-1", (await control.CallOwnAsync("DELETE", "pops/fra1")).ExpectProblem(409, "PopInUse"), StringComparison.Ordinal);
        var pop = (await control.CallOwnAsync("GET", "pops/fra1")).Expect(200).Json();
        Assert.Equal((1, 100), (pop.GetProperty("machines").GetInt32(), pop.GetProperty("capacity").GetInt32()));
        (await control.CallOwnAsync("DELETE", "nodes/edge-1")).Expect(204);
        (await control.CallOwnAsync("DELETE", "pops/fra1")).Expect(204);
        (await control.CallOwnAsync("GET", "pops/fra1")).ExpectProblem(404, "NoSuchPop");
    }

    [Fact]
    public async Task Changes_are_in_the_audit_log_and_outlast_a_restart_and_are_for_admins()
    {
        await using var control = await TestControl.StartAsync();
        var reader = await control.CreateKeyAsync("ReadOnly");
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        (await control.CallOwnAsync("POST", "pops/fra1/drain", key: reader)).ExpectProblem(403, "AccessDenied");

        var entry = (await control.CallOwnAsync("GET", "audit?resource=fra1")).Expect(200).Json().GetProperty("items").EnumerateArray().Last();
        Assert.Equal(("PutPop", "Pop"), (Text(entry, "operation"), Text(entry, "resourceType")));
        await control.RestartAsync();
        (await control.CallOwnAsync("GET", "pops/fra1", key: reader)).Expect(200);
    }

    /// <summary>DP-26.6: every city has a zone; coordinates are on the globe.</summary>
    [Fact]
    public void The_table_of_cities_can_be_read()
    {
        var codes = Cities.Table.Split('\n').Select(static line => line.Trim()[..3]).ToList();

        Assert.True(codes.Count > 100);
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, static code =>
        {
            var city = City.OfPop(code + "1")!;
            Assert.InRange(city.Latitude, -90, 90);
            Assert.InRange(city.Longitude, -180, 180);
            Assert.True(Enum.IsDefined(city.Zone));
        });
        Assert.Equal(Enum.GetValues<PriceClassZone>().Length, codes.Select(static code => City.OfPop(code)!.Zone).Distinct().Count());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
