// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Rollout;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Rollout;

/// <summary>A new version comes to one edge, to its point of presence, to all; and no further than to where it does harm.</summary>
public sealed class RolloutTests
{
    private const int WaveSeconds = 10;

    [Fact]
    public async Task A_version_comes_to_one_edge_then_to_its_point_of_presence_then_to_all()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        (await control.ReviseAsync(id, ("Comment", "second"))).Expect(200);

        await fleet.UntilAsync(() => fleet["a1"].Version == 2);
        await fleet.PassAsync(WaveSeconds - 2);
        Assert.Equal("2 1 1 1", fleet.Versions);
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
        var rolling = (await control.CallOwnAsync("GET", "rollout")).Json();
        Assert.Equal(("Rolling", "Canary", 2, 1), (
            rolling.GetProperty("status").GetString(), rolling.GetProperty("wave").GetString(), rolling.GetProperty("version").GetInt64(), rolling.GetProperty("goodVersion").GetInt64()));

        await fleet.UntilAsync(() => fleet["a2"].Version == 2);
        await fleet.PassAsync(WaveSeconds - 2);
        Assert.Equal("2 2 1 1", fleet.Versions);

        await fleet.UntilAsync(() => fleet.Versions == "2 2 2 2");
        await fleet.UntilAsync(async () => (await control.CallAsync("GET", $"distribution/{id}")).Text("Status") == "Deployed");
        Assert.Equal("Complete", (await control.CallOwnAsync("GET", "rollout")).Json().GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_accepted_meanwhile_goes_out_together_after_it()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        for (var revision = 2; revision <= 4; revision++)
        {
            (await control.ReviseAsync(id, ("Comment", $"{revision}"))).Expect(200);
            await fleet.PassAsync(3);
        }

        await fleet.UntilAsync(() => fleet.Versions == "4 4 4 4");

        Assert.Equal([1, 2, 4], fleet["b2"].Sent);
    }

    [Fact]
    public async Task A_version_that_the_first_edge_refuses_comes_to_no_other()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        fleet["a1"].Refuses = 2;
        (await control.ReviseAsync(id, ("Comment", "poison"))).Expect(200);

        await fleet.UntilStatusAsync("Halted");
        await fleet.PassAsync(5 * WaveSeconds);

        Assert.Equal("1 1 1 1", fleet.Versions);
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
        Assert.Contains("a1 refused it: It makes me ill.", await ReasonAsync(control), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_ends_the_first_edge_comes_to_no_other_nor_to_that_one_again()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        fleet["a1"].DiesBy = 2;
        (await control.ReviseAsync(id, ("Comment", "poison"))).Expect(200);

        await fleet.UntilStatusAsync("Halted");
        fleet["a1"].IsDead = false;
        await fleet.PassAsync(5 * WaveSeconds);

        Assert.Equal("1 1 1 1", fleet.Versions);
        Assert.Equal([1, 2, 1], fleet["a1"].Sent);
        Assert.Contains("a1 has not been heard of", await ReasonAsync(control), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 5, 1_000, "errors of its own")]
    [InlineData(100, 0, 30_000, "slowest hundredth")]
    public async Task A_version_by_which_the_first_edge_fares_worse_is_taken_from_it(long requests, long errors, long p99, string reason)
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        fleet["a1"].Health = version => version == 2 ? new NodeHealth { Requests = requests, ServerErrors = errors, HitP99Microseconds = p99 } : new NodeHealth { Requests = 100, HitP99Microseconds = 1_000 };
        await fleet.PassAsync(5);
        (await control.ReviseAsync(id, ("Comment", "poison"))).Expect(200);

        await fleet.UntilStatusAsync("Halted");
        await fleet.PassAsync(3);

