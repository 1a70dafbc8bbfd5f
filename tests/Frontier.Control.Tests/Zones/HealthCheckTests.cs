// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Zones;

/// <summary>Health checks by Route 53's API (NB-5.6).</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task A_health_check_is_made_told_to_nodes_changed_and_deleted()
    {
        await using var control = await TestControl.StartAsync();
        var made = await CreateAsync(control, "r", "<IPAddress>192.0.2.1</IPAddress><Port>8080</Port><Type>HTTP</Type><ResourcePath>ok</ResourcePath><FullyQualifiedDomainName>www.example.com</FullyQualifiedDomainName>");
        var id = made.Expect(201).ZoneText("Id")!;
        Assert.EndsWith("/2013-04-01/healthcheck/" + id, made.Location, StringComparison.Ordinal);
        Assert.Equal(("r", "1", "30", "3"), (made.ZoneText("CallerReference"), made.ZoneText("HealthCheckVersion"), made.ZoneText("RequestInterval"), made.ZoneText("FailureThreshold")));

        var config = (await control.ReportZonesAsync("n1", 0)).HealthChecks!.Value.Single();
        Assert.Equal(new HealthCheckConfig { Id = id, Type = "HTTP", Address = "192.0.2.1", Port = 8080, Host = "www.example.com", Path = "/ok", Children = config.Children }, config);

        const string Update = "<UpdateHealthCheckRequest><HealthCheckVersion>{0}</HealthCheckVersion><FailureThreshold>5</FailureThreshold><ResetElements><ResettableElementName>ResourcePath</ResettableElementName></ResetElements></UpdateHealthCheckRequest>";
        (await control.Route53Async("POST", "healthcheck/" + id, Update.Replace("{0}", "2", StringComparison.Ordinal))).ExpectZoneError(409, "HealthCheckVersionMismatch", "version 1");
        var updated = (await control.Route53Async("POST", "healthcheck/" + id, Update.Replace("{0}", "1", StringComparison.Ordinal))).Expect(200);
        Assert.Equal(("2", "5", null, "8080"), (updated.ZoneText("HealthCheckVersion"), updated.ZoneText("FailureThreshold"), updated.ZoneText("ResourcePath"), updated.ZoneText("Port")));
        var answer = await control.ReportZonesAsync("n1", 1);
        Assert.Equal((2L, "/", 5), (answer.Position, answer.HealthChecks!.Value.Single().Path, answer.HealthChecks.Value[0].FailureThreshold));

        (await control.Route53Async("DELETE", "healthcheck/" + id)).Expect(200);
        Assert.Empty((await control.ReportZonesAsync("n1", 2)).HealthChecks!.Value);
        (await control.Route53Async("GET", "healthcheck/" + id)).ExpectZoneError(404, "NoSuchHealthCheck", id);
    }

    [Fact]
    public async Task A_caller_reference_makes_one_check_again_and_again_NB_5_6()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { HealthChecks = 1 } });
        const string Config = "<IPAddress>192.0.2.1</IPAddress><Port>80</Port><Type>TCP</Type>";
        var id = (await CreateAsync(control, "r", Config)).Expect(201).ZoneText("Id");
        Assert.Equal(id, (await CreateAsync(control, "r", Config)).Expect(201).ZoneText("Id"));
        (await CreateAsync(control, "r", Config + "<Inverted>true</Inverted>")).ExpectZoneError(409, "HealthCheckAlreadyExists");
        (await CreateAsync(control, "s", Config)).ExpectZoneError(400, "TooManyHealthChecks");
        Assert.Equal("1", (await control.Route53Async("GET", "healthcheckcount")).Expect(200).ZoneText("HealthCheckCount"));
    }

    [Theory]
    [InlineData("<Type>CLOUDWATCH_METRIC</Type>", "CLOUDWATCH_METRIC is not supported")]
    [InlineData("<Type>RECOVERY_CONTROL</Type>", "RECOVERY_CONTROL is not supported")]
    [InlineData("<Type>HTTP</Type>", "IPAddress or FullyQualifiedDomainName")]
    [InlineData("<Type>HTTP</Type><IPAddress>nowhere</IPAddress>", "Invalid IP address")]
    [InlineData("<Type>TCP</Type><IPAddress>192.0.2.1</IPAddress>", "Port")]
    [InlineData("<Type>TCP</Type><IPAddress>192.0.2.1</IPAddress><Port>65536</Port>", "Port")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><RequestInterval>20</RequestInterval>", "10 or 30")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><FailureThreshold>11</FailureThreshold>", "1 to 10")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><SearchString>x</SearchString>", "SearchString")]
    [InlineData("<Type>HTTP_STR_MATCH</Type><IPAddress>192.0.2.1</IPAddress>", "SearchString")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><MeasureLatency>true</MeasureLatency>", "MeasureLatency is not supported")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><Regions><Region>us-east-1</Region></Regions>", "Regions are not supported")]
    [InlineData("<Type>CALCULATED</Type><ChildHealthChecks><ChildHealthCheck>nothing</ChildHealthCheck></ChildHealthChecks><HealthThreshold>1</HealthThreshold>", "nothing does not exist")]
    [InlineData("<Type>CALCULATED</Type>", "HealthThreshold")]
    [InlineData("<Type>PING</Type><IPAddress>192.0.2.1</IPAddress>", "enum value set")]
    public async Task What_no_check_can_be_is_refused_with_what_is_wrong(string config, string words)
    {
        await using var control = await TestControl.StartAsync();
        (await CreateAsync(control, "r", config)).ExpectZoneError(400, "InvalidInput", words);
    }

    [Fact]
    public async Task What_nodes_observe_is_told_and_decides_what_TestDNSAnswer_answers_NB_5_6()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await CreateAsync(control, "r", "<IPAddress>192.0.2.1</IPAddress><Port>80</Port><Type>TCP</Type>")).Expect(201).ZoneText("Id")!;
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(
            zone,
            Route53Calls.Routed("f.a.example", "A", "one", "<Failover>PRIMARY</Failover>", "192.0.2.1", $"<HealthCheckId>{id}</HealthCheckId>"),
            Route53Calls.Routed("f.a.example", "A", "two", "<Failover>SECONDARY</Failover>", "192.0.2.2"))).Expect(200);
        Assert.Equal("192.0.2.1", await TestAsync(control, zone, "f.a.example"));

        var at = control.Clock.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await control.ReportZonesAsync($"n{i}", 3, new HealthObservation(id, i == 0, i == 0 ? "Success" : "Failure: no answer", at));
        }

        // One of five is 20 percent, which is more than 18; one of six is not.
        Assert.Equal("192.0.2.1", await TestAsync(control, zone, "f.a.example"));
        await control.ReportZonesAsync("n5", 3, new HealthObservation(id, false, "Failure: no answer", at));
        Assert.Equal("192.0.2.2", await TestAsync(control, zone, "f.a.example"));

        var status = (await control.Route53Async("GET", $"healthcheck/{id}/status")).Expect(200);
        Assert.Equal(6, status.ZoneTexts("HealthCheckObservation").Count);
        Assert.Equal(("n0", "Success"), (status.ZoneText("Region"), status.ZoneText("Status")));
        var failures = (await control.Route53Async("GET", $"healthcheck/{id}/lastfailurereason")).Expect(200);
        Assert.Equal(["n1", "n2", "n3", "n4", "n5"], failures.ZoneTexts("Region"));
    }

    [Fact]
    public async Task Checks_are_listed_page_by_page_and_a_child_is_kept()
    {
        await using var control = await TestControl.StartAsync();
        List<string> ids = [];
        foreach (var reference in new[] { "a", "b" })
        {
            ids.Add((await CreateAsync(control, reference, "<IPAddress>192.0.2.1</IPAddress><Port>80</Port><Type>TCP</Type>")).Expect(201).ZoneText("Id")!);
        }

        ids.Add((await CreateAsync(
            control, "c", $"<Type>CALCULATED</Type><HealthThreshold>1</HealthThreshold><ChildHealthChecks><ChildHealthCheck>{ids[0]}</ChildHealthCheck></ChildHealthChecks>")).Expect(201).ZoneText("Id")!);

        var page = (await control.Route53Async("GET", "healthcheck?maxitems=2")).Expect(200);
        Assert.Equal(ids[..2], page.ZoneTexts("Id"));
        Assert.Equal(("true", ids[2]), (page.ZoneText("IsTruncated"), page.ZoneText("NextMarker")));
        page = (await control.Route53Async("GET", "healthcheck?marker=" + ids[2])).Expect(200);
        Assert.Equal((ids[2], "false", ids[0]), (page.ZoneText("Id"), page.ZoneText("IsTruncated"), page.ZoneText("ChildHealthCheck")));
        (await control.Route53Async("DELETE", "healthcheck/" + ids[0])).ExpectZoneError(400, "HealthCheckInUse", ids[2]);
        (await control.Route53Async("GET", "checkeripranges")).Expect(200);
    }

    private static Task<Answer> CreateAsync(TestControl control, string reference, string config) => control.Route53Async(
        "POST", "healthcheck", $"<CreateHealthCheckRequest><CallerReference>{reference}</CallerReference><HealthCheckConfig>{config}</HealthCheckConfig></CreateHealthCheckRequest>");

    private static async Task<string?> TestAsync(TestControl control, string zone, string name) =>
        (await control.Route53Async("GET", $"testdnsanswer?hostedzoneid={zone}&recordname={name}&recordtype=A")).Expect(200).ZoneText("RecordDataEntry");
}
