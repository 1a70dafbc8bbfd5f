// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Disk;

public class PersistenceTests
{
    [Fact]
    public async Task A_clean_restart_is_warm()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        int[] lengths = [0, 1, 5000, 65_536, 65_537, 300_000];
        await using (var cache = await Given.Open(options))
        {
            for (var i = 0; i < lengths.Length; i++)
            {
                await Given.Put(cache, Given.Key($"/{i}"), Given.Body(lengths[i], i));
            }
        }

        await using var again = await Given.Open(options);
        for (var i = 0; i < lengths.Length; i++)
        {
            var (found, _, _) = await again.FindAsync(Given.Key($"/{i}"), CancellationToken.None);
            Assert.NotNull(found);
            Assert.Equal(Given.Head(again).HeaderBlock, found.Head.HeaderBlock);
            Assert.Equal(Given.Noon, found.Head.ReceivedAt);
            Assert.Equal(Given.Noon.AddMinutes(1), found.Head.FreshUntil);
            found.Dispose();
            Assert.Equal(Given.Body(lengths[i], i), await Given.Get(again, Given.Key($"/{i}")));
        }

        Assert.Equal(lengths.Length, again.Statistics.DiskHits);
        again.CheckInvariants();
    }

    [Fact]
    public async Task An_object_goes_to_disk_at_its_first_hit_and_not_before()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        await Given.Put(cache, Given.Key("/a"), Given.Body(100));
        await Given.Put(cache, Given.Key("/b"), Given.Body(100));
        Assert.Equal(0, cache.Statistics.DiskRecords);
        await Given.HitAndWrite(cache, [Given.Key("/a")]);
        Assert.Equal(1, cache.Statistics.DiskRecords);
        await Given.HitAndWrite(cache, [Given.Key("/a")]);
        Assert.Equal(1, cache.Statistics.DiskWrites);
    }

    [Fact]
    public async Task What_comes_back_after_its_eviction_goes_to_disk_although_memory_alone_never_saw_it_twice()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path) with { MemoryBytes = 1 << 20 });
        const int Objects = 100; // several times what fits into memory
        for (var round = 1; round <= 2; round++)
        {
            for (var i = 0; i < Objects; i++)
            {
                await Given.Put(cache, Given.Key($"/{i}"), Given.Body(50_000, i));
                await Eventually.IsTrueAsync(() => cache.IsWriterIdle); // a disk that is behind is spared, and a slow one always is
            }

            Assert.InRange(cache.Statistics.DiskRecords, round == 1 ? 0 : Objects / 2, round == 1 ? 0 : Objects);
        }
    }

    [Fact]
    public async Task A_refreshed_object_survives_a_restart_with_its_new_head()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        byte[][] keys = [Given.Key("/small"), Given.Key("/large")];
        byte[][] bodies = [Given.Body(1000), Given.Body(3_000_000, 2)];
        await using (var cache = await Given.Open(options))
        {
            for (var i = 0; i < 2; i++)
            {
                await Given.Put(cache, keys[i], bodies[i]);
                var (old, _, _) = await cache.FindAsync(keys[i], CancellationToken.None);
                using var refreshed = await old!.RefreshAsync(Given.Head(cache, Given.Noon.AddHours(1)));
                old.Dispose();
                Assert.NotNull(refreshed);
            }
        }

        await using var again = await Given.Open(options);
        for (var i = 0; i < 2; i++)
        {
            var (found, _, _) = await again.FindAsync(keys[i], CancellationToken.None);
            Assert.Equal(Given.Noon.AddHours(1), found!.Head.ReceivedAt);
            found.Dispose();
            Assert.Equal(bodies[i], await Given.Get(again, keys[i]));
        }
    }

    [Fact]
    public async Task A_replaced_object_does_not_come_back_from_disk()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Given.Key("/a"), Given.Body(100, 1));
            await Given.HitAndWrite(cache, [Given.Key("/a")]);
            await Given.Put(cache, Given.Key("/a"), Given.Body(100, 2), Given.Head(cache, Given.Noon.AddMinutes(1)));
            await Eventually.IsTrueAsync(() => cache.IsWriterIdle);
            Assert.Equal(2, cache.Statistics.DiskWrites);
        }

        await using var again = await Given.Open(options);
        Assert.Equal(Given.Body(100, 2), await Given.Get(again, Given.Key("/a")));
    }

    [Fact]
    public async Task A_directory_in_use_is_refused_clearly()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (await Given.Open(options))
        {
            var error = await Assert.ThrowsAsync<CacheOptionsException>(() => Given.Open(options));
            Assert.Contains(directory.Path, error.Message, StringComparison.Ordinal);
            Assert.Contains("in use", error.Message, StringComparison.Ordinal);
        }

        await using var free = await Given.Open(options);
    }

    [Fact]
    public async Task The_disk_keeps_its_bound_and_what_was_hit_outlives_its_segment()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path) with { DiskBytes = 4 << 20, SegmentBytes = 1 << 20, MemoryBytes = 1 << 20 };
        await using var cache = await Given.Open(options);
        await Given.Put(cache, Given.Key("/hot"), Given.Body(30_000));
        for (var i = 0; i < 300; i++)
        {
            var key = Given.Key($"/{i}");
            await Given.Put(cache, key, Given.Body(30_000, i));
            await Given.HitAndWrite(cache, [key]);
            Assert.NotNull(await Given.Get(cache, Given.Key("/hot")));
            Assert.True(cache.Statistics.DiskBytes <= options.DiskBytes);
        }

        Assert.True(cache.Statistics.SegmentsRecycled > 3);
        Assert.Null(await Given.Get(cache, Given.Key("/0")));
        Assert.True(new DirectoryInfo(directory.Path).EnumerateFiles("*.seg").Sum(file => file.Length) <= options.DiskBytes);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task An_object_on_disk_costs_at_most_sixty_four_bytes_of_index()
    {
        var index = new Frontier.Caching.Disk.DiskIndex();
        var random = new Random(1);
        for (var i = 1; i <= 200_000; i++)
        {
            index.Put((ulong)random.NextInt64() * 2, new(1, (uint)i, 1));
            if (i >= 1000)
            {
                Assert.True(index.Bytes <= 64 * index.Count, $"{index.Bytes} bytes for {index.Count} records.");
            }
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task Purges_hold_across_a_restart_and_a_crash()
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Given.Key("/exact"), Given.Body(10));
            await Given.Put(cache, Given.Key("/p/below"), Given.Body(10));
            await Given.Put(cache, Given.Key("/kept"), Given.Body(10));
            await Given.Put(cache, Given.Key("/large"), Given.Body(3_000_000));
            await Given.HitAndWrite(cache, [Given.Key("/exact"), Given.Key("/p/below"), Given.Key("/kept")]);
            await cache.ApplyAsync([Given.Purge(7, "/exact", "/p/*", "/large")], CancellationToken.None);
            Crash.Copy(directory.Path, copy.Path);
        }

        foreach (var path in new[] { directory.Path, copy.Path })
        {
            await using var again = await Given.Open(options with { Directory = path });
            Assert.Equal(7, again.Position);
            Assert.Null(await Given.Get(again, Given.Key("/exact")));
            Assert.Null(await Given.Get(again, Given.Key("/p/below")));
            Assert.Null(await Given.Get(again, Given.Key("/large")));
            Assert.NotNull(await Given.Get(again, Given.Key("/kept")));
        }
    }

    [Fact]
    public async Task Patterns_go_when_no_segment_holds_anything_older()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        await Given.Put(cache, Given.Key("/old"), Given.Body(10));
        await Given.HitAndWrite(cache, [Given.Key("/old")]);
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        await Eventually.IsTrueAsync(() => cache.Purges.Swept == cache.FillSequence);
        Assert.Equal(1, cache.Statistics.PurgePatterns);
        await cache.ForgetEverythingAsync(1, CancellationToken.None);
        await cache.ApplyAsync([Given.Purge(2, "/a")], CancellationToken.None);
        await Eventually.IsTrueAsync(() => cache.Purges.Swept == cache.FillSequence);
        Assert.Equal(0, cache.Statistics.PurgePatterns);
    }

    [Fact]
    public async Task Forgetting_everything_empties_the_disk_too()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Given.Key("/a"), Given.Body(10));
            await Given.HitAndWrite(cache, [Given.Key("/a")]);
            await cache.ForgetEverythingAsync(40, CancellationToken.None);
            Assert.Null(await Given.Get(cache, Given.Key("/a")));
            cache.CheckInvariants();
        }

        await using var again = await Given.Open(options);
        Assert.Equal(40, again.Position);
        Assert.Null(await Given.Get(again, Given.Key("/a")));
    }

    [Fact]
    public async Task Without_its_journal_nothing_stored_is_believed()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        }

        File.Delete(directory["purges.journal"]);
        await using var again = await Given.Open(options);
        Assert.Null(await Given.Get(again, Given.Key("/a")));
    }
}
