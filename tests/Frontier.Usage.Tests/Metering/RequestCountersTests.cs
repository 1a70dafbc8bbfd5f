// SPDX-License-Identifier: Apache-2.0

using Frontier.Usage.Metering;
using Frontier.Usage.Tests.AccessLogs;

namespace Frontier.Usage.Tests.Metering;

/// <summary>Requests and bytes by result and by status class, counted by many threads at once.</summary>
public sealed class RequestCountersTests
{
    [Fact]
    public void Every_result_and_every_status_class_has_its_own_count()
    {
        var counters = new RequestCounters();
        counters.Record(Of(ResultType.Hit, 200, 100, 1_000));
        counters.Record(Of(ResultType.Hit, 206, 10, 500));
        counters.Record(Of(ResultType.Redirect, 301, 1, 7));
        counters.Record(Of(ResultType.Error, 404, 2, 8));
        counters.Record(Of(ResultType.Error, 0, 3, 0));
        counters.Record(Of(ResultType.Error, 999, 4, 9));
        var totals = counters.Snapshot();
        Assert.Equal(new Traffic(2, 110, 1_500), totals.Of(ResultType.Hit));
        Assert.Equal(new Traffic(1, 1, 7), totals.Of(ResultType.Redirect));
        Assert.Equal(new Traffic(3, 9, 17), totals.Of(ResultType.Error));
        Assert.Equal(default, totals.Of(ResultType.Miss));
        Assert.Equal([new(1, 3, 0), default, new(2, 110, 1_500), new(1, 1, 7), new(1, 2, 8), new(1, 4, 9)], Enumerable.Range(0, 6).Select(totals.OfStatusClass));
        Assert.Equal(new Traffic(6, 120, 1_524), totals.All);
    }

    [Fact]
    public void There_is_a_count_for_every_result_type()
    {
        var counters = new RequestCounters();
        Assert.All(Enum.GetValues<ResultType>(), result =>
        {
            counters.Record(Of(result, 200, 1, 1));
            Assert.Equal(1, counters.Snapshot().Of(result).Requests);
        });
    }

    [Fact]
    public void Nothing_is_lost_between_many_threads_that_come_and_go()
    {
        const int Generations = 3;
        const int Threads = 8;
        const int Each = 20_000;
        var counters = new RequestCounters();
        for (var generation = 0; generation < Generations; generation++)
        {
            var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(Count)).ToArray();
            Array.ForEach(threads, static thread => thread.Start());
            Array.ForEach(threads, static thread => thread.Join());
            var so = (generation + 1L) * Threads * Each;
            Assert.Equal(new Traffic(so, 3 * so, 5 * so), counters.Snapshot().Of(ResultType.Hit));
            Assert.Equal(new Traffic(so, 3 * so, 5 * so), counters.Snapshot().OfStatusClass(2));
        }

        void Count()
        {
            var record = Of(ResultType.Hit, 200, 3, 5);
            for (var i = 0; i < Each; i++)
            {
                counters.Record(record);
            }
        }
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var counters = new RequestCounters();
        var record = Of(ResultType.Hit, 200, 3, 5);
        counters.Record(record); // the thread's cells are made
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            counters.Record(record);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static RequestRecord Of(ResultType result, int status, long received, long sent)
    {
        var record = Records.Of("E1");
        (record.Result, record.Status, record.BytesReceived, record.BytesSent) = (result, status, received, sent);
        return record;
    }
}
