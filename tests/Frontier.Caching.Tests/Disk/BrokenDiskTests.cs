// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Disk;

public class BrokenDiskTests
{
    [Fact]
    public async Task A_full_disk_leaves_the_memory_tier_working_and_is_tried_again()
    {
        using var directory = new TemporaryDirectory();
        var disk = new BrokenDisk();
        var clock = new ManualTimeProvider(Given.Noon);
        await using var cache = await HttpCache.OpenAsync(Given.OnDisk(directory.Path), clock, disk, CancellationToken.None);
        disk.RefusesWrites = true;
        await Given.Put(cache, Given.Key("/a"), Given.Body(100));
        await Given.HitAndWrite(cache, [Given.Key("/a")]);
        Assert.Equal(1, cache.Statistics.DiskErrors);
        Assert.Equal(0, cache.Statistics.DiskWrites);
        Assert.Equal(Given.Body(100), await Given.Get(cache, Given.Key("/a")));

        disk.RefusesWrites = false;
        await Given.HitAndWrite(cache, [Given.Key("/a")]);
        Assert.Equal(0, cache.Statistics.DiskWrites);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Given.HitAndWrite(cache, [Given.Key("/a")]);
        Assert.Equal(1, cache.Statistics.DiskWrites);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_full_disk_is_told_of_once_in_ten_seconds()
    {
        using var directory = new TemporaryDirectory();
        var disk = new BrokenDisk { RefusesWrites = false };
        var clock = new ManualTimeProvider(Given.Noon);
        List<string> told = [];
        var options = Given.OnDisk(directory.Path) with { OnDiskFault = error => told.Add(error.Message) };
        await using var cache = await HttpCache.OpenAsync(options, clock, disk, CancellationToken.None);
        disk.RefusesWrites = true;
        for (var i = 0; i < 3; i++)
        {
            await Given.Put(cache, Given.Key($"/{i}"), Given.Body(100));
            await Given.HitAndWrite(cache, [Given.Key($"/{i}")]);
        }

        Assert.Equal(["No space left on device."], told);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Given.HitAndWrite(cache, [Given.Key("/0")]);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task A_disk_that_becomes_read_only_leaves_what_it_has_readable()
    {
        using var directory = new TemporaryDirectory();
        var disk = new BrokenDisk();
        await using (var cache = await Given.Open(Given.OnDisk(directory.Path)))
        {
            await Given.Put(cache, Given.Key("/a"), Given.Body(100));
        }

        await using var again = await HttpCache.OpenAsync(Given.OnDisk(directory.Path), new ManualTimeProvider(Given.Noon), disk, CancellationToken.None);
        disk.RefusesWrites = true;
        Assert.Equal(Given.Body(100), await Given.Get(again, Given.Key("/a")));
        await Given.Put(again, Given.Key("/b"), Given.Body(100));
        Assert.Equal(Given.Body(100), await Given.Get(again, Given.Key("/b")));
        again.CheckInvariants();
    }

    [Fact]
    public async Task A_disk_that_fills_up_under_a_large_object_does_not_disturb_its_readers()
    {
        using var directory = new TemporaryDirectory();
        var disk = new BrokenDisk();
        await using var cache = await HttpCache.OpenAsync(Given.OnDisk(directory.Path), new ManualTimeProvider(Given.Noon), disk, CancellationToken.None);
        var body = Given.Body(10_000_000);
        using var leader = cache.Join(Given.Key("/a"), out _);
        var fill = leader.Begin(Given.Head(cache), body.Length)!;
        await using var slow = fill.OpenBody(0, null);
        await Given.Write(fill, body.AsMemory(0, 4_000_000));
        Assert.True(cache.Statistics.DiskWrites > 0);
        disk.RefusesWrites = true;
        var writing = Task.Run(async () =>
        {
            await Given.Write(fill, body.AsMemory(4_000_000));
            await fill.CompleteAsync();
        });
        Assert.Equal(body, (await Given.ReadAll(slow)).Bytes);
        await writing;
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.True(cache.Statistics.DiskErrors > 0);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_disk_that_cannot_be_read_makes_misses_and_no_exceptions()
    {
        using var directory = new TemporaryDirectory();
        await using (var cache = await Given.Open(Given.OnDisk(directory.Path)))
        {
            await Given.Put(cache, Given.Key("/a"), Given.Body(100));
            await Given.Put(cache, Given.Key("/large"), Given.Body(3_000_000));
        }

        var disk = new BrokenDisk();
        await using var again = await HttpCache.OpenAsync(Given.OnDisk(directory.Path), new ManualTimeProvider(Given.Noon), disk, CancellationToken.None);
        var (large, _, _) = await again.FindAsync(Given.Key("/large"), CancellationToken.None);
        disk.RefusesReads = true;
        Assert.Null(await Given.Get(again, Given.Key("/a")));
        await using (var reader = large!.OpenBody(0, large.BodyLength))
        {
            Assert.Equal(BodyState.Broken, (await Given.ReadAll(reader)).State);
        }

        large.Dispose();
        again.CheckInvariants();
    }

    [Fact]
    public async Task A_purge_that_cannot_be_made_durable_says_so_and_still_holds()
    {
        using var directory = new TemporaryDirectory();
        var disk = new BrokenDisk();
        await using var cache = await HttpCache.OpenAsync(Given.OnDisk(directory.Path), new ManualTimeProvider(Given.Noon), disk, CancellationToken.None);
        await Given.Put(cache, Given.Key("/a"), Given.Body(100));
        disk.RefusesWrites = true;
        await Assert.ThrowsAsync<IOException>(() => cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None));
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.Equal(0, cache.Position);
        disk.RefusesWrites = false;
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        Assert.Equal(1, cache.Position);
    }
}
