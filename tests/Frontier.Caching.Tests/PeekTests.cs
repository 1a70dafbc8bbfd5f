// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests;

/// <summary>A look that leaves no trace says what a lookup would find.</summary>
public sealed class PeekTests
{
    [Fact]
    public async Task A_peek_sees_what_is_resident_and_counts_as_no_use()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(100));

        var peek = await cache.PeekAsync(Given.Key("/a"));
        using var found = peek.Object;

        Assert.NotNull(found);
        Assert.Equal((100L, (byte)0, MissReason.None), (found.BodyLength, found.Frequency, peek.Reason));
        Assert.Equal((0L, 0L), (cache.Statistics.Hits, cache.Statistics.Misses));
    }

    [Fact]
    public async Task A_peek_at_nothing_is_cold_and_counts_as_no_miss()
    {
        await using var cache = await Given.MemoryOnly();

        var peek = await cache.PeekAsync(Given.Key("/a"));

        Assert.Equal((null, MissReason.Cold, false, false), (peek.Object, peek.Reason, peek.IsBeingFetched, peek.IsDeclined));
        Assert.Equal(0, cache.Statistics.Misses);
    }

    [Fact]
    public async Task A_purged_object_is_told_with_its_purge_DP_27_8()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/dir/a"), Given.Body(100));
        await cache.ApplyAsync([Given.Purge(1, "/other"), Given.Purge(2, "/dir/*")], CancellationToken.None);

        var peek = await cache.PeekAsync(Given.Key("/dir/a"));

        Assert.Equal((null, MissReason.Invalidated, 2L), (peek.Object, peek.Reason, peek.PurgedBy));
    }

    [Fact]
    public async Task A_fetch_under_way_is_told_and_so_is_why_a_key_was_declined_DP_17_2()
    {
        await using var cache = await Given.MemoryOnly();
        using var flight = cache.Join(Given.Key("/a"), out _);
        Assert.True((await cache.PeekAsync(Given.Key("/a"))).IsBeingFetched);

        flight.Decline(TimeSpan.FromSeconds(10), "Private");

        var peek = await cache.PeekAsync(Given.Key("/a"));
        Assert.Equal((false, true, "Private"), (peek.IsBeingFetched, peek.IsDeclined, peek.DeclinedReason));
    }

    [Fact]
    public async Task A_fill_is_seen_from_its_head_to_its_end_with_what_has_come_of_it()
    {
        await using var cache = await Given.MemoryOnly();
        using var flight = cache.Join(Given.Key("/a"), out _);
        Assert.Null(cache.PeekFill(Given.Key("/a"))); // no head yet

        var fill = flight.Begin(Given.Head(cache), 1_000)!;
        var seen = cache.PeekFill(Given.Key("/a"))!;
        Assert.Equal((1_000L, 0L), (seen.BodyLength, seen.Arrived));
        await Given.Write(fill, Given.Body(400));
        Assert.Equal(400, seen.Arrived);
        Assert.Null(cache.PeekFill(Given.Key("/b")));

        await Given.Write(fill, Given.Body(600));
        await fill.CompleteAsync();
        Assert.Null(cache.PeekFill(Given.Key("/a")));
    }

    [Fact]
    public async Task A_fill_from_before_a_purge_is_not_seen_DP_27_9()
    {
        await using var cache = await Given.MemoryOnly();
        using var flight = cache.Join(Given.Key("/a"), out _);
        flight.Begin(Given.Head(cache), 1_000);
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        Assert.Null(cache.PeekFill(Given.Key("/a")));
    }

    [Fact]
    public async Task What_lies_on_disk_is_seen_there_and_stays_there()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        int[] lengths = [5_000, 9_000_000];
        await using (var cache = await Given.Open(options))
        {
            foreach (var length in lengths)
            {
                await Given.Put(cache, Given.Key($"/{length}"), Given.Body(length));
            }
        }

        await using var again = await Given.Open(options);
        foreach (var length in lengths)
        {
            var peek = await again.PeekAsync(Given.Key($"/{length}"));
            using var found = peek.Object;
            Assert.Equal((length, Given.Noon), (found!.BodyLength, found.Head.ReceivedAt));
        }

        Assert.Equal((0L, 0L, 0L), (again.Statistics.MemoryObjects, again.Statistics.DiskHits, again.Statistics.Hits));
        await again.ApplyAsync([Given.Purge(1, "/5000")], CancellationToken.None);
        Assert.Equal(1, (await again.PeekAsync(Given.Key("/5000"))).PurgedBy);
        Assert.Equal(Given.Body(lengths[1]), await Given.Get(again, Given.Key($"/{lengths[1]}")));
        again.CheckInvariants();
    }
}
