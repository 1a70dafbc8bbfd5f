// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Distributions;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Distributions;

/// <summary>An edge between a disk and a control plane of neighbouring formats of the snapshot, as in a rolling upgrade (<c>docs/operations/upgrade.md</c>).</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("format-5")]
    [InlineData("format-6")]
    public async Task An_edge_starts_and_serves_with_what_the_program_before_left_on_its_disk(string format)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/v1/index.html").Reply(200, "golden");
        await edge.StopControlAsync();

        await edge.RestartAsync(between: () => Leave(edge, format));

        Assert.Equal("golden", (await edge.GetAsync("/")).Body); // the root object is of a change since the whole snapshot
        Assert.Equal(403, (await edge.GetAsync("/private/a")).Status); // as ever, nobody has signed
    }

    [Theory]
    [InlineData("format-5")]
    [InlineData("format-6")]
    public void A_machine_finds_the_others_by_the_directory_that_the_program_before_left(string format)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["fleet.json"], GoldenFile.Read($"{format}/fleet.json"));

        var fleet = new FleetFile(directory["fleet.json"]).Load()!;

        Assert.Equal(("fra1", "edge-1", 50), (Assert.Single(fleet.Pops).Name, fleet.Nodes[0].Id, fleet.Nodes[0].Facts.Weight));
    }

    [Theory]
    [InlineData("format-5")]
    [InlineData("format-6")]
    public async Task An_edge_takes_what_a_control_plane_of_the_version_before_answers(string format)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/v1/start.html").Reply(200, "golden");
        using var control = new GoldenControl(GoldenFile.Read($"{format}/answer.json", edge.Origin.Port));

        await edge.RestartAsync(options => options with { ControlTransport = control });
        await Eventually.IsTrueAsync(() => control.Reports.Any(static report => report is { SnapshotVersion: 3, InvalidationPosition: 1 }));

        Assert.Equal("golden", (await edge.GetAsync("/")).Body);
    }

    /// <summary>A later program knows values and lists that this one has no words for.</summary>
    [Theory]
    [InlineData("snapshot", "\"format\":7", "format 7; this program reads up to 6. Install")]
    [InlineData("snapshot", "\"format\":6", "cannot read the snapshot")]
    [InlineData("delta", "\"format\":7", "format 7; this program reads up to 6. Install")]
    public async Task A_configuration_of_a_later_program_is_refused_by_its_version_and_invalidations_beside_it_are_heard(string kind, string format, string fault)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/page").Reply(200, "before", ("Cache-Control", "max-age=600"));
        await edge.GetAsync("/page");
        using var control = new GoldenControl(GoldenFile.Read("later/answer.json", edge.Origin.Port).Replace("\"format\":7", format, StringComparison.Ordinal).Replace("\"snapshot\":", $"\"{kind}\":", StringComparison.Ordinal));

        await edge.RestartAsync(options => options with { ControlTransport = control });
        await Eventually.IsTrueAsync(() => control.Reports.Any(static report => report is { SnapshotVersion: 1, InvalidationPosition: 1 }));

        var refused = control.Reports.Last().Refused!;
        Assert.Equal(3, refused.Version);
        Assert.Contains(fault, Assert.Single(refused.Faults), StringComparison.Ordinal);
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/page")).Cache);
        edge.Errors.Expect(2004);
    }

    [Fact]
    public async Task An_edge_that_goes_back_to_the_program_before_serves_what_was_good_then()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/v1/index.html").Reply(200, "golden");
        await edge.StopControlAsync();

        await edge.RestartAsync(between: () =>
        {
            Leave(edge, "format-6");
            File.Move(Snapshot(edge), Snapshot(edge) + ".before");
            File.Move(Snapshot(edge) + ".deltas", Snapshot(edge) + ".before.deltas");
            File.WriteAllText(Snapshot(edge), GoldenFile.Read("later/snapshot.json"));
        });

        Assert.Equal("golden", (await edge.GetAsync("/")).Body);
    }

    private static string Snapshot(TestEdge edge) => Path.Combine(edge.Directory, "snapshot.json");

    private static void Leave(TestEdge edge, string format)
    {
        foreach (var file in Directory.GetFiles(edge.Directory, "snapshot.json*"))
        {
            File.Delete(file);
        }

        File.WriteAllText(Snapshot(edge), GoldenFile.Read($"{format}/snapshot.json", edge.Origin.Port));
        File.WriteAllText(Snapshot(edge) + ".deltas", GoldenFile.Read($"{format}/snapshot.json.deltas", edge.Origin.Port));
    }
}
