// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Control.Feed;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Route53Calls;

namespace Frontier.Control.Tests.Zones;

/// <summary>DNS nodes as machines of a fleet: they join, hear of machines and distributions beside zones, and are seen.</summary>
public sealed class DnsNodeTests
{
    [Fact]
    public async Task A_node_hears_of_all_machines_and_of_distributions_with_what_DNS_needs_to_know_DP_26_6()
    {
        await using var control = await StartAsync();
        (await control.CallOwnAsync("PUT", "pops/nrt1")).Expect(200);
        using var edge = await TestMachine.JoinAsync(control, pop: "nrt1");
        using var node = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");
        var made = (await control.CallAsync("POST", "distribution", Documents.Distribution("a", ("", "+<PriceClass>PriceClass_100</PriceClass>"), ("", "+<IsIPV6Enabled>true</IsIPV6Enabled>")))).Expect(201);

        var answer = await node.ReportZonesAsync();

        Assert.Equal(["dns-1", "edge-1"], answer.Fleet!.Nodes.Select(static machine => machine.Id));
        Assert.Equal(["fra1", "nrt1"], answer.Fleet.Pops.Select(static pop => pop.Name));
        Assert.True(answer.Distributions!.IsWhole);
        Assert.Equal((made.Text("DomainName"), "PriceClass_100", true), (answer.Distributions.Put.Single().DomainName, answer.Distributions.Put[0].PriceClass, answer.Distributions.Put[0].HasIPv6));
        var again = await node.ReportZonesAsync(report => Knowing(report, answer));
        Assert.Equal((null, null), (again.Fleet, again.Distributions));
    }

    [Fact]
    public async Task A_node_that_waits_is_told_at_once_what_changed_and_no_more()
    {
        await using var control = await StartAsync();
        using var node = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");
        var first = (await control.CallAsync("POST", "distribution", Documents.Distribution("a"))).Expect(201);
        var known = await node.ReportZonesAsync();

        var waiting = node.ReportZonesAsync(report => Knowing(report, known) with { AtOnce = false });
        var second = (await control.CallAsync("POST", "distribution", Documents.Distribution("b"))).Expect(201);
        var told = await waiting;
        Assert.Equal((false, second.Text("DomainName")), (told.Distributions!.IsWhole, told.Distributions.Put.Single().DomainName));
        Assert.Null(told.Fleet);

        // A change that is none to DNS moves the version alone.
        var waits = node.ReportZonesAsync(report => Knowing(report, known, told) with { AtOnce = false });
        (await control.ReviseAsync(first.Text("Id")!, ("Comment", "another"))).Expect(200);
        var moved = await waits;
        Assert.Equal((false, true, true), (moved.Distributions!.IsWhole, moved.Distributions.Put.IsEmpty, moved.Distributions.Removed.IsEmpty));

        var drained = node.ReportZonesAsync(report => Knowing(report, known, moved) with { AtOnce = false });
        (await control.CallOwnAsync("POST", "pops/fra1/drain")).Expect(200);
        Assert.True((await drained).Fleet!.Pops.Single().IsDrained);
    }

    [Fact]
    public async Task A_node_that_knows_distributions_from_elsewhere_gets_all_of_them()
    {
        await using var control = await StartAsync();
        using var node = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");
        (await control.CallAsync("POST", "distribution", Documents.Distribution("a"))).Expect(201);
        var known = await node.ReportZonesAsync();

        var later = await node.ReportZonesAsync(report => Knowing(report, known) with { SnapshotVersion = 4_711 });
        var other = await node.ReportZonesAsync(report => Knowing(report, known) with { SnapshotCreatedAt = DateTimeOffset.UnixEpoch });

        Assert.Equal((true, true), (later.Distributions!.IsWhole, other.Distributions!.IsWhole));
    }

    [Fact]
    public async Task A_node_is_seen_as_other_machines_are_and_has_nothing_that_it_could_be_behind_with()
    {
        await using var control = await StartAsync();
        using var node = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");
        await node.ReportZonesAsync(static report => report with { Facts = TestMachine.Facts(NodeRole.Dns) with { ProgramVersion = "2.0", Addresses = ["192.0.2.53"] } });

        var process = (await control.CallOwnAsync("GET", "status")).Expect(200).Json().GetProperty("processes").EnumerateArray().Single(static process => process.GetProperty("role").GetString() == "dns");
        Assert.Equal(("dns-1", "InService", "fra1", "2.0"), (process.GetProperty("id").GetString(), process.GetProperty("state").GetString(), process.GetProperty("pop").GetString(), process.GetProperty("programVersion").GetString()));
        Assert.Equal("192.0.2.53", (await control.CallOwnAsync("GET", "nodes")).Expect(200).Json().GetProperty("items")[0].GetProperty("addresses")[0].GetString());

        await Eventually.IsTrueAsync(async () =>
        {
            control.Clock.Advance(TimeSpan.FromSeconds(2));
            return (await control.CallOwnAsync("GET", "nodes")).Expect(200).Json().GetProperty("items")[0].GetProperty("state").GetString() == "Silent";
        });
    }

