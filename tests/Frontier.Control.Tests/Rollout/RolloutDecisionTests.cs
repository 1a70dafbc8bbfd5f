// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Rollout;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Rollout;

/// <summary>What becomes of a rollout, decision by decision.</summary>
public sealed class RolloutDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly RolloutOptions Options = new() { Mode = RolloutMode.Waves };
    private static readonly FrozenSet<string> Nobody = FrozenSet<string>.Empty;
    private static readonly RolloutState Idle = RolloutState.Everywhere(5, 4, Now);
    private static readonly RolloutState Canary = RolloutDecision.Begin(Idle, 6, Edges("c:X:5", "a:X:5", "b:Y:5"), Nobody, Now);

    [Fact]
    public void The_first_wave_is_the_same_edge_whatever_the_order_they_are_named_in()
    {
        Assert.Equal(("a", "X", RolloutWave.Canary, 6, 5), (Canary.Canary, Canary.Pop, Canary.Wave, Canary.Target, Canary.Good));
        Assert.Equal("a", RolloutDecision.Begin(Idle, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), Nobody, Now).Canary);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a b", "c")]
    [InlineData("a b c", "a")] // nobody is left, and somebody must be the first
    public void The_first_wave_is_no_edge_whose_viewers_are_sent_elsewhere(string draining, string canary)
    {
        var begun = RolloutDecision.Begin(Idle, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), draining.Split(' ').ToFrozenSet(), Now);

        Assert.Equal(canary, begun.Canary);
        Assert.Equal([canary], begun.Edges);
    }

    [Fact]
    public void Nothing_changes_without_a_reason()
    {
        Assert.Same(Idle, Next(Idle, 5, Edges("a:X:5", "b:Y:5", "c:X:5")));
        Assert.Same(Canary, Next(Canary, 9, Edges("a:X:5", "b:Y:5", "c:X:5"))); // it has not taken it yet, and newer ones wait
        var halted = Canary with { Halted = "why" };
        Assert.Same(halted, Next(halted, 9, Edges()));
    }

    [Fact]
    public void A_wave_lasts_from_when_all_of_it_serve_the_version()
    {
        var serving = Next(Canary, 6, Edges("a:X:6", "b:Y:5", "c:X:5"), seconds: 20);
        Assert.Equal((RolloutWave.Canary, Now.AddSeconds(20)), (serving.Wave, serving.ServedSince));
        Assert.Same(serving, Next(serving, 6, Edges("a:X:6", "b:Y:5", "c:X:5"), seconds: 49));

        var pop = Next(serving, 6, Edges("a:X:6", "b:Y:5", "c:X:5"), seconds: 50);
        Assert.Equal(RolloutWave.Pop, pop.Wave);
        Assert.Equal(["a", "c"], pop.Edges);

        var popServing = Next(pop, 6, Edges("a:X:6", "b:Y:5", "c:X:6"), seconds: 51);
        var all = Next(popServing, 6, Edges("a:X:6", "b:Y:5", "c:X:6"), seconds: 81);
        Assert.Equal((RolloutWave.All, 6, 5), (all.Wave, all.Good, all.Before));
    }

    [Theory]
    [InlineData("a:X:6", "b:Y:5", "c:Z:5")] // nobody else there
    [InlineData("a:X:6", "b:X:5", "c:X:5")] // nobody anywhere else
    public void A_point_of_presence_that_is_no_wave_of_its_own_is_left_out(params string[] edges)
    {
        var serving = Canary with { ServedSince = Now };

        Assert.Equal(RolloutWave.All, Next(serving, 6, Edges(edges), seconds: 30).Wave);
    }

    [Fact]
    public void An_edge_that_serves_the_version_no_more_starts_the_time_anew()
    {
        var serving = Canary with { ServedSince = Now };

        Assert.Null(Next(serving, 6, Edges("a:X:0", "b:Y:5", "c:X:5"), seconds: 5).ServedSince);
    }

    [Fact]
    public void Halted_it_is_by_silence_by_slowness_and_by_refusal()
    {
        Assert.Contains("a has not been heard of", Next(Canary, 6, Edges("b:Y:5", "c:X:5")).Halted, StringComparison.Ordinal);
        Assert.Null(Next(Canary, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), seconds: 60).Halted);
        Assert.Contains("a did not take it within 60 seconds", Next(Canary, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), seconds: 61).Halted, StringComparison.Ordinal);
        Assert.Contains("a refused it: no", Next(Canary, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), observed: new EdgeObservation("a", new SnapshotRefusal(6, ["no"]), default, default)).Halted, StringComparison.Ordinal);
        Assert.Null(Next(Canary, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), observed: new EdgeObservation("a", new SnapshotRefusal(4, ["no"]), default, default)).Halted); // of long ago
    }

    [Theory]
    [InlineData(1_000, 10, 1_000, 1_000, 20, 1_000, false)] // one percent more is allowed
    [InlineData(1_000, 10, 1_000, 1_000, 21, 1_000, true)]
    [InlineData(1_000, 0, 1_000, 99, 99, 1_000, false)] // too few to prove anything
    [InlineData(0, 0, 0, 1_000, 11, 0, true)] // errors need nothing to compare with
    [InlineData(1_000, 0, 1_000, 1_000, 0, 6_000, false)] // five milliseconds more are noise
    [InlineData(1_000, 0, 1_000, 1_000, 0, 6_001, true)]
    [InlineData(1_000, 0, 20_000, 1_000, 0, 40_000, false)] // twice is allowed
    [InlineData(1_000, 0, 20_000, 1_000, 0, 40_001, true)]
    [InlineData(99, 0, 1_000, 1_000, 0, 90_000, false)] // nothing to compare with
    [InlineData(1_000, 0, 0, 1_000, 0, 90_000, false)]
    public void An_edge_fares_worse_by_these_bounds(long requests, long errors, double p99, long newRequests, long newErrors, double newP99, bool isHalted)
    {
        var observed = new EdgeObservation("a", null, new HealthSum(requests, errors, p99), new HealthSum(newRequests, newErrors, newP99));

        Assert.Equal(isHalted, Next(Canary, 6, Edges("a:X:6", "b:Y:5", "c:X:5"), observed: observed).Halted is not null);
        Assert.Null(Next(Canary, 6, Edges("a:X:5", "b:Y:5", "c:X:5"), observed: observed).Halted); // it does not serve the version, so it is not its fault
    }

    [Fact]
    public void Health_is_kept_apart_by_version_and_forgets_what_is_long_past()
    {
        var record = new HealthRecord();
        for (var report = 0; report < 100; report++)
        {
            record.Add(1, new NodeHealth { Requests = 10, ServerErrors = report < 50 ? 10 : 0, HitP99Microseconds = 100 });
        }

        record.Add(2, new NodeHealth { Requests = 10, HitP99Microseconds = 340 }); // of the time before it
        record.Add(2, new NodeHealth { Requests = 30, ServerErrors = 3, HitP99Microseconds = 1_000 });
        record.Add(2, new NodeHealth { Requests = 10, HitP99Microseconds = 0 });
        record.Add(2, new NodeHealth { Requests = -1 });
        record.Add(2, null);

        Assert.Equal(new HealthSum(240, 0, 110), record.Before);
        Assert.Equal(new HealthSum(40, 3, 1_000), record.Now);
    }

    [Fact]
    public void The_state_survives_the_store()
    {
        var state = Canary with { ServedSince = Now, Halted = "why" };
        var read = RolloutState.Parse(state.ToJson());

        Assert.Equal(state.Edges, read.Edges);
        Assert.Equal(state, read with { Edges = state.Edges });
        Assert.Equal(state.ToJson(), read.ToJson());
    }

    private static RolloutState Next(RolloutState state, long newest, ImmutableArray<EdgeRow> edges, int seconds = 1, params ImmutableArray<EdgeObservation> observed) =>
        RolloutDecision.Next(state, newest, edges, Nobody, observed, Now.AddSeconds(seconds), Options);

    /// <summary>Each as id:pop:version.</summary>
    private static ImmutableArray<EdgeRow> Edges(params string[] edges) =>
        [.. edges.Select(static edge => edge.Split(':')).Select(static parts => new EdgeRow(parts[0], parts[1], long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture), 0))];
}
