// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Limits;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Limits;

/// <summary>A rate is never exceeded, whoever takes of it and in whatever steps.</summary>
public sealed class RateBucketTests
{
    [Fact]
    public void In_no_span_of_time_more_is_taken_than_the_rate_brings_and_the_burst_has_saved() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 500)), Arb.From(Gen.Choose(0, 3).Two().ArrayOf(200)), static (perSecond, steps) =>
        {
            var rate = new Rate(perSecond);
            var bucket = default(RateBucket);
            var seconds = 0L;
            var taken = new List<(long At, int Count)>();
            foreach (var (pass, size) in steps)
            {
                seconds += pass == 3 ? 1 : 0;
                var count = 1 + (size * perSecond / 2);
                if (bucket.TryTake(rate, count, seconds))
                {
                    taken.Add((seconds, count));
                }
            }

            for (var from = 0; from < taken.Count; from++)
            {
                var sum = 0L;
                for (var to = from; to < taken.Count; to++)
                {
                    sum += taken[to].Count;
                    if (sum > (long)(taken[to].At - taken[from].At + Rate.BurstSeconds) * perSecond + 1)
                    {
                        return false;
                    }
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_stays_under_the_rate_is_never_refused()
    {
        var rate = new Rate(7);
        var bucket = default(RateBucket);
        for (var second = 0; second < 1_000; second++)
        {
            for (var i = 0; i < 7; i++)
            {
                Assert.True(bucket.TryTake(rate, 1, second));
            }
        }
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        var rate = new Rate(10);
        var bucket = default(RateBucket);
        Assert.True(bucket.TryTake(rate, 50, 0));
        Assert.False(bucket.TryTake(rate, 1, 0));
        bucket.GiveBack(rate, 20);
        Assert.True(bucket.TryTake(rate, 20, 0));
        Assert.False(bucket.TryTake(rate, 1, 0));
    }

    [Fact]
    public async Task Threads_that_take_at_the_same_time_get_no_more_than_one_alone_would()
    {
        var rate = new Rate(10_000);
        var holder = new Holder();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var mine = 0;
            for (var i = 0; i < 20_000; i++)
            {
                mine += holder.Bucket.TryTake(rate, 1, 0) ? 1 : 0;
            }

            return mine;
        })));
        Assert.Equal(10_000 * Rate.BurstSeconds, taken.Sum());
    }

    private sealed class Holder
    {
        public RateBucket Bucket;
    }
}