    [Fact]
    public async Task Changes_wait_for_a_node_of_the_fleet_until_it_has_them_NB_5_1()
    {
        await using var control = await StartAsync();
        using var node = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");
        await node.ReportZonesAsync();
        var zone = await control.CreateZoneAsync("a.example");
        var id = (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200).ZoneText("Id")!;
        Assert.Equal("PENDING", (await control.Route53Async("GET", id.TrimStart('/'))).Expect(200).ZoneText("Status"));

        var answer = await node.ReportZonesAsync();
        Assert.Equal("PENDING", (await control.Route53Async("GET", id.TrimStart('/'))).Expect(200).ZoneText("Status"));
        await node.ReportZonesAsync(report => report with { Position = answer.Position });
        Assert.Equal("INSYNC", (await control.Route53Async("GET", id.TrimStart('/'))).Expect(200).ZoneText("Status"));
    }

    [Fact]
    public async Task No_other_machine_may_ask_for_zones_nor_one_node_as_another()
    {
        await using var control = await StartAsync();
        using var edge = await TestMachine.JoinAsync(control);
        using var node = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");

        using var asEdge = await edge.PostZonesAsync(new ZoneReport { NodeId = edge.Id, Position = 0, AtOnce = true });
        using var asOther = await node.PostZonesAsync(new ZoneReport { NodeId = "dns-2", Position = 0, AtOnce = true });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (asEdge.StatusCode, asOther.StatusCode));
        Assert.NotNull((await node.ReportZonesAsync()).Fleet);
    }

    [Fact]
    public async Task The_server_beside_the_control_plane_hears_of_distributions_and_of_machines_nothing()
    {
        await using var control = await StartAsync();
        (await control.CallAsync("POST", "distribution", Documents.Distribution("a"))).Expect(201);
        using var response = await control.PostZonesAsync(new ZoneReport { NodeId = "dns-local", Position = 0, AtOnce = true, FleetRevision = "", SnapshotVersion = 0 });
        var answer = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ZoneAnswer))!;

        Assert.Equal((HttpStatusCode.OK, null, 1), (response.StatusCode, answer.Fleet, answer.Distributions!.Put.Length));
    }

    [Fact]
    public void Of_two_snapshots_the_difference_names_what_DNS_would_answer_otherwise_and_never_staging_DP_2_8()
    {
        var same = Of("same");
        var before = Snapshot(1, same, Of("changes"), Of("goes"), Of("alike"), Of("hides") with { Staging = true });
        var after = Snapshot(2, same, Of("changes") with { PriceClass = "PriceClass_200" }, Of("alike") with { LogCookies = true }, Of("comes"), Of("new") with { Staging = true });

        var difference = DistributionViews.Difference(before, after);

        Assert.Equal((false, 2L, after.CreatedAt), (difference.IsWhole, difference.Version, difference.CreatedAt));
        Assert.Equal(["changes", "comes"], difference.Put.Select(static distribution => distribution.DomainName));
        Assert.Equal(["goes"], difference.Removed);
        Assert.Equal(["same", "changes", "alike", "comes"], DistributionViews.Difference(null, after).Put.Select(static distribution => distribution.DomainName));
        Assert.Equal((true, 0L), (DistributionViews.Difference(null, null).IsWhole, DistributionViews.Difference(null, null).Version));
    }

    private static ZoneReport Knowing(ZoneReport report, params ZoneAnswer[] answers) => report with
    {
        Position = answers[^1].Position,
        FleetRevision = answers.Last(static answer => answer.Fleet is not null).Fleet!.Revision,
        SnapshotVersion = answers[^1].Distributions!.Version,
        SnapshotCreatedAt = answers[^1].Distributions!.CreatedAt,
    };

    private static ConfigSnapshot Snapshot(long version, params DistributionConfig[] distributions) => new() { Version = version, CreatedAt = DateTimeOffset.UnixEpoch.AddDays(version), Distributions = [.. distributions] };

    private static DistributionConfig Of(string name) => new() { Id = name, Arn = name, DomainName = name, Enabled = true, Origins = [], DefaultBehavior = null! };

    private static async Task<TestControl> StartAsync()
    {
        var control = await TestControl.StartAsync(TestControl.WithFleet);
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        return control;
    }
}
