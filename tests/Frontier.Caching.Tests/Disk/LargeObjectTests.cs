// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Disk;

public class LargeObjectTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_object_passes_through_little_memory_and_is_found_whole_and_in_ranges(bool sayLength)
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path) with { MemoryBytes = 8 << 20, DiskBytes = 256 << 20, SegmentBytes = 8 << 20 };
        var body = Given.Body(60_000_000);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Given.Key("/a"), body, sayLength: sayLength);
            Assert.True(cache.Statistics.SlabBytes <= options.MemoryBytes);
            Assert.Equal(0, cache.Statistics.MemoryObjects);
            Assert.Equal(0, cache.Statistics.FillsNotStored);
        }

        await using var again = await Given.Open(options);
        Assert.Equal(body, await Given.Get(again, Given.Key("/a")));
        var (found, _, _) = await again.FindAsync(Given.Key("/a"), CancellationToken.None);
        Assert.False(found!.TryGetWhole(out _));
        await using var range = found.OpenBody(31_000_001, 5_000_003);
        Assert.Equal(body[31_000_001..36_000_004], (await Given.ReadAll(range)).Bytes);
        found.Dispose();
        again.CheckInvariants();
    }

    [Fact]
    public async Task A_reader_that_lags_behind_a_large_fill_reads_it_back_from_disk()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path) with { MemoryBytes = 4 << 20 });
        var body = Given.Body(12_000_000);
        using var leader = cache.Join(Given.Key("/a"), out _);
        var fill = leader.Begin(Given.Head(cache), body.Length)!;
        await using var late = fill.OpenBody(0, null);
        await using var part = fill.OpenBody(100_000, 200_000);
        await Given.Write(fill, body);
        Assert.Equal(body[100_000..300_000], (await Given.ReadAll(part)).Bytes);
        await fill.CompleteAsync();
        Assert.Equal(body, (await Given.ReadAll(late)).Bytes);
    }

    [Fact]
    public async Task A_large_object_being_read_survives_the_recycling_of_its_segments()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path) with { MemoryBytes = 2 << 20, DiskBytes = 16 << 20, SegmentBytes = 2 << 20 };
        await using var cache = await Given.Open(options);
        var body = Given.Body(3_000_000);
        await Given.Put(cache, Given.Key("/a"), body);
        var (held, _, _) = await cache.FindAsync(Given.Key("/a"), CancellationToken.None);
        for (var i = 0; i < 12; i++)
        {
            await Given.Put(cache, Given.Key($"/{i}"), Given.Body(3_000_000, i));
        }

        Assert.True(cache.Statistics.SegmentsRecycled > 5);
        await using var reader = held!.OpenBody(0, held.BodyLength);
        Assert.Equal(body, (await Given.ReadAll(reader)).Bytes);
        held.Dispose();
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_large_object_that_lost_a_block_leaves_no_other_behind()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path) with { MemoryBytes = 2 << 20, DiskBytes = 16 << 20, SegmentBytes = 2 << 20 };
        await using var cache = await Given.Open(options);
        for (var i = 0; i < 30; i++)
        {
            await Given.Put(cache, Given.Key($"/{i}"), Given.Body(3_000_000, i));
        }

        // Whole objects only: each has six blocks of 512 KiB and a head.
        var whole = 0;
        for (var i = 0; i < 30; i++)
        {
            if (await Given.Get(cache, Given.Key($"/{i}")) is { } body)
            {
                Assert.Equal(Given.Body(3_000_000, i), body);
                whole++;
            }
        }

        Assert.InRange(whole, 1, 6);
        Assert.Equal(7 * whole, cache.Statistics.DiskRecords);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task What_takes_a_large_objects_place_or_drops_it_takes_its_blocks_away()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        var key = Given.Key("/a");
        await Given.Put(cache, key, Given.Body(3_000_000, 1));
        var records = cache.Statistics.DiskRecords;
        await Given.Put(cache, key, Given.Body(3_000_000, 2));
        Assert.Equal(records, cache.Statistics.DiskRecords);
        await Given.Put(cache, key, Given.Body(10));
        await Eventually.IsTrueAsync(() => cache.IsWriterIdle);
        Assert.Equal(1, cache.Statistics.DiskRecords);

        await Given.Put(cache, Given.Key("/b"), Given.Body(3_000_000));
        cache.Forget(Given.Key("/b"));
        await Eventually.IsTrueAsync(() => cache.IsWriterIdle);
        Assert.Equal(1, cache.Statistics.DiskRecords);

        await Given.Put(cache, Given.Key("/c"), Given.Body(3_000_000));
        await cache.ApplyAsync([Given.Purge(1, "/c")], CancellationToken.None);
        Assert.Null(await Given.Get(cache, Given.Key("/c")));
        Assert.Equal(1, cache.Statistics.DiskRecords);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task An_object_that_grows_past_what_the_disk_may_hold_is_still_delivered()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path) with { MemoryBytes = 2 << 20, DiskBytes = 8 << 20, SegmentBytes = 1 << 20 };
        await using var cache = await Given.Open(options);
        using (var tooLarge = cache.Join(Given.Key("/said"), out _))
        {
            Assert.Null(tooLarge.Begin(Given.Head(cache), (2 << 20) + 1));
        }

        using var leader = cache.Join(Given.Key("/unsaid"), out _);
        var fill = leader.Begin(Given.Head(cache), null)!;
        await using var reader = fill.OpenBody(0, null);
        var body = Given.Body(20_000_000);
        var writing = Task.Run(async () =>
        {
            await Given.Write(fill, body);
            await fill.CompleteAsync();
        });
        Assert.Equal(body, (await Given.ReadAll(reader)).Bytes);
        await writing;
        Assert.Null(await Given.Get(cache, Given.Key("/unsaid")));
        Assert.True(cache.Statistics.DiskBytes <= options.DiskBytes);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_damaged_block_breaks_the_read_and_forgets_the_object()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        var body = Given.Body(3_000_000);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Given.Key("/a"), body);
        }

        var segment = Directory.GetFiles(directory.Path, "*.seg").Single();
        var bytes = File.ReadAllBytes(segment);
        bytes[1_500_000] ^= 1;
        File.WriteAllBytes(segment, bytes);
        await using var again = await Given.Open(options);
        var (found, _, _) = await again.FindAsync(Given.Key("/a"), CancellationToken.None);
        await using (var reader = found!.OpenBody(0, found.BodyLength))
        {
            var (read, state) = await Given.ReadAll(reader);
            Assert.Equal(BodyState.Broken, state);
            Assert.Equal(body[..read.Length], read);
        }

        found.Dispose();
        Assert.Equal(1, again.Statistics.ChecksumFailures);
        Assert.Null(await Given.Get(again, Given.Key("/a")));
    }
}