        Assert.Equal("1 1 1 1", fleet.Versions);
        Assert.Equal([1, 2, 1], fleet["a1"].Sent);
        Assert.Contains(reason, await ReasonAsync(control), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalidations_wait_for_no_wave_nor_for_a_halt()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        (await control.CallOwnAsync("POST", "rollout/halt", """{"reason":"a quiet weekend"}""")).Expect(200);

        var invalidation = (await control.CallAsync("POST", $"distribution/{id}/invalidation", Invalidation("r", "/a"))).Expect(201).Text("Id");
        await fleet.PassAsync(2);

        Assert.Equal("Completed", (await control.CallAsync("GET", $"distribution/{id}/invalidation/{invalidation}")).Text("Status"));
        Assert.Contains("a quiet weekend", await ReasonAsync(control), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Halted_it_stays_whatever_is_changed_until_it_is_resumed_with_what_is_newest_then()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        fleet["a1"].Refuses = 2;
        (await control.ReviseAsync(id, ("Comment", "poison"))).Expect(200);
        await fleet.UntilStatusAsync("Halted");
        (await control.ReviseAsync(id, ("Comment", "mended"))).Expect(200);
        await fleet.PassAsync(2 * WaveSeconds);
        Assert.Equal("1 1 1 1", fleet.Versions);

        (await control.CallOwnAsync("POST", "rollout/resume")).Expect(200);

        await fleet.UntilAsync(() => fleet["a1"].Version == 3);
        Assert.Equal("3 1 1 1", fleet.Versions);
        await fleet.UntilAsync(() => fleet.Versions == "3 3 3 3");
        Assert.Equal("It is not halted.", (await control.CallOwnAsync("POST", "rollout/resume")).ExpectProblem(409, "RolloutNotPossible"));
    }

    [Fact]
    public async Task Expedited_it_comes_to_all_at_once()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        (await control.ReviseAsync(id, ("Comment", "urgent"))).Expect(200);
        await fleet.UntilAsync(() => fleet["a1"].Version == 2);

        (await control.CallOwnAsync("POST", "rollout/expedite")).Expect(200);
        await fleet.StepAsync();

        Assert.Equal("2 2 2 2", fleet.Versions);
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_was()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        fleet["a1"].Refuses = 2;
        (await control.ReviseAsync(id, ("Comment", "poison"))).Expect(200);
        await fleet.UntilStatusAsync("Halted");

        await control.RestartAsync();
        await fleet.PassAsync(2 * WaveSeconds);

        Assert.Equal("1 1 1 1", fleet.Versions);
        Assert.Contains("a1 refused it", await ReasonAsync(control), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_takes_back_what_was_halted_and_comes_to_all()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        fleet["a1"].DiesBy = 2;
        (await control.ReviseAsync(id, ("Comment", "poison"))).Expect(200);
        await fleet.UntilStatusAsync("Halted");
        fleet["a1"].IsDead = false;
        await fleet.StepAsync();

        (await control.CallOwnAsync("POST", "rollout/rollback")).Expect(200);
        await fleet.UntilAsync(() => fleet.Versions == "3 3 3 3");

        Assert.Equal("made by a test", (await control.CallAsync("GET", $"distribution/{id}/config")).Text("Comment"));
        await fleet.UntilAsync(async () => (await control.CallAsync("GET", $"distribution/{id}")).Text("Status") == "Deployed");
    }

    [Fact]
    public async Task A_rollback_of_what_is_rolled_out_returns_to_what_was_good_before()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        (await control.ReviseAsync(id, ("Comment", "second"))).Expect(200);
        await fleet.UntilAsync(() => fleet.Versions == "2 2 2 2");
        await fleet.UntilStatusAsync("Complete");

        (await control.CallOwnAsync("POST", "rollout/rollback")).Expect(200);

        Assert.Equal("made by a test", (await control.CallAsync("GET", $"distribution/{id}/config")).Text("Comment"));
        await fleet.UntilAsync(() => fleet.Versions == "3 3 3 3");
    }

