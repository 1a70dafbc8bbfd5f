// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Json;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Publishing;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Publishing;

/// <summary>A change to one of many distributions is sent and stored as that one.</summary>
public sealed class SnapshotHistoryTests
{
    [Fact]
    public async Task An_edge_that_has_one_of_the_last_versions_is_told_what_changed_since()
    {
        await using var control = await TestControl.StartAsync();
        var first = (await control.CallAsync("POST", "distribution", Distribution("a"))).Text("Id")!;
        var second = (await control.CallAsync("POST", "distribution", Distribution("b"))).Text("Id")!;
        var known = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        (await control.ReviseAsync(first, ("DefaultRootObject", "new.html"))).Expect(200);
        var third = (await control.CallAsync("POST", "distribution", Distribution("c"))).Text("Id")!;

        var answer = await ReportAsync(control, known.Version, known.CreatedAt);

        Assert.Null(answer.Snapshot);
        Assert.Equal((2L, 4L), (answer.Delta!.BaseVersion, answer.Delta.Version));
        Assert.Equal([first, third], answer.Delta.Distributions.Set.Select(distribution => distribution.Id));
        Assert.Empty(answer.Delta.CachePolicies.Set);
        var next = answer.Delta.ApplyTo(known);
        Assert.Equal([first, second, third], next.Distributions.Select(distribution => distribution.Id));
        Assert.Equal(Json((await control.ReportAsync("other", 0, 0)).Snapshot!), Json(next));
    }

    [Fact]
    public async Task From_a_version_that_is_known_only_the_changes_since_are_applied()
    {
        await using var control = await TestControl.StartAsync();
        var first = (await control.CallAsync("POST", "distribution", Distribution("a"))).Text("Id")!;
        (await control.CallAsync("POST", "distribution", Distribution("b"))).Expect(201);
        var history = new SnapshotHistory(control.Store);
        var known = (await history.ReadAsync(2, null, CancellationToken.None))!;
        (await control.ReviseAsync(first, ("DefaultRootObject", "new.html"))).Expect(200);
        (await control.CallAsync("POST", "distribution", Distribution("c"))).Expect(201);
        var whole = (await history.ReadAsync(4, null, CancellationToken.None))!;

        var read = (await history.ReadAsync(4, known, CancellationToken.None))!;

        Assert.Equal(Json(whole), Json(read));
        Assert.Same(known.Distributions[1], read.Distributions[1]);
        var foreign = known with { CreatedAt = known.CreatedAt.AddSeconds(1), Distributions = [] }; // of that number, in another history
        Assert.Equal(Json(whole), Json((await history.ReadAsync(4, foreign, CancellationToken.None))!));
    }

    [Fact]
    public async Task An_edge_whose_version_is_none_of_ours_gets_the_whole()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "distribution", Distribution("a"))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("b"))).Expect(201);

        // Of that number, but made at another time: by another control plane, or by this one before it was restored.
        var answer = await ReportAsync(control, 1, control.Clock.GetUtcNow().AddSeconds(-1));

        Assert.Null(answer.Delta);
        Assert.Equal(2, answer.Snapshot!.Distributions.Length);
        Assert.NotNull((await ReportAsync(control, 1, null)).Snapshot); // an edge that knows nothing of differences
    }

    [Fact]
    public async Task An_edge_that_has_a_version_of_another_history_is_sent_ours_of_that_number_and_has_acknowledged_nothing()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution("a"))).Expect(201).Text("Id");

        var answer = await ReportAsync(control, 1, control.Clock.GetUtcNow().AddSeconds(-1));

        Assert.Equal(1, answer.Snapshot!.Version);
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
        using var poll = await PostAsync(control, 1, answer.Snapshot.CreatedAt, atOnce: true);
        Assert.Null((await poll.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer))!.Snapshot);
        Assert.Equal("Deployed", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
    }

    [Fact]
    public async Task A_change_to_what_distributions_refer_to_reaches_all_that_refer_to_it_and_only_those()
    {
        await using var control = await TestControl.StartAsync();
        var access = await control.CallAsync("POST", "origin-access-control", OriginAccessControl("oac"));
        (string, string?)[] bucket =
        [
            ("Origins/Items/Origin/DomainName", "pics.s3.amazonaws.com"), ("Origins/Items/Origin/CustomOriginConfig", "<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>"),
            ("Origins/Items/Origin", $"+<OriginAccessControlId>{access.Text("Id")}</OriginAccessControlId>"),
        ];
        var signed = (await control.CallAsync("POST", "distribution", Distribution("a", bucket))).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", "distribution", Distribution("b"))).Expect(201);
        var known = (await control.ReportAsync("e", 0, 0)).Snapshot!;

        (await control.CallAsync("PUT", $"origin-access-control/{access.Text("Id")}/config", OriginAccessControl("oac", signing: "never"), access.ETag)).Expect(200);

        var changed = Assert.Single((await ReportAsync(control, known.Version, known.CreatedAt)).Delta!.Distributions.Set);
        Assert.Equal((signed, OriginSigningBehavior.Never), (changed.Id, changed.Origins[0].S3!.Signing));
    }

    [Fact]
    public async Task What_is_stored_is_mostly_the_difference_and_a_restart_finds_the_same_configuration()
    {
        await using var control = await TestControl.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            (await control.CallAsync("POST", "distribution", Distribution($"r{i}"))).Expect(201);
        }

        var deleted = (await control.CallAsync("POST", "distribution", Distribution("gone"))).Expect(201);
        var disabled = (await control.ReviseAsync(deleted.Text("Id")!, ("Enabled", "false"))).Expect(200);
        await control.AcknowledgeAsync("e", 22, 0);
        (await control.CallAsync("DELETE", $"distribution/{deleted.Text("Id")}", ifMatch: disabled.ETag)).Expect(204);
        var before = (await control.ReportAsync("e", 0, 0)).Snapshot!;

        await control.RestartAsync();

        var after = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(Json(before), Json(after));
        Assert.Equal(20, after.Distributions.Length);
        var rows = await control.StoredSnapshotsAsync();
        Assert.Equal(23, rows.Count);
        Assert.Single(rows, row => !row.Json.StartsWith("{\"baseVersion\":", StringComparison.Ordinal));
        Assert.True(rows.Sum(row => row.Json.Length) < 4 * rows[^1].Json.Length + (25 * 2_000), "Every version is stored whole.");

        // After a start nothing is known to be the same, so the next one is whole again; what follows builds on it.
        (await control.CallAsync("POST", "distribution", Distribution("later"))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("latest"))).Expect(201);
        var last = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        await control.RestartAsync();
        Assert.Equal(Json(last), Json((await control.ReportAsync("e", 0, 0)).Snapshot!));
    }

    private static Task<HttpResponseMessage> PostAsync(TestControl control, long version, DateTimeOffset? createdAt, bool atOnce = false) =>
        control.PostReportAsync(new EdgeReport { EdgeId = "e", Pop = "TST50", SnapshotVersion = version, SnapshotCreatedAt = createdAt, InvalidationPosition = 0, AtOnce = atOnce });

    private static async Task<FeedAnswer> ReportAsync(TestControl control, long version, DateTimeOffset? createdAt)
    {
        using var response = await PostAsync(control, version, createdAt);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer))!;
    }

    private static string Json(ConfigSnapshot snapshot) => JsonSerializer.Serialize(snapshot, ContractsJson.Default.ConfigSnapshot);
}
