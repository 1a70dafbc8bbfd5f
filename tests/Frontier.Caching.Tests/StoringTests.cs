// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Caching.Tests;

public class StoringTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_003)]
    public async Task What_was_stored_is_found_again_whole_and_in_ranges(int length)
    {
        await using var cache = await Given.MemoryOnly();
        var body = Given.Body(length);
        await Given.Put(cache, Given.Key("/said"), body);
        await Given.Put(cache, Given.Key("/unsaid"), body, sayLength: false);

        foreach (var key in new[] { Given.Key("/said"), Given.Key("/unsaid") })
        {
            Assert.True(cache.TryGetResident(key, out var found));
            using (found)
            {
                Assert.Equal(length, found.BodyLength);
                Assert.True(found.TryGetWhole(out var whole));
                Assert.Equal(body, whole.ToArray());
                var from = length / 3;
                await using var range = found.OpenBody(from, length / 2);
                var (bytes, state) = await Given.ReadAll(range);
                Assert.Equal(BodyState.End, state);
                Assert.Equal(body[from..(from + (length / 2))], bytes);
            }
        }

        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_short_or_aborted_body_is_not_stored_and_its_readers_see_it_broken() // DP-14.12
    {
        await using var cache = await Given.MemoryOnly();
        foreach (var isShort in new[] { true, false })
        {
            using var flight = cache.Join(Given.Key("/a"), out _);
            var fill = flight.Begin(Given.Head(cache), 100)!;
            await using var reader = fill.OpenBody(0, null);
            await Given.Write(fill, Given.Body(99));
            if (isShort)
            {
                await fill.CompleteAsync();
            }
            else
            {
                fill.Abort();
            }

            Assert.Equal(BodyState.Broken, (await Given.ReadAll(reader)).State);
            Assert.Null(await Given.Get(cache, Given.Key("/a")));
        }

        Assert.Equal(0, cache.Flights.Count);
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_held_object_keeps_its_bytes_after_its_eviction()
    {
        await using var cache = await Given.MemoryOnly(1 << 20);
        var body = Given.Body(100_000);
        await Given.Put(cache, Given.Key("/held"), body);
        Assert.True(cache.TryGetResident(Given.Key("/held"), out var held));
        for (var i = 0; i < 100; i++)
        {
            await Given.Put(cache, Given.Key($"/{i}"), Given.Body(50_000, i + 2));
            using var again = cache.TryGetResident(Given.Key($"/{i}"), out var found) ? found : null;
        }

        Assert.False(cache.TryGetResident(Given.Key("/held"), out _));
        Assert.Equal(MissReason.Evicted, await Given.WhyMissing(cache, Given.Key("/held")));
        Assert.True(held.TryGetWhole(out var whole));
        Assert.Equal(body, whole.ToArray());
        held.Dispose();
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_validated_object_has_a_new_head_over_the_same_body()
    {
        await using var cache = await Given.MemoryOnly();
        var body = Given.Body(70_000);
        await Given.Put(cache, Given.Key("/a"), body);
        var (old, _, _) = await cache.FindAsync(Given.Key("/a"), CancellationToken.None);
        using var refreshed = await old!.RefreshAsync(Given.Head(cache, Given.Noon.AddHours(1)));
        old.Dispose();

        Assert.NotNull(refreshed);
        Assert.True(cache.TryGetResident(Given.Key("/a"), out var found));
        Assert.Same(refreshed, found);
        Assert.Equal(Given.Noon.AddHours(1), found.Head.ReceivedAt);
        Assert.True(found.TryGetWhole(out var whole));
        Assert.Equal(body, whole.ToArray());
        found.Dispose();
        cache.CheckInvariants();
    }

    [Fact]
    public async Task An_older_response_does_not_take_a_newer_ones_place()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10, 1), Given.Head(cache, Given.Noon));
        await Given.Put(cache, Given.Key("/a"), Given.Body(10, 2), Given.Head(cache, Given.Noon.AddSeconds(-5)));

        Assert.Equal(Given.Body(10, 1), await Given.Get(cache, Given.Key("/a")));
    }

    /// <summary>Else nothing could take its place until the clock is there again.</summary>
    [Fact]
    public async Task What_was_received_before_the_clock_was_set_back_is_no_newer_response()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10, 1), Given.Head(cache, Given.Noon.AddHours(1)));
        await Given.Put(cache, Given.Key("/a"), Given.Body(10, 2), Given.Head(cache, Given.Noon));

        Assert.Equal(Given.Body(10, 2), await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task Keys_that_differ_in_any_part_are_different_objects()
    {
        await using var cache = await Given.MemoryOnly();
        byte[][] keys = [Given.Key("/a"), Given.Key("/a", "gzip"), Given.Key("/a?x=1"), Given.Key("/a", partition: "EOTHER")];
        for (var i = 0; i < keys.Length; i++)
        {
            await Given.Put(cache, keys[i], Given.Body(10, i));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(Given.Body(10, i), await Given.Get(cache, keys[i]));
        }
    }

    [Fact]
    public void A_keys_parts_are_what_stands_between_its_first_two_nuls()
    {
        var key = "E1\0/a?b=c\0gzip\0more"u8;
        Assert.Equal("E1"u8, CacheKeyLayout.Partition(key));
        Assert.Equal("/a?b=c"u8, CacheKeyLayout.Target(key));
        Assert.Equal("gzip\0more"u8, CacheKeyLayout.Variant(key));
        Assert.Equal("alone"u8, CacheKeyLayout.Partition("alone"u8));
        Assert.True(CacheKeyLayout.Target("alone"u8).IsEmpty);
    }

    [Fact]
    public async Task The_age_of_a_response_counts_from_its_age_on_arrival() // DP-14.6
    {
        await using var cache = await Given.MemoryOnly();
        var head = new StoredHead { Status = 200, HeaderBlock = [], ReceivedAt = Given.Noon, FreshUntil = Given.Noon.AddSeconds(60), InitialAgeSeconds = 7, FillSequence = 0 };
        Assert.Equal(7, head.AgeSeconds(Given.Noon.AddSeconds(-3)));
        Assert.Equal(17, head.AgeSeconds(Given.Noon.AddSeconds(10.9)));
        Assert.True(head.IsFresh(Given.Noon.AddSeconds(59)));
        Assert.False(head.IsFresh(Given.Noon.AddSeconds(60)));
    }

    [Fact]
    public async Task Every_fault_of_the_options_is_named()
    {
        var options = new CacheOptions { MemoryBytes = 5, Directory = "/nowhere", SegmentBytes = 1, MaxPurgePatterns = 0 };
        var error = await Assert.ThrowsAsync<CacheOptionsException>(() => Given.Open(options));
        Assert.Equal(3, error.Faults.Count(fault => fault.StartsWith("MemoryBytes (5)", StringComparison.Ordinal)
            || fault.StartsWith("SegmentBytes (1)", StringComparison.Ordinal) || fault.StartsWith("MaxPurgePatterns (0)", StringComparison.Ordinal)));
    }
}
