// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Tiers;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>Which parents are left alone, and for how long.</summary>
public sealed class ParentCircuitsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ParentCircuits _circuits;

    public ParentCircuitsTests() => _circuits = new ParentCircuits(_clock);

    [Fact]
    public void One_that_never_failed_is_asked() => Assert.True(_circuits.TryEnter("a") && _circuits.TryEnter("a"));

    [Fact]
    public void One_that_failed_is_left_alone_each_time_for_twice_as_long_up_to_a_minute()
    {
        _circuits.Failed("a");
        foreach (var seconds in new[] { 2, 4, 8, 16, 32, 60, 60 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.False(_circuits.TryEnter("a"));
            _clock.Advance(TimeSpan.FromTicks(1));
            Assert.True(_circuits.TryEnter("a"));
            _circuits.Failed("a");
        }
    }

    [Fact]
    public void One_request_finds_out_and_the_others_go_past_until_it_has()
    {
        _circuits.Failed("a");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_circuits.TryEnter("a"));
        Assert.False(_circuits.TryEnter("a"));
        Assert.True(_circuits.IsDown("a"));
        _circuits.Succeeded("a");
        Assert.True(_circuits.TryEnter("a") && _circuits.TryEnter("a"));
        Assert.False(_circuits.IsDown("a"));
    }

    [Fact]
    public void Where_that_one_gives_up_the_next_one_finds_out()
    {
        _circuits.Failed("a");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_circuits.TryEnter("a"));
        _circuits.GaveUp("a");
        Assert.True(_circuits.TryEnter("a"));
    }

    [Fact]
    public void A_crowd_that_fails_together_counts_once()
    {
        for (var i = 0; i < 50; i++)
        {
            _circuits.Failed("a");
        }

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_circuits.TryEnter("a"));
    }

    [Fact]
    public void As_many_are_remembered_as_may_be_and_no_more()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _circuits.Failed($"n{i}");
        }

        Assert.False(_circuits.TryEnter("n0"));
        Assert.True(_circuits.TryEnter("n1999"));
    }

    [Fact]
    public void A_key_is_repeated_within_ten_minutes_and_not_after()
    {
        var recent = new RecentKeys(_clock);
        Assert.False(recent.IsRepeated(0x1234_5678_0000_0001));
        Assert.False(recent.IsRepeated(0x8765_4321_0000_0002));
        Assert.False(recent.IsRepeated(0x9999_9999_0000_0002)); // takes the place of the one before
        Assert.False(recent.IsRepeated(0x8765_4321_0000_0002));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(recent.IsRepeated(0x1234_5678_0000_0001));
        _clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.False(recent.IsRepeated(0x1234_5678_0000_0001));
    }
}
