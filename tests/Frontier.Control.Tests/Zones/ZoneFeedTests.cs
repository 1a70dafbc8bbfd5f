// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Control.Feed;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Route53Calls;

namespace Frontier.Control.Tests.Zones;

/// <summary>What DNS nodes are told of zones, and when a change is in sync (NB-5.1).</summary>
public sealed class ZoneFeedTests
{
    [Fact]
    public async Task A_node_gets_the_whole_set_and_then_what_changes()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "MX", "010 Mail.a.example"))).Expect(200);

        var whole = await control.ReportZonesAsync("n1", 0);
        Assert.Equal((true, false, 2L), (whole.StartsAnew, whole.HasMore, whole.Position));
        Assert.Equal(("a.example.", zone, 2L), (whole.Zones.Single().Name, whole.Zones[0].Id, whole.Zones[0].Version));
        Assert.Equal(["NS", "SOA", "MX"], whole.Zones[0].RecordSets.Select(static set => set.Type));
        Assert.Equal("10 Mail.a.example.", Assert.Single(whole.Zones[0].RecordSets[2].Values));
        Assert.Empty(whole.HealthChecks!.Value);

        (await control.ChangeAsync(zone, Simple("DELETE", "x.a.example", "MX", "10 Mail.a.example"), Simple("CREATE", @"\052.a.example", "TXT", @"""\001"""))).Expect(200);
        var other = await control.CreateZoneAsync("b.example");
        var next = await control.ReportZonesAsync("n1", 2);
        Assert.Equal((false, false, 4L), (next.StartsAnew, next.HasMore, next.Position));
        var change = Assert.Single(next.Changes);
        Assert.Equal((zone, 2L, 3L), (change.ZoneId, change.BaseVersion, change.Version));
        Assert.Equal(new RecordSetKey("x.a.example.", "MX", null), Assert.Single(change.Removed));
        Assert.Equal(("*.a.example.", "\"\\001\""), (change.Put.Single().Name, change.Put[0].Values.Single()));
        Assert.Equal((other, 4L, 2), (next.Zones.Single().Id, next.Zones[0].Version, next.Zones[0].RecordSets.Length));

        (await control.Route53Async("DELETE", "hostedzone/" + other)).Expect(200);
        next = await control.ReportZonesAsync("n1", 4);
        Assert.Equal((other, 5L, true), (Assert.Single(next.Removed), next.Position, next.Changes.IsEmpty));
        Assert.Null(next.HealthChecks);
    }

    [Fact]
    public async Task Routing_and_aliases_are_told_as_nodes_serve_them()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        var domain = (await control.CallAsync("POST", "distribution", Documents.Distribution("r"))).Expect(201).Text("DomainName")!;
        (await control.ChangeAsync(
            zone,
            Alias("CREATE", "a.example", "A", "Z2FDTNDATAQYW2", domain),
            Routed("w.a.example", "A", "i", "<Weight>7</Weight>", "192.0.2.1"),
            Routed("l.a.example", "A", "i", "<Region>eu-west-1</Region>", "192.0.2.1"),
            Routed("g.a.example", "A", "i", "<GeoLocation><CountryCode>*</CountryCode></GeoLocation>", "192.0.2.1"),
            Routed("f.a.example", "A", "i", "<Failover>SECONDARY</Failover>", "192.0.2.1"),
            Routed("m.a.example", "A", "i", "<MultiValueAnswer>true</MultiValueAnswer>", "192.0.2.1"))).Expect(200);

        var sets = (await control.ReportZonesAsync("n1", 0)).Zones.Single().RecordSets;
        RecordSetConfig Of(string name) => sets.Single(set => set.Name == name && set.Type == "A");

        Assert.Equal(new AliasTargetConfig(domain + ".", AliasTargetKind.Distribution, false), Of("a.example.").Alias);
        Assert.Equal(new RoutingConfig { Weight = 7 }, Of("w.a.example.").Routing);
        Assert.Equal(new RoutingConfig { Region = "eu-west-1" }, Of("l.a.example.").Routing);
        Assert.Equal(new RoutingConfig { Geo = new GeoLocationConfig(null, "*", null) }, Of("g.a.example.").Routing);
        Assert.Equal(new RoutingConfig { IsPrimary = false }, Of("f.a.example.").Routing);
        Assert.Equal(new RoutingConfig { IsMultiValue = true }, Of("m.a.example.").Routing);
        Assert.All(["w", "l", "g", "f", "m"], name => Assert.Equal(("i", 60), (Of(name + ".a.example.").SetIdentifier, Of(name + ".a.example.").Ttl)));
    }

    [Fact]
    public async Task A_change_is_in_sync_when_every_node_in_service_has_it_and_pending_without_any_NB_5_1()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        var changed = (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200);
        Assert.Equal(("PENDING", "c"), (changed.ZoneText("Status"), changed.ZoneText("Comment")));
        var id = changed.ZoneText("Id")!;
        Assert.Matches("^/change/C[A-Z0-9]{20}$", id);
        Assert.Equal("PENDING", await StatusAsync(control, id));

        await control.ReportZonesAsync("n2", 1);
        await control.ReportZonesAsync("n1", 2);
        Assert.Equal("PENDING", await StatusAsync(control, id));
        await control.ReportZonesAsync("n2", 2);
        Assert.Equal("INSYNC", await StatusAsync(control, id));

        var later = (await control.ChangeAsync(zone, Simple("CREATE", "y.a.example", "A", "192.0.2.1"))).Expect(200).ZoneText("Id")!;
        await control.ReportZonesAsync("n1", 3);
        Assert.Equal("PENDING", await StatusAsync(control, later));
        control.Clock.Advance(TimeSpan.FromSeconds(30));
        await control.ReportZonesAsync("n1", 3);
        control.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("INSYNC", await StatusAsync(control, later)); // the other one has been silent for longer than a poll and the silence allowed
        (await control.Route53Async("GET", "change/C0")).ExpectZoneError(404, "NoSuchChange");
    }

    [Fact]
    public async Task A_node_that_waits_is_told_at_once_of_what_is_changed()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        var waiting = control.PostZonesAsync(new ZoneReport { NodeId = "n1", Position = 1 });
        await Eventually.IsTrueAsync(async () => await StatusAsync(control, await ChangeIdAsync(control)) == "INSYNC");
        Assert.False(waiting.IsCompleted);

        (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200);
        using var answer = await waiting;
        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.ZoneAnswer))!.Position);
    }

    [Fact]
    public async Task A_node_older_than_the_log_or_from_elsewhere_starts_anew()
    {
        await using var control = await TestControl.StartAsync(static options => options with { ZoneLogKept = 2 });
        var zone = await control.CreateZoneAsync("a.example");
        for (var i = 0; i < 4; i++)
        {
            (await control.ChangeAsync(zone, Simple("CREATE", $"n{i}.a.example", "A", "192.0.2.1"))).Expect(200);
        }

        Assert.False((await control.ReportZonesAsync("n1", 3)).StartsAnew);
        var anew = await control.ReportZonesAsync("n1", 2);
        Assert.Equal((true, 5L, 6), (anew.StartsAnew, anew.Position, anew.Zones.Single().RecordSets.Length));
        Assert.True((await control.ReportZonesAsync("n1", 4_711)).StartsAnew);
    }

    [Fact]
    public async Task A_whole_set_comes_in_pages_whatever_changes_meanwhile()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { RecordSetsPerZone = 20_000, RecordsPerChangeBatch = 20_000, CharactersPerChangeBatch = 1_000_000 } });
        var first = await control.CreateZoneAsync("a.example");
        for (var batch = 0; batch < 5; batch++)
        {
            (await control.ChangeAsync(first, [.. Enumerable.Range(batch * 2_000, 2_000).Select(static i => Simple("CREATE", $"n{i}.a.example", "A", "192.0.2.1"))])).Expect(200);
        }

        var second = await control.CreateZoneAsync("b.example");
        var page = await control.ReportZonesAsync("n1", 0);
        Assert.Equal((true, true, first), (page.StartsAnew, page.HasMore, page.Zones.Single().Id));
        Assert.Equal(ZoneFeedEndpoint.PageRecordSets + 2, page.Zones[0].RecordSets.Length);
        Assert.True(page.Position < 0);

        (await control.ChangeAsync(first, Simple("CREATE", "late.a.example", "A", "192.0.2.1"))).Expect(200);
        var change = (await control.ChangeAsync(second, Simple("CREATE", "late.b.example", "A", "192.0.2.1"))).Expect(200).ZoneText("Id")!;
        var last = await control.ReportZonesAsync("n1", page.Position);
        Assert.Equal((false, true, second, 7L), (last.StartsAnew, last.HasMore, last.Zones.Single().Id, last.Position));
        Assert.Equal("PENDING", await StatusAsync(control, change));

        var rest = await control.ReportZonesAsync("n1", last.Position);
        Assert.Equal([first, second], rest.Changes.Select(static change => change.ZoneId));
        Assert.Equal(last.Zones[0].Version, rest.Changes[1].Version); // passed over: the zone was read after it
        await control.ReportZonesAsync("n1", rest.Position);
        Assert.Equal("INSYNC", await StatusAsync(control, change));
    }

    [Fact]
    public async Task Nobody_without_the_token_is_told_anything_and_no_odd_report_is_taken()
    {
        await using var control = await TestControl.StartAsync();
        await control.CreateZoneAsync("a.example");
        var report = new ZoneReport { NodeId = "n1", Position = 0, AtOnce = true };

        Assert.Equal(HttpStatusCode.Unauthorized, (await control.PostZonesAsync(report, "edge-token-of-others")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await control.PostZonesAsync(report, "")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await control.GetAsync(ZoneReport.Path)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await control.PostZonesAsync(report with { NodeId = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await control.PostZonesAsync(report with { NodeId = new string('n', 129) })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await control.PostZonesAsync(report with { NodeId = "a\0b" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await control.PostZonesAsync(report)).StatusCode);
    }

    private static async Task<string?> StatusAsync(TestControl control, string changeId) => (await control.Route53Async("GET", changeId.TrimStart('/'))).Expect(200).ZoneText("Status");

    private static async Task<string> ChangeIdAsync(TestControl control) => "/change/" + (await control.Store.ReadZoneLogAsync(0, 1, 1, default))!.Entries[0].ChangeId;
}