    [Fact]
    public async Task A_rollback_that_cannot_take_all_of_it_back_does_nothing_and_says_what()
    {
        await using var control = await StartAsync();
        var (fleet, id) = await FleetAsync(control);
        (await control.CallOwnAsync("POST", "rollout/halt")).Expect(200);
        (await control.ReviseAsync(id, ("Comment", "second"))).Expect(200);
        await fleet.StepAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution("another"))).Expect(201).Text("Id");
        await fleet.StepAsync();

        var detail = (await control.CallOwnAsync("POST", "rollout/rollback")).ExpectProblem(409, "CannotBeTakenBack");

        Assert.Contains($"distribution {created} was created since", detail, StringComparison.Ordinal);
        Assert.Equal("second", (await control.CallAsync("GET", $"distribution/{id}/config")).Text("Comment"));
    }

    [Fact]
    public async Task With_fewer_than_three_edges_every_version_goes_to_all_at_once()
    {
        await using var control = await StartAsync();
        var fleet = new ScriptedFleet(control);
        fleet.Add("a1", "A");
        fleet.Add("b1", "B");
        await fleet.PassAsync(2);
        (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);

        await fleet.UntilAsync(() => fleet.Versions == "1 1");
    }

    [Fact]
    public async Task The_first_wave_passes_over_a_machine_that_is_drained()
    {
        await using var control = await TestControl.StartAsync(static options => TestControl.WithFleet(options) with { Rollout = new RolloutOptions { Mode = RolloutMode.Waves } });
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        foreach (var id in (string[])["edge-1", "edge-2", "edge-3"])
        {
            using var machine = await TestMachine.JoinAsync(control, id: id);
            await machine.ReportAsync();
        }

        (await control.CallOwnAsync("POST", "nodes/edge-1/drain")).Expect(200);
        (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        await control.PassSecondAsync();

        var rolling = (await control.CallOwnAsync("GET", "rollout")).Json();
        Assert.Equal(("Canary", "edge-2"), (rolling.GetProperty("wave").GetString(), Assert.Single(rolling.GetProperty("edges").EnumerateArray()).GetString()));
    }

    /// <summary>Attack: who may only look must not decide which configuration viewers are served by.</summary>
    [Theory]
    [InlineData("halt")]
    [InlineData("resume")]
    [InlineData("expedite")]
    [InlineData("rollback")]
    public async Task A_read_only_key_decides_nothing(string decision)
    {
        await using var control = await StartAsync();
        var (fleet, _) = await FleetAsync(control);
        var key = await control.CreateKeyAsync("ReadOnly");

        (await control.CallOwnAsync("POST", $"rollout/{decision}", key: key)).Expect(403);

        (await control.CallOwnAsync("GET", "rollout", key: key)).Expect(200);
        await fleet.StepAsync();
        Assert.Equal("Complete", (await control.CallOwnAsync("GET", "rollout")).Json().GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_operators_decide_is_in_the_audit_log()
    {
        await using var control = await StartAsync();
        await FleetAsync(control);

        (await control.CallOwnAsync("POST", "rollout/halt", """{"reason":"a quiet weekend"}""")).Expect(200);

        var entry = (await control.CallOwnAsync("GET", "audit?limit=1")).Json().GetProperty("items")[0];
        Assert.Equal(("HaltRollout", "rollout"), (entry.GetProperty("operation").GetString(), entry.GetProperty("resourceId").GetString()));
        Assert.Contains("a quiet weekend", entry.GetProperty("after").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_versions_go_out_at_once_there_is_nothing_to_halt_and_the_last_change_can_be_taken_back()
    {
        await using var control = await TestControl.StartAsync();
        var fleet = new ScriptedFleet(control);
        fleet.Add("a1", "A");
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;
        await fleet.StepAsync();
        (await control.ReviseAsync(id, ("Comment", "second"))).Expect(200);
        await fleet.StepAsync();

        Assert.Contains("--rollout waves", (await control.CallOwnAsync("POST", "rollout/halt")).ExpectProblem(409, "RolloutNotPossible"), StringComparison.Ordinal);
        (await control.CallOwnAsync("POST", "rollout/rollback")).Expect(200);

        Assert.Equal("made by a test", (await control.CallAsync("GET", $"distribution/{id}/config")).Text("Comment"));
    }

    private static Task<TestControl> StartAsync() =>
        TestControl.StartAsync(static options => options with { Rollout = new RolloutOptions { Mode = RolloutMode.Waves, WaveTime = TimeSpan.FromSeconds(WaveSeconds) } });

    /// <summary>Two points of presence with two edges each, which serve version 1 with one distribution.</summary>
    private static async Task<(ScriptedFleet Fleet, string Id)> FleetAsync(TestControl control)
    {
        var fleet = new ScriptedFleet(control);
        foreach (var id in (string[])["a1", "a2", "b1", "b2"])
        {
            fleet.Add(id, id[..1]);
        }

        await fleet.StepAsync();
        var distribution = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;
        await fleet.UntilAsync(() => fleet.Versions == "1 1 1 1");
        await fleet.UntilStatusAsync("Complete");
        return (fleet, distribution);
    }

    private static async Task<string> ReasonAsync(TestControl control) => (await control.CallOwnAsync("GET", "rollout")).Json().GetProperty("reason").GetString()!;
}
