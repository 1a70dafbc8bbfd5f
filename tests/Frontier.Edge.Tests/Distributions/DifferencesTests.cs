// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Distributions;

/// <summary>A change that comes as a difference is as good as the whole: live, on disk, and after a restart.</summary>
public sealed class DifferencesTests
{
    [Fact]
    public async Task A_difference_goes_live_is_acknowledged_and_survives_a_restart_without_the_control_plane()
    {
        await using var edge = await StartAsync();
        for (var version = 2; version <= 4; version++)
        {
            await ChangeAsync(edge, version);
            Assert.Equal($"body {version}", (await edge.GetAsync("/a")).Body);
        }

        Assert.Equal(3, edge.Control.DifferencesTold);
        Assert.Equal(3, (await File.ReadAllLinesAsync(Deltas(edge))).Length); // beside the whole first version
        await edge.StopControlAsync();
        await edge.RestartAsync();
        Assert.Equal("body 4", (await edge.GetAsync("/a")).Body);
    }

    [Theory]
    [InlineData(0.5, "body 3")]
    [InlineData(1, "body 4")]
    public async Task A_difference_that_a_crash_has_torn_is_passed_over(double kept, string body)
    {
        await using var edge = await StartAsync();
        await ChangeAsync(edge, 2);
        await ChangeAsync(edge, 3);
        await ChangeAsync(edge, 4);
        await edge.StopControlAsync();
        var lines = await File.ReadAllLinesAsync(Deltas(edge));
        await File.WriteAllTextAsync(Deltas(edge), $"{lines[0]}\n{lines[1]}\n{lines[2][..(int)(lines[2].Length * kept)]}");

        await edge.RestartAsync();

        Assert.Equal(body, (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task Differences_left_from_before_a_whole_snapshot_are_passed_over()
    {
        await using var edge = await StartAsync();
        await ChangeAsync(edge, 2);
        await ChangeAsync(edge, 3);
        var older = await File.ReadAllTextAsync(Deltas(edge));
        edge.Control.TellsDifferences = false;
        await ChangeAsync(edge, 4);
        Assert.False(File.Exists(Deltas(edge)));
        await edge.StopControlAsync();
        await File.WriteAllTextAsync(Deltas(edge), older);

        await edge.RestartAsync();

        Assert.Equal("body 4", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task A_difference_that_does_not_compile_is_refused_and_a_later_one_builds_on_what_serves()
    {
        await using var edge = await StartAsync();
        edge.Configure(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = "none" } });
        await edge.DeployedAsync();
        Assert.Equal((2L, 1L), (edge.Control.LastReport!.Refused!.Version, edge.Control.LastReport.SnapshotVersion));
        edge.Errors.Expect(2004);

        await ChangeAsync(edge, 3);

        Assert.Equal("body 3", (await edge.GetAsync("/a")).Body);
        Assert.Equal(2, edge.Control.DifferencesTold);
    }

    [Fact]
    public async Task The_files_hold_signing_keys_and_are_their_owners_alone()
    {
        await using var edge = await StartAsync();
        await ChangeAsync(edge, 2);
        await ChangeAsync(edge, 3);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal((owner, owner), (File.GetUnixFileMode(Deltas(edge)), File.GetUnixFileMode(Path.Combine(edge.Directory, "snapshot.json"))));
    }

    private static async Task<TestEdge> StartAsync()
    {
        var edge = await TestEdge.StartAsync();
        edge.Control.TellsDifferences = true;
        return edge;
    }

    private static async Task ChangeAsync(TestEdge edge, int version)
    {
        edge.Origin.On($"/v{version}/a").Reply(200, $"body {version}");
        edge.Configure(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled }, Origins = [edge.OriginConfig() with { Path = $"/v{version}" }] });
        await edge.DeployedAsync();
    }

    private static string Deltas(TestEdge edge) => Path.Combine(edge.Directory, "snapshot.json.deltas");
}
