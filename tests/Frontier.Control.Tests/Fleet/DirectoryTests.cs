// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Fleet;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Control.Tests.Fleet;

/// <summary>The directory of the fleet: made of what operators say and machines report, told to each role as far as it needs it.</summary>
public sealed class DirectoryTests
{
    [Fact]
    public void An_edge_is_told_of_its_own_place_and_of_regional_caches_DNS_of_all()
    {
        var whole = DirectoryViews.Seal([Pop("ams1"), Pop("fra1"), Pop("nrt1")],
        [
            Node("e1", "fra1"), Node("e2", "fra1"), Node("e3", "ams1"), Node("r1", "nrt1", NodeRole.Regional), Node("d1", "ams1", NodeRole.Dns),
        ]);

        var edge = DirectoryViews.Of(whole, NodeRole.Edge, "fra1");
        Assert.Equal(["e1", "e2", "r1"], edge.Nodes.Select(static node => node.Id));
        Assert.Equal(["fra1", "nrt1"], edge.Pops.Select(static pop => pop.Name));
        Assert.Equal(["e1", "e2", "e3", "r1"], DirectoryViews.Of(whole, NodeRole.Regional, "nrt1").Nodes.Select(static node => node.Id));
        Assert.Same(whole, DirectoryViews.Of(whole, NodeRole.Dns, "ams1"));
    }

    [Fact]
    public void The_same_content_has_the_same_revision_whoever_makes_it()
    {
        var one = DirectoryViews.Seal([Pop("ams1"), Pop("fra1")], [Node("e1", "fra1"), Node("e2", "fra1")]);
        var other = DirectoryViews.Seal([Pop("fra1"), Pop("ams1")], [Node("e2", "fra1"), Node("e1", "fra1")]);

        Assert.Equal(one.Revision, other.Revision);
        Assert.NotEqual(one.Revision, DirectoryViews.Seal([Pop("ams1"), Pop("fra1")], [Node("e1", "fra1"), Node("e2", "fra1") with { State = NodeState.Draining }]).Revision);
        Assert.Equal("", DirectoryViews.Seal([], []).Revision);
    }

    /// <summary>A regional cache has no use for loads, and would be sent hundreds of machines whenever one's changes.</summary>
    [Fact]
    public void What_a_regional_cache_is_told_does_not_change_with_loads()
    {
        static FleetDirectory With(int load) => DirectoryViews.Seal([Pop("fra1")], [Node("e1", "fra1") with { Load = load }]);

        Assert.Equal(DirectoryViews.Of(With(10), NodeRole.Regional, "fra1").Revision, DirectoryViews.Of(With(80), NodeRole.Regional, "fra1").Revision);
        Assert.NotEqual(DirectoryViews.Of(With(10), NodeRole.Edge, "fra1").Revision, DirectoryViews.Of(With(80), NodeRole.Edge, "fra1").Revision);
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(0, 7, 0)]
    [InlineData(0, 8, 10)]
    [InlineData(50, 44, 50)]
    [InlineData(50, 57, 50)]
    [InlineData(50, 42, 40)]
    [InlineData(50, 96, 100)]
    [InlineData(90, 250, 100)]
    [InlineData(10, -5, 0)]
    public void Loads_go_in_steps_and_do_not_waver(int before, int percent, int step) => Assert.Equal(step, LoadSteps.Next(before, percent));

    [Fact]
    public async Task A_machine_is_told_of_a_change_while_its_report_waits_and_once()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        var first = (await machine.ReportAsync()).Fleet!;
        Assert.Null((await machine.ReportAsync(machine.Report(first.Revision))).Fleet);

        var waiting = machine.ReportAsync(machine.Report(first.Revision, atOnce: false));
        (await control.CallOwnAsync("POST", "nodes/edge-1/drain")).Expect(200);

