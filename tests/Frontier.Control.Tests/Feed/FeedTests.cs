// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Feed;

/// <summary>The edges' long poll, and what their acknowledgements bring about (§5.3).</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Only_who_has_the_token_is_let_to_the_feed_and_anybody_may_ask_for_health()
    {
        await using var control = await TestControl.StartAsync();
        var report = new EdgeReport { EdgeId = "e", Pop = "P", SnapshotVersion = 0, InvalidationPosition = 0 };

        using var refused = await control.PostReportAsync(report, "another-token-altogether");
        using var malformed = await control.PostReportAsync(report with { EdgeId = "" });
        using var health = await control.GetAsync("/frontier/v1/health");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal("ok", await health.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_waiting_edge_is_woken_by_a_change_and_by_an_invalidation_without_the_clock_moving()
    {
        await using var control = await TestControl.StartAsync();
        var waiting = control.ReportAsync("e", 0, 0);

        var id = (await control.CallAsync("POST", "distribution", Distribution())).Text("Id")!;
        var snapshot = (await waiting).Snapshot!;
        waiting = control.ReportAsync("e", 1, 0);
        await control.CallAsync("POST", $"distribution/{id}/invalidation", Invalidation("r", "/a*"));
        var answer = await waiting;

        Assert.Equal(1, snapshot.Version);
        Assert.Equal(id, snapshot.Distributions.Single().Id);
        Assert.Null(answer.Snapshot);
        Assert.Equal(["/a*"], answer.Invalidations.Single().Paths);
        Assert.Equal((1, 1, 1), (answer.Invalidations.Single().Sequence, answer.LogEnd, answer.OldestKept));
    }

    [Fact]
    public async Task An_edge_that_lacks_nothing_is_answered_empty_after_the_longest_wait()
    {
        await using var control = await TestControl.StartAsync();
        var waiting = control.ReportAsync("e", 0, 0);
        await Eventually.IsTrueAsync(() =>
        {
            control.Clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(waiting.IsCompleted);
        });

        var answer = await waiting;

        Assert.Null(answer.Snapshot);
        Assert.Empty(answer.Invalidations);
    }

    [Fact]
    public async Task A_distribution_is_deployed_when_every_edge_in_service_serves_it()
    {
        await using var control = await TestControl.StartAsync();
        var slow = control.ReportAsync("slow", 0, 0);
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");
        await slow;
        var fast = control.ReportAsync("fast", 1, 0);
        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));

        slow = control.ReportAsync("slow", 1, 0);

        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", path)).Text("Status") == "Deployed");
        Assert.False(fast.IsCompleted || slow.IsCompleted);
    }

    [Fact]
    public async Task Without_an_edge_in_service_nothing_is_deployed()
    {
        await using var control = await TestControl.StartAsync();
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");

        control.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));
    }

    [Fact]
    public async Task An_edge_gone_silent_is_waited_for_no_longer()
    {
        await using var control = await TestControl.StartAsync();
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");
        await control.ReportAsync("dying", 0, 0);
        var alive = control.ReportAsync("alive", 1, 0);
        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));

        control.Clock.Advance(TimeSpan.FromSeconds(10));
        await alive;
        alive = control.ReportAsync("alive", 1, 0);
        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", path)).Status == 200 && (await control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default)).Length == 2);
        control.Clock.Advance(TimeSpan.FromSeconds(6));

        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", path)).Text("Status") == "Deployed");
        await alive;
    }

    /// <summary>A machine without power leaves its connection open: only what it says counts.</summary>
    [Fact]
    public async Task An_edge_is_heard_when_its_report_arrives_and_not_while_that_waits()
    {
        await using var control = await TestControl.StartAsync(static options => options with { EdgeSilence = TimeSpan.FromSeconds(4) });
        (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var dead = control.ReportAsync("dead", 1, 0);
        await Eventually.IsTrueAsync(async () => (await control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default)).Length == 1);

        control.Clock.Advance(TimeSpan.FromSeconds(4.5));
        Assert.False(dead.IsCompleted); // its connection is open still
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution("ref-2"))).Text("Id");
        await dead; // sent out, and nobody there to hear it
        var alive = control.ReportAsync("alive", 2, 0);

        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", path)).Text("Status") == "Deployed");
        Assert.False(alive.IsCompleted);
    }

    [Fact]
    public async Task An_edge_says_how_long_its_report_waits_and_is_told_how_long_it_is_waited_for()
    {
        await using var control = await TestControl.StartAsync();
        var began = control.Clock.GetUtcNow();
        var waiting = control.PostReportAsync(new EdgeReport { EdgeId = "e", Pop = "P", SnapshotVersion = 0, InvalidationPosition = 0, WaitMilliseconds = 1_000 });
        await Eventually.IsTrueAsync(() =>
        {
            control.Clock.Advance(TimeSpan.FromMilliseconds(20));
            return waiting.IsCompleted;
        });

        using var response = await waiting;
        Assert.InRange(control.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4.5)); // of itself it is five
        var answer = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer))!;
        Assert.Equal((int)TestControl.DefaultOptions.EdgeSilence.TotalMilliseconds, answer.SilenceMilliseconds);
        Assert.Equal(control.Address.Port, answer.ApiPort); // which no origin may be
    }

    /// <summary>A restart must not make the first edge that speaks the only one that counts.</summary>
    [Fact]
    public async Task After_a_restart_edges_of_before_are_waited_for()
    {
        await using var control = await TestControl.StartAsync();
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");
        await control.ReportAsync("one", 0, 0);
        await control.ReportAsync("two", 0, 0);

        await control.RestartAsync();
        var one = control.ReportAsync("one", 1, 0);
        await Task.WhenAny(one, control.CallAsync("GET", path));
        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));
        _ = control.ReportAsync("two", 1, 0);

        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", path)).Text("Status") == "Deployed");
    }

    [Fact]
    public async Task A_snapshot_that_was_refused_is_not_sent_again_and_does_not_count_as_deployed()
    {
        await using var control = await TestControl.StartAsync();
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");

        var waiting = control.ReportAsync("e", 0, 0, new SnapshotRefusal(1, ["not to my taste"]));

        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));
        Assert.False(waiting.IsCompleted);
        await control.CallAsync("POST", "distribution", Distribution("ref-2"));
        Assert.Equal(2, (await waiting).Snapshot!.Version);
    }

    [Fact]
    public async Task An_invalidation_is_completed_when_every_edge_in_service_has_applied_it()
    {
        await using var control = await TestControl.StartAsync();
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");
        await control.ReportAsync("e", 0, 0);
        var invalidation = (await control.CallAsync("POST", path + "/invalidation", Invalidation("r", "/a"))).Text("Id");
        Assert.Equal("1", (await control.CallAsync("GET", path)).Text("InProgressInvalidationBatches"));
        await control.ReportAsync("e", 1, 0);
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"{path}/invalidation/{invalidation}")).Text("Status"));

        _ = control.ReportAsync("e", 1, 1);

        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", $"{path}/invalidation/{invalidation}")).Text("Status") == "Completed");
        Assert.Equal("0", (await control.CallAsync("GET", path)).Text("InProgressInvalidationBatches"));
    }

    /// <summary>A position earned with another control plane's log acknowledges nothing of this one.</summary>
    [Fact]
    public async Task A_position_beyond_the_log_acknowledges_nothing()
    {
        await using var control = await TestControl.StartAsync();
        var path = "distribution/" + (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");
        var invalidation = (await control.CallAsync("POST", path + "/invalidation", Invalidation("r", "/a"))).Text("Id");

        var first = await control.ReportAsync("foreign", 99, 99);

        Assert.Equal(1, first.Snapshot!.Version);
        Assert.Equal(1, first.LogEnd);
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"{path}/invalidation/{invalidation}")).Text("Status"));
        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));
    }
}
