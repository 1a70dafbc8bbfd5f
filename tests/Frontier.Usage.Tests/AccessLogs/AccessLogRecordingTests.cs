// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage.AccessLogs;

namespace Frontier.Usage.Tests.AccessLogs;

/// <summary>The way of a line from the thread of its request to the writer: nothing lost, nothing waited for, and all bounds kept.</summary>
public sealed class AccessLogRecordingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private AccessLogOptions Options => new() { Directory = _directory.Path, ThreadBufferBytes = 1 << 24 };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_line_can_be_read_soon_after_its_request_and_so_can_the_next()
    {
        await using var log = new AccessLog(Options);
        for (var i = 1; i <= 20; i++)
        {
            log.Record(Records.Of("E1"));
            await Eventually.IsTrueAsync(() => Lines().Length == i);
        }
    }

    [Fact]
    public async Task Many_threads_record_at_once_and_each_finds_its_lines_in_order()
    {
        const int Threads = 8;
        const int Each = 5_000;
        var log = new AccessLog(Options);
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                log.Record(Records.Of("E1", $"/{thread}/{i}"));
            }
        })).ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        await log.DisposeAsync();
        Assert.Equal(0, log.Dropped);
        var paths = Lines().Select(static line => line.Split('\t')[7].Split('/')).ToLookup(static parts => parts[1], static parts => parts[2]);
        Assert.Equal(Threads, paths.Count);
        Assert.All(paths, static thread => Assert.Equal(Enumerable.Range(0, Each).Select(static i => $"{i}"), thread));
    }

    [Fact]
    public async Task Threads_that_come_and_go_hand_their_buffers_on()
    {
        var log = new AccessLog(Options with { MaxThreads = 2, ThreadBufferBytes = 4_096 });
        for (var i = 0; i < 50; i++)
        {
            var thread = new Thread(() => log.Record(Records.Of("E1", $"/{i}")));
            thread.Start();
            thread.Join();
            await Eventually.IsTrueAsync(() => Lines().Length == i + 1);
        }

        await log.DisposeAsync();
        Assert.Equal(0, log.Dropped);
    }

    [Fact]
    public async Task A_buffer_that_is_full_drops_and_counts_and_never_blocks()
    {
        var log = new AccessLog(Options with { ThreadBufferBytes = 2_048 });
        for (var i = 0; i < 20_000; i++)
        {
            log.Record(Records.Of("E1", $"/{i}"));
        }

        await log.DisposeAsync();
        Assert.Equal(20_000, Lines().Length + log.Dropped);
        Assert.InRange(log.Dropped, 1, 19_999);
    }

    [Fact]
    public async Task Threads_beyond_the_bound_lose_their_lines_and_no_one_elses()
    {
        var log = new AccessLog(Options with { MaxThreads = 1 });
        log.Record(Records.Of("E1", "/first"));
        using var recorded = new ManualResetEventSlim();
        var second = new Thread(() =>
        {
            log.Record(Records.Of("E1", "/second"));
            recorded.Set();
        });
        second.Start();
        recorded.Wait(ScriptedOrigin.Patience);
        second.Join();
        log.Record(Records.Of("E1", "/third"));
        await log.DisposeAsync();
        Assert.Equal(1, log.Dropped);
        Assert.Equal(["/first", "/third"], Lines().Select(static line => line.Split('\t')[7]));
    }

    [Fact]
    public async Task A_line_that_does_not_fit_is_dropped_and_counted_and_the_next_one_is_not()
    {
        var log = new AccessLog(Options with { ThreadBufferBytes = 2_048 });
        log.Record(Records.Of("E1", "/" + new string('x', 4_096)));
        log.Record(Records.Of("E1", "/short"));
        await log.DisposeAsync();
        Assert.Equal(1, log.Dropped);
        Assert.Single(Lines());
    }

    [Fact]
    public async Task What_is_recorded_after_the_end_is_counted_as_lost()
    {
        var log = new AccessLog(Options);
        log.Record(Records.Of("E1"));
        await log.DisposeAsync();
        log.Record(Records.Of("E1"));
        Assert.Equal(1, log.Dropped);
        Assert.Single(Lines());
    }

    [Fact]
    public async Task A_buffer_that_is_half_full_ends_the_writers_pause()
    {
        await using var log = new AccessLog(Options with { ThreadBufferBytes = 64 * 1_024, Pause = TimeSpan.FromHours(1) });
        log.Record(Records.Of("E1", "/0"));
        await Eventually.IsTrueAsync(() => Lines().Length == 1); // and now it pauses
        for (var i = 1; i <= 200; i++)
        {
            log.Record(Records.Of("E1", $"/{i}")); // about 200 bytes each: the half is passed at the 165th
        }

        await Eventually.IsTrueAsync(() => Lines().Length > 150);
        Assert.Equal(0, log.Dropped);
    }

    [Fact]
    public async Task The_end_waits_for_no_pause()
    {
        var log = new AccessLog(Options with { Pause = TimeSpan.FromHours(1) });
        log.Record(Records.Of("E1", "/0"));
        await Eventually.IsTrueAsync(() => Lines().Length == 1);
        log.Record(Records.Of("E1", "/1"));
        await log.DisposeAsync().AsTask().WaitAsync(ScriptedOrigin.Patience);
        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public async Task Recording_allocates_nothing()
    {
        await using var log = new AccessLog(Options);
        var record = Records.OfBrowser();
        Record(10); // the thread's ring is made
        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(10_000);

        // Waking a writer that sleeps may cost a few bytes; a record that did would cost at least 24 each time.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);

        void Record(int times)
        {
            for (var i = 0; i < times; i++)
            {
                log.Record(record);
            }
        }
    }

    /// <summary>Without the two of the header, nor one that is being written.</summary>
    private string[] Lines()
    {
        var path = _directory["E1.2026-08-07-12.log"];
        if (!File.Exists(path))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)];
    }
}
