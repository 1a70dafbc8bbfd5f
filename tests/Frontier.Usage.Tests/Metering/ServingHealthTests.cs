// SPDX-License-Identifier: Apache-2.0

using Frontier.Usage.Metering;

namespace Frontier.Usage.Tests.Metering;

/// <summary>What is counted for reports of how a machine fares.</summary>
public sealed class ServingHealthTests
{
    [Fact]
    public void Only_what_went_wrong_here_counts_as_an_error()
    {
        var health = new ServingHealth();
        foreach (var detail in Enum.GetValues<ErrorDetail>())
        {
            health.Record(new RequestRecord { Status = 503, Result = ResultType.Error, Detail = detail });
        }

        var totals = health.Snapshot();
        Assert.Equal((Enum.GetValues<ErrorDetail>().Length, 2), (totals.Requests, totals.OwnErrors)); // InternalError and CapacityExceeded
    }

    [Fact]
    public void Times_are_those_of_hits_alone_and_at_most_an_eighth_too_long()
    {
        var health = new ServingHealth();
        Assert.Equal(0, health.Snapshot().HitMicroseconds(0.5));
        for (var number = 1; number <= 100; number++)
        {
            health.Record(new RequestRecord { Result = ResultType.Hit, TimeToFirstByte = TimeSpan.FromMicroseconds(number * 10) });
            health.Record(new RequestRecord { Result = ResultType.Miss, TimeToFirstByte = TimeSpan.FromSeconds(10) });
        }

        var totals = health.Snapshot();
        Assert.InRange(totals.HitMicroseconds(0.5), 500, 563);
        Assert.InRange(totals.HitMicroseconds(0.99), 990, 1_114);
        Assert.Equal(0, totals.Since(totals).HitMicroseconds(0.99));
        Assert.Equal(0, totals.Since(totals).Requests);
    }

    [Fact]
    public void Every_time_has_a_class_whose_longest_is_no_shorter_and_at_most_an_eighth_longer()
    {
        for (var microseconds = 1L; microseconds < 100_000_000; microseconds += 1 + (microseconds / 7))
        {
            var longest = HitTimes.LongestOf(HitTimes.IndexOf(TimeSpan.FromMicroseconds(microseconds)));
            Assert.InRange(longest, microseconds, Math.Max(microseconds, microseconds * 9 / 8));
        }

        Assert.Equal(HitTimes.Count - 1, HitTimes.IndexOf(TimeSpan.FromHours(1)));
        Assert.Equal(1, HitTimes.IndexOf(TimeSpan.Zero));
        Assert.Equal(1, HitTimes.IndexOf(TimeSpan.FromSeconds(-1)));
    }
}
