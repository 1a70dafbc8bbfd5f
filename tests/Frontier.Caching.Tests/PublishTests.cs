// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests;

/// <summary>Small objects that come outside any flight.</summary>
public class PublishTests
{
    private static readonly byte[] Key = Given.Key("/a");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(HttpCache.MaxPublishedBytes)]
    public async Task A_published_object_is_found_with_its_head_and_body(int length)
    {
        await using var cache = await Given.MemoryOnly();
        Assert.True(cache.Publish(Key, Given.Head(cache), Given.Body(length)));
        Assert.True(cache.TryGetResident(Key, out var found));
        using (found)
        {
            Assert.Equal(200, found.Head.Status);
        }

        Assert.Equal(Given.Body(length), await Given.Get(cache, Key));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task It_takes_the_place_of_what_was_there_and_a_fetch_takes_its_place()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Key, Given.Body(10, 1));
        Assert.True(cache.Publish(Key, Given.Head(cache), Given.Body(10, 2)));
        Assert.Equal(Given.Body(10, 2), await Given.Get(cache, Key));
        await Given.Put(cache, Key, Given.Body(10, 3));
        Assert.Equal(Given.Body(10, 3), await Given.Get(cache, Key));
        Assert.False(cache.Publish(Key, Given.Head(cache, Given.Noon.AddHours(-1)), Given.Body(10, 4)));
        Assert.Equal(Given.Body(10, 3), await Given.Get(cache, Key));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_not_kept()
    {
        await using var cache = await Given.MemoryOnly();
        Assert.False(cache.Publish(Key, Given.Head(cache), Given.Body(HttpCache.MaxPublishedBytes + 1)));
        Assert.Equal(1, cache.Statistics.FillsNotStored);
        Assert.Null(await Given.Get(cache, Key));
    }

    [Fact]
    public async Task What_was_purged_since_its_fetch_began_is_not_kept() // DP-27.9
    {
        await using var cache = await Given.MemoryOnly();
        var head = Given.Head(cache);
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        Assert.False(cache.Publish(Key, head, Given.Body(10)));
        Assert.Null(await Given.Get(cache, Key));
        Assert.True(cache.Publish(Key, Given.Head(cache), Given.Body(10)));
    }

    [Fact]
    public async Task It_is_evicted_and_written_to_disk_like_any_other()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            Assert.True(cache.Publish(Key, Given.Head(cache), Given.Body(10)));
            await Given.HitAndWrite(cache, [Key]);
            Assert.Equal(1, cache.Statistics.DiskWrites);
        }

        await using var again = await Given.Open(options);
        Assert.Equal(Given.Body(10), await Given.Get(again, Key));
    }

    [Fact]
    public async Task Publishing_without_end_stays_within_the_memory_bound()
    {
        await using var cache = await Given.MemoryOnly(1 << 20);
        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(cache.Publish(Given.Key($"/{i}"), Given.Head(cache), Given.Body(i % 5_000)));
        }

        cache.CheckInvariants();
        Assert.True(cache.Statistics.SlabBytes <= 1 << 20);
    }
}
