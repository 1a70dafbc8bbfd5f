// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;

namespace Frontier.Caching.Tests.Disk;

public sealed class DiskReadsTests
{
    [Fact]
    public async Task Reads_that_a_disk_does_not_answer_keep_no_other_waiting()
    {
        using var answered = new ManualResetEventSlim();
        var held = Enumerable.Range(0, 4).Select(number => DiskReads.RunAsync(() =>
        {
            answered.Wait();
            return number;
        }).AsTask()).ToArray();

        Assert.Equal(7, await DiskReads.RunAsync(() => 7));
        Assert.DoesNotContain(held, read => read.IsCompleted);

        answered.Set();
        var counts = await Task.WhenAll(held);
        Assert.Equal([0, 1, 2, 3], counts);
    }

    [Fact]
    public async Task More_reads_than_threads_are_made_one_after_the_other()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => DiskReads.RunAsync(() => number).AsTask()));

        Assert.Equal(Enumerable.Range(0, 1_000).Select(number => (long)number), counts);
    }

    [Fact]
    public async Task A_read_that_fails_fails_where_it_is_awaited()
    {
        await Assert.ThrowsAsync<IOException>(async () => await DiskReads.RunAsync(() => throw new IOException("Input/output error.")));

        Assert.Equal(1, await DiskReads.RunAsync(() => 1));
    }
}