        var second = (await waiting).Fleet!;
        Assert.Equal(NodeState.Draining, Assert.Single(second.Nodes).State);
        Assert.Null((await machine.ReportAsync(machine.Report(second.Revision))).Fleet);
    }

    [Fact]
    public async Task A_drained_place_drains_its_machines()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        (await control.CallOwnAsync("POST", "pops/fra1/drain")).Expect(200);

        var directory = (await machine.ReportAsync()).Fleet!;

        Assert.Equal((true, NodeState.Draining), (directory.Pops.Single().IsDrained, directory.Nodes.Single().State));
    }

    [Fact]
    public async Task A_machine_that_is_not_heard_of_is_silent_and_comes_back_by_reporting()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        await machine.ReportAsync();
        control.Clock.Advance(control.Options.EdgeSilence - TimeSpan.FromSeconds(1));
        Assert.Equal("InService", await StateAsync(control));

        // What is being written down while the clock jumps is a little newer than it was.
        await Eventually.IsTrueAsync(async () =>
        {
            control.Clock.Advance(TimeSpan.FromSeconds(2));
            return await StateAsync(control) == "Silent";
        });

        await machine.ReportAsync();
        Assert.Equal("InService", await StateAsync(control));
    }

    /// <summary>A control plane that has just started knows nobody's last report: all of them silent would send every viewer elsewhere.</summary>
    [Fact]
    public async Task After_a_start_machines_have_time_to_report()
    {
        await using var control = await StartAsync();
        using (var machine = await TestMachine.JoinAsync(control))
        {
            await machine.ReportAsync();
        }

        control.Clock.Advance(TimeSpan.FromHours(1));
        await control.RestartAsync();

        Assert.Equal("InService", await StateAsync(control));
        control.Clock.Advance(control.Options.EdgeSilence + TimeSpan.FromSeconds(1));
        Assert.Equal("Silent", await StateAsync(control));
    }

    [Fact]
    public async Task What_a_machine_says_of_itself_is_kept_but_not_its_role()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        var facts = TestMachine.Facts(NodeRole.Regional) with { Addresses = ["192.0.2.77"], HttpsPort = 8443, ProgramVersion = "2.0" };

        var directory = (await machine.ReportAsync(machine.Report() with { Facts = facts })).Fleet!;

        var told = Assert.Single(directory.Nodes).Facts;
        Assert.Equal(("192.0.2.77", 8443, "2.0", NodeRole.Edge), (told.Addresses.Single(), told.HttpsPort, told.ProgramVersion, told.Role));
        await control.RestartAsync();
        Assert.Equal("2.0", (await control.CallOwnAsync("GET", "nodes")).Expect(200).Json().GetProperty("items")[0].GetProperty("programVersion").GetString());
    }

    [Fact]
    public async Task Nonsense_that_a_machine_says_of_itself_is_passed_over()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);

        foreach (var facts in new[] { TestMachine.Facts() with { Addresses = ["not an address"] }, TestMachine.Facts() with { Weight = 0 }, TestMachine.Facts() with { HttpPort = 70_000 }, TestMachine.Facts() with { Tier = "a\nb" } })
        {
            await machine.ReportAsync(machine.Report() with { Facts = facts });
        }

        Assert.Equal("192.0.2.10", (await control.CallOwnAsync("GET", "nodes")).Expect(200).Json().GetProperty("items")[0].GetProperty("addresses")[0].GetString());
    }

    [Fact]
    public async Task Status_tells_who_serves_what_and_what_is_wrong()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        using var other = await TestMachine.JoinAsync(control, id: "edge-2");
        (await control.CallAsync("POST", "distribution", Documents.Distribution("d"))).Expect(201);
        await machine.ReportAsync();
        var refused = machine.Report() with
        {
            Refused = new SnapshotRefusal(1, ["it is bad"]),
            Health = new NodeHealth { Requests = 100, ServerErrors = 5, LoadPercent = 42, HitMedianMicroseconds = 150, HitP99Microseconds = 900 },
        };
        control.Clock.Advance(TimeSpan.FromSeconds(5));
        await machine.ReportAsync(refused);

        var status = (await control.CallOwnAsync("GET", "status")).Expect(200).Json();

        var processes = status.GetProperty("processes").EnumerateArray().ToList();
        Assert.Equal(["control", "edge", "edge"], processes.Select(static process => process.GetProperty("role").GetString()));
        var shown = processes[1];
        Assert.Equal((1, 20.0, 1.0, 40), (shown.GetProperty("snapshotLag").GetInt32(), shown.GetProperty("requestsPerSecond").GetDouble(), shown.GetProperty("errorsPerSecond").GetDouble(), shown.GetProperty("load").GetInt32()));
        Assert.Equal((150, 900), (shown.GetProperty("hitMedianMicroseconds").GetInt32(), shown.GetProperty("hitP99Microseconds").GetInt32()));
        Assert.Contains("edge-1: refuses version 1: it is bad", Problems(status));

        control.Clock.Advance(control.Options.EdgeSilence + TimeSpan.FromSeconds(1));
        await machine.ReportAsync();
        Assert.Contains("edge-2: not heard of.", Problems((await control.CallOwnAsync("GET", "status")).Expect(200).Json()));
    }

    [Fact]
    public async Task Status_of_one_process_shows_the_edge_beside_it()
    {
        await using var control = await TestControl.StartAsync();
        await control.ReportAtOnceAsync("beside");

        var status = (await control.CallOwnAsync("GET", "status")).Expect(200).Json();

        Assert.Equal(["control", "edge"], status.GetProperty("processes").EnumerateArray().Select(static process => process.GetProperty("role").GetString()));
        Assert.Empty(Problems(status));
    }

    private static IEnumerable<string?> Problems(JsonElement status) => status.GetProperty("problems").EnumerateArray().Select(static problem => problem.GetString());

    private static async Task<string?> StateAsync(TestControl control) => (await control.CallOwnAsync("GET", "nodes")).Expect(200).Json().GetProperty("items")[0].GetProperty("state").GetString();

    private static PopConfig Pop(string name) => new() { Name = name, Latitude = 1, Longitude = 2, Zone = PriceClassZone.Europe, Region = "eu-central-1" };

    private static NodeConfig Node(string id, string pop, NodeRole role = NodeRole.Edge) => new() { Id = id, Pop = pop, Facts = TestMachine.Facts(role), State = NodeState.InService };

    private static async Task<TestControl> StartAsync()
    {
        var control = await TestControl.StartAsync(TestControl.WithFleet);
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        return control;
    }
}
