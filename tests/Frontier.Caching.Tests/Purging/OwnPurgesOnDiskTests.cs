// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;
using Frontier.Caching.Purging;
using Frontier.Caching.Tests.Disk;
using Frontier.Testing;

namespace Frontier.Caching.Tests.Purging;

/// <summary>What becomes of the cache's own purges when it stops, crashes, or cannot write.</summary>
public sealed class OwnPurgesOnDiskTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _copy = new();

    public void Dispose()
    {
        _directory.Dispose();
        _copy.Dispose();
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(3_000_000, false)]
    [InlineData(3_000_000, true)]
    public async Task They_hold_across_an_orderly_stop_and_a_crash_once_they_are_written(int length, bool crashes)
    {
        await using (var cache = await OpenAsync())
        {
            await PutOnDiskAsync(cache, "/a", length);
            await PutOnDiskAsync(cache, "/kept", length);
            await cache.ApplyAsync([Given.Purge(7, "/x")], CancellationToken.None);
            cache.PurgeTarget(Given.Key("/a"));
            if (crashes)
            {
                await Eventually.IsTrueAsync(() => cache.Statistics.PurgesUnwritten == 0);
                Crash.Copy(_directory.Path, _copy.Path);
            }
        }

        // Twice: from what was appended, and from what the first start has rewritten.
        for (var start = 0; start < 2; start++)
        {
            await using var again = await OpenAsync(crashes ? _copy.Path : _directory.Path);
            Assert.Equal(7, again.Position);
            Assert.Equal(MissReason.Changed, (await again.PeekAsync(Given.Key("/a"))).Reason);
            Assert.NotNull(await Given.Get(again, Given.Key("/kept")));
        }

        await using var last = await OpenAsync(crashes ? _copy.Path : _directory.Path);
        Assert.Null(await Given.Get(last, Given.Key("/a")));
    }

    [Fact]
    public async Task A_crash_that_lost_some_never_makes_a_later_purge_pass_for_an_earlier_one()
    {
        await using (var cache = await OpenAsync())
        {
            var before = File.ReadAllBytes(_directory["purges.journal"]);
            await PutOnDiskAsync(cache, "/old", 10);
            for (var i = 0; i < 100; i++)
            {
                cache.PurgeTarget(Given.Key("/old"));
            }

            await PutOnDiskAsync(cache, "/new", 10); // knows a hundred purges that the next start does not
            Crash.Copy(_directory.Path, _copy.Path);
            File.WriteAllBytes(_copy["purges.journal"], before);
        }

        await using var again = await OpenAsync(_copy.Path);
        Assert.NotNull(await Given.Get(again, Given.Key("/old"))); // undone by the crash, as it is documented
        using (var held = (await again.FindAsync(Given.Key("/new"), CancellationToken.None)).Object)
        {
            Assert.NotNull(held);
            Assert.True(held.Head.FillSequence < again.FillSequence);
        }

        again.PurgeTarget(Given.Key("/new"));
        Assert.Null(await Given.Get(again, Given.Key("/new")));
        await again.ApplyAsync([Given.Purge(1, "/old")], CancellationToken.None);
        Assert.Null(await Given.Get(again, Given.Key("/old")));
    }

    [Fact]
    public async Task A_purge_of_the_log_takes_those_before_it_to_disk_with_it()
    {
        await using (var cache = await OpenAsync())
        {
            await PutOnDiskAsync(cache, "/a", 10);
            cache.PurgeTarget(Given.Key("/a"));
            await cache.ApplyAsync([Given.Purge(1, "/b")], CancellationToken.None);
            Assert.Equal(0, cache.Statistics.PurgesUnwritten);
            Crash.Copy(_directory.Path, _copy.Path);
        }

        await using var again = await OpenAsync(_copy.Path);
        Assert.Equal(1, again.Position);
        Assert.Null(await Given.Get(again, Given.Key("/a")));
    }

    [Fact]
    public async Task Nobody_waits_for_the_disk_and_what_comes_together_is_flushed_together()
    {
        var disk = new BrokenDisk();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cache = await HttpCache.OpenAsync(Given.OnDisk(_directory.Path), new ManualTimeProvider(Given.Noon), disk, CancellationToken.None);
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        var flushes = disk.Flushes;
        disk.Writing = held.Task;
        for (var i = 0; i < 1_000; i++)
        {
            cache.PurgeTarget(Given.Key($"/{i}"));
        }

        cache.PurgeTarget(Given.Key("/a"));
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.Equal(1_001, cache.Statistics.PurgesUnwritten);
        held.SetResult();
        await Eventually.IsTrueAsync(() => cache.Statistics.PurgesUnwritten == 0);
        Assert.InRange(disk.Flushes - flushes, 1, 2); // the one that was held, and one for all that came meanwhile
    }

    [Fact]
    public async Task They_hold_although_the_disk_refuses_them_and_are_written_when_it_does_not()
    {
        var disk = new BrokenDisk();
        await using (var cache = await HttpCache.OpenAsync(Given.OnDisk(_directory.Path), new ManualTimeProvider(Given.Noon), disk, CancellationToken.None))
        {
            await PutOnDiskAsync(cache, "/a", 10);
            disk.RefusesWrites = true;
            cache.PurgeTarget(Given.Key("/a"));
            await Eventually.IsTrueAsync(() => cache.Statistics.DiskErrors > 0);
            Assert.Null(await Given.Get(cache, Given.Key("/a")));
            Assert.Equal(1, cache.Statistics.PurgesUnwritten);

            disk.RefusesWrites = false;
            cache.PurgeTarget(Given.Key("/b"));
            await Eventually.IsTrueAsync(() => cache.Statistics.PurgesUnwritten == 0);
            Crash.Copy(_directory.Path, _copy.Path);
        }

        await using var again = await OpenAsync(_copy.Path);
        Assert.Null(await Given.Get(again, Given.Key("/a")));
    }

    [Fact]
    public async Task A_flood_leaves_a_journal_and_a_ledger_within_their_bounds_and_survives_a_restart()
    {
        const int Bound = 5_000;
        var options = Given.OnDisk(_directory.Path) with { MaxPurgePatterns = Bound };
        await using (var cache = await Given.Open(options))
        {
            await PutOnDiskAsync(cache, "/a", 10);
            cache.PurgeTarget(Given.Key("/a"));
            for (var i = 0; i < 100_000; i++)
            {
                cache.PurgeTarget(Given.Key($"/{i}"));
            }

            // The last sweep may have begun before the last of them.
            await cache.ApplyAsync([Given.Purge(1, "/b")], CancellationToken.None);
            await Eventually.IsTrueAsync(() => cache.Purges.Swept == cache.FillSequence);
            Assert.InRange(cache.Statistics.PurgePatterns, 0, Bound);
            Assert.InRange(new FileInfo(_directory["purges.journal"]).Length, 1, 3 << 20);
        }

        await using var again = await Given.Open(options);
        Assert.Equal(1, again.Position);
        Assert.Null(await Given.Get(again, Given.Key("/a")));
    }

    [Fact]
    public void More_than_the_line_holds_are_left_to_the_ledger()
    {
        var unwritten = new UnwrittenPurges();
        for (var i = 0; i <= UnwrittenPurges.MaxWaiting; i++)
        {
            unwritten.Add(new StampedPurge(i, 0, "E", []));
        }

        var (purges, isCut, through) = unwritten.Take();
        Assert.True(isCut);
        Assert.Empty(purges);
        unwritten.Add(new StampedPurge(9, 0, "E", [])); // while the ledger is being written
        unwritten.Confirm(through);
        Assert.Equal(1, unwritten.Count);
        var (next, isNextCut, _) = unwritten.Take();
        Assert.Equal((1, false), (next.Count, isNextCut));
        unwritten.Cut();
        Assert.Equal(1, unwritten.Count);
        Assert.True(unwritten.Take().IsCut);
    }

    [Fact]
    public async Task The_log_s_sequence_of_a_purge_is_still_known_after_restarts()
    {
        await using (var cache = await OpenAsync())
        {
            await PutOnDiskAsync(cache, "/a", 10);
            cache.PurgeTarget(Given.Key("/c"));
            await cache.ApplyAsync([Given.Purge(6, "/b"), Given.Purge(7, "/a")], CancellationToken.None);
        }

        for (var start = 0; start < 3; start++)
        {
            await using var again = await OpenAsync();
            var peek = await again.PeekAsync(Given.Key("/a"));
            Assert.Equal((MissReason.Invalidated, 7L), (peek.Reason, peek.PurgedBy));
        }
    }

    [Fact]
    public void As_many_sequences_are_remembered_as_the_edge_knows_names_of()
    {
        var sequences = new LogSequences();
        for (var i = 1; i <= 1_001; i++)
        {
            sequences.Remember(2 * i, i);
        }

        Assert.Equal((0, 2, 1_001), (sequences.Of(2), sequences.Of(4), sequences.Of(2_002)));
        Assert.Equal(1_000, sequences.Entries.Length);
    }

    /// <summary>Its records and its journal count by the log's own sequence, which says nothing here.</summary>
    [Fact]
    public async Task A_directory_of_an_older_format_is_begun_anew()
    {
        await using (var cache = await OpenAsync())
        {
            await PutOnDiskAsync(cache, "/a", 10);
            await cache.ApplyAsync([Given.Purge(7, "/b")], CancellationToken.None);
        }

        var secret = File.ReadAllBytes(_directory["cache.secret"]);
        Assert.Equal("FRCACHE3"u8, secret.AsSpan(0, 8));
        secret[7] = (byte)'2';
        BitConverter.TryWriteBytes(secret.AsSpan(^4..), DiskIO.Crc(0, secret.AsSpan(..^4)));
        File.WriteAllBytes(_directory["cache.secret"], secret);

        await using var again = await OpenAsync();
        Assert.Equal((0, 0), (again.Position, again.Statistics.DiskRecords));
        Assert.Null(await Given.Get(again, Given.Key("/a")));
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.seg"));
    }

    private Task<HttpCache> OpenAsync(string? path = null) => Given.Open(Given.OnDisk(path ?? _directory.Path));

    private static async Task PutOnDiskAsync(HttpCache cache, string target, int length)
    {
        await Given.Put(cache, Given.Key(target), Given.Body(length));
        if (length <= cache.MemoryObjectLimit)
        {
            await Given.HitAndWrite(cache, [Given.Key(target)]);
        }
    }
}
