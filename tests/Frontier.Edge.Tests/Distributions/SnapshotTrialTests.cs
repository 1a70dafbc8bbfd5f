// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Edge.Distributions;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Distributions;

/// <summary>A snapshot that ends the process does not end it at every start.</summary>
public sealed class SnapshotTrialTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();

    private string Path => _directory["snapshot.json.trying"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_ended_the_process_while_it_was_loaded_is_not_loaded_again()
    {
        var first = Good(1);
        first.Loading(2);

        var next = new SnapshotTrial(Path, _clock);

        Assert.Equal((true, 2, 1), (next.IsRefused, next.RefusedVersion, next.Newest));
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromMinutes(1), next.RefusedUntil);
        Assert.True(new SnapshotTrial(Path, _clock).IsRefused); // and not at the start after that
    }

    /// <summary>A process may be killed at any time, by whom and for whatever: what was acknowledged is not given up for that.</summary>
    [Fact]
    public void What_ended_it_soon_afterwards_has_one_more_chance()
    {
        var first = Good(1);
        first.Loading(2);
        first.Live(2);

        var second = new SnapshotTrial(Path, _clock);
        Assert.Equal((false, long.MaxValue), (second.IsRefused, second.Newest));
        second.Restored(Snapshot(2));

        var third = new SnapshotTrial(Path, _clock);
        Assert.Equal((true, 2, 1), (third.IsRefused, third.RefusedVersion, third.Newest));
    }

    [Fact]
    public void Each_further_time_it_is_refused_for_longer()
    {
        var trial = Good(1);
        for (var crash = 0; crash < 3; crash++)
        {
            trial.Loading(2);
            trial = new SnapshotTrial(Path, _clock);
            Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromMinutes(Math.Pow(4, crash)), trial.RefusedUntil);
            trial.Restored(Snapshot(1));
        }
    }

    [Fact]
    public void After_five_seconds_it_is_good_and_so_it_is_at_an_orderly_end()
    {
        var first = Good(1);
        first.Loading(2);
        first.Live(2);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(first.Look());
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(first.Look());
        Assert.Equal(2, first.Good);
        Assert.False(File.Exists(Path));

        first.Loading(3);
        first.Live(3);
        Assert.True(first.Look(isEnding: true));
        Assert.False(new SnapshotTrial(Path, _clock).IsRefused);
        Assert.False(File.Exists(Path));
    }

    /// <summary>Changes that never pause must not keep every one of them on trial.</summary>
    [Fact]
    public void Of_many_in_a_row_the_first_is_waited_for_and_then_the_one_that_is_live()
    {
        var trial = Good(1);
        for (var version = 2; version <= 7; version++)
        {
            trial.Loading(version);
            trial.Live(version);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(version == 6, trial.Look());
        }

        Assert.Equal(2, trial.Good);
        trial.Loading(8);
        Assert.Equal(2, new SnapshotTrial(Path, _clock).Newest);
    }

    /// <summary>A rollout that was halted: what was withdrawn must not count as good because time passes.</summary>
    [Fact]
    public void Sent_back_to_an_older_one_it_is_that_one_which_becomes_good()
    {
        var trial = Good(1);
        trial.Loading(2);
        trial.Live(2);
        _clock.Advance(TimeSpan.FromSeconds(4));
        trial.Loading(1);
        trial.Live(1);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(trial.Look());
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(trial.Look());
        Assert.Equal(1, trial.Good);
    }

    [Fact]
    public void One_that_was_refused_for_what_it_says_is_no_crash()
    {
        var first = Good(1);
        first.Loading(2);
        first.Refused();

        Assert.False(new SnapshotTrial(Path, _clock).IsRefused);
    }

    [Fact]
    public void Another_version_is_tried_whatever_became_of_this_one()
    {
        Good(1).Loading(2);
        var next = new SnapshotTrial(Path, _clock);
        next.Restored(Snapshot(1));
        next.Loading(3);
        next.Live(3);
        _clock.Advance(SnapshotTrial.Length);

        Assert.True(next.Look());
        Assert.Equal(3, next.Good);
    }

    [Fact]
    public async Task An_edge_that_crashed_by_a_snapshot_starts_with_the_one_before_and_says_so()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        edge.Control.TellsDifferences = true;
        edge.Configure(static distribution => distribution with { Enabled = false });
        await edge.DeployedAsync();
        Assert.Equal(403, (await edge.GetAsync("/a")).Status);

        // As if it had ended twice by version 2, which is on its disk.
        await edge.RestartAsync(between: () => File.WriteAllText(System.IO.Path.Combine(edge.Directory, "snapshot.json.trying"), """{"version":2,"phase":"Live","crashes":1,"good":1}"""));

        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        await edge.Control.WaitForReportAsync(static report => report is { SnapshotVersion: 1, Refused.Version: 2 });
        Assert.Contains("This edge ended", edge.Control.LastReport!.Refused!.Faults.Single(), StringComparison.Ordinal);
        edge.Errors.Expect(2008);

        edge.Configure();
        await edge.DeployedAsync();
        Assert.Null(edge.Control.LastReport.Refused);
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task The_snapshot_before_a_whole_one_is_kept_until_that_is_good()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        edge.Clock.Advance(SnapshotTrial.Length);
        await edge.Control.InvalidateAsync(TestEdge.Id, "/x"); // an answer, at which it looks
        edge.Configure(static distribution => distribution with { Enabled = false }); // whole, in the place of the one before
        await edge.DeployedAsync();
        var before = System.IO.Path.Combine(edge.Directory, "snapshot.json.before");
        Assert.True(File.Exists(before));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(before));
        File.Copy(before, before + ".copy");

        await edge.StopControlAsync();
        await edge.RestartAsync(between: () =>
        {
            File.Move(before + ".copy", before);
            File.WriteAllText(System.IO.Path.Combine(edge.Directory, "snapshot.json.trying"), """{"version":2,"phase":"Loading","crashes":0,"good":1}""");
        });

        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        edge.Errors.Expect(2008);
    }

    private SnapshotTrial Good(long version)
    {
        var trial = new SnapshotTrial(Path, _clock);
        trial.Restored(Snapshot(version));
        return trial;
    }

    private static ConfigSnapshot Snapshot(long version) => new() { Version = version, CreatedAt = default };
}
