// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Purging;

/// <summary>Purges of single targets that no log tells of, beside those of the log (RFC 9111, section 4.4).</summary>
public class OwnPurgeTests
{
    [Fact]
    public async Task Every_copy_of_the_target_goes_and_nothing_else()
    {
        await using var cache = await Given.MemoryOnly();
        byte[][] copies = [Given.Key("/a"), Given.Key("/a", "header:x\n"), Given.Key("/a", "cookie:y=1\nblock:700\n")];
        byte[][] others = [Given.Key("/a?q"), Given.Key("/a/"), Given.Key("/"), Given.Key("/a", partition: "EOTHER")];
        foreach (var key in copies.Concat(others))
        {
            await Given.Put(cache, key, Given.Body(10));
        }

        cache.PurgeTarget(Given.Key("/a", "yet another"));
        foreach (var key in copies)
        {
            Assert.Equal(new CacheLookup(null, MissReason.Changed, 0), await cache.FindAsync(key, CancellationToken.None));
        }

        foreach (var key in others)
        {
            Assert.NotNull(await Given.Get(cache, key));
        }
    }

    [Fact]
    public async Task They_take_their_turn_with_those_of_the_log_and_move_no_position()
    {
        await using var cache = await Given.MemoryOnly();
        using var keepsPatterns = cache.Join(Given.Key("/flight"), out _);
        for (var sequence = 1L; sequence <= 3; sequence++)
        {
            await Given.Put(cache, Given.Key("/a"), Given.Body(10, 1));
            await Given.Put(cache, Given.Key("/b"), Given.Body(10, 1));
            cache.PurgeTarget(Given.Key("/a"));
            Assert.Equal(sequence - 1, cache.Position);
            Assert.Equal(MissReason.Changed, await Given.WhyMissing(cache, Given.Key("/a")));
            await Given.Put(cache, Given.Key("/a"), Given.Body(10, 2));
            Assert.NotNull(await Given.Get(cache, Given.Key("/a"))); // fetched since

            await cache.ApplyAsync([Given.Purge(sequence, "/b")], CancellationToken.None);
            Assert.Equal(sequence, cache.Position);
            Assert.Equal(new CacheLookup(null, MissReason.Invalidated, sequence), await cache.FindAsync(Given.Key("/b"), CancellationToken.None));
            Assert.NotNull(await Given.Get(cache, Given.Key("/a"))); // of an earlier purge, and good
            cache.PurgeTarget(Given.Key("/a"));
            Assert.Null(await Given.Get(cache, Given.Key("/a")));
        }
    }

    [Fact]
    public async Task A_look_that_leaves_no_trace_tells_them_from_those_of_the_log()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        await Given.Put(cache, Given.Key("/small"), Given.Body(10));
        await Given.Put(cache, Given.Key("/large"), Given.Body(3_000_000));
        cache.PurgeTarget(Given.Key("/small"));
        cache.PurgeTarget(Given.Key("/large"));
        foreach (var target in (string[])["/small", "/large"])
        {
            var peek = await cache.PeekAsync(Given.Key(target));
            Assert.Equal((null, MissReason.Changed, 0L), (peek.Object, peek.Reason, peek.PurgedBy));
        }
    }

    [Fact]
    public async Task A_fill_that_began_before_is_never_served_after_it() // DP-27.9
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Given.Key("/a"), out _);
        var fill = leader.Begin(Given.Head(cache), 10)!;
        await using var reader = fill.OpenBody(0, null);
        cache.PurgeTarget(Given.Key("/a"));
        using (var newcomer = cache.Join(Given.Key("/a"), out var role))
        {
            Assert.Equal(FlightRole.Lead, role);
        }

        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Equal(Given.Body(10), (await Given.ReadAll(reader)).Bytes); // who was there before reads on
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task A_fetch_from_before_brings_nothing_under_another_variant_either()
    {
        await using var cache = await Given.MemoryOnly();
        var began = cache.StampOf(Given.Key("/a"));
        var head = Given.Head(cache);
        cache.PurgeTarget(Given.Key("/a"));
        using var flight = cache.Join(Given.Key("/a", "variant"), began, out _);
        var fill = flight.Begin(head, 10)!;
        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Null(await Given.Get(cache, Given.Key("/a", "variant")));
        Assert.False(cache.Publish(Given.Key("/a"), head, [1]));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task What_is_held_elsewhere_cannot_be_refreshed(int length) // DP-27.8
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        await Given.Put(cache, Given.Key("/a"), Given.Body(length));
        using var held = (await cache.FindAsync(Given.Key("/a"), CancellationToken.None)).Object!;
        cache.PurgeTarget(Given.Key("/a"));
        Assert.Null(await held.RefreshAsync(Given.Head(cache)));
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task They_hold_while_everything_is_forgotten()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Given.Key("/a"), out _);
        cache.PurgeTarget(Given.Key("/a"));
        await cache.ForgetEverythingAsync(5, CancellationToken.None);
        var fill = leader.Begin(Given.Head(cache), 10)!;
        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Null(await Given.Get(cache, Given.Key("/a")));

        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        Assert.NotNull(await Given.Get(cache, Given.Key("/a")));
        cache.PurgeTarget(Given.Key("/a"));
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.Equal(5, cache.Position);
    }

    [Fact]
    public async Task A_crowd_of_them_is_swept_behind_and_gives_its_patterns_up()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/0"), Given.Body(10));
        await Given.Put(cache, Given.Key("/kept"), Given.Body(10));
        for (var i = 0; i < 4_096; i++)
        {
            cache.PurgeTarget(Given.Key($"/{i}"));
        }

        await Eventually.IsTrueAsync(() => cache.Purges.Swept == cache.FillSequence);
        Assert.Equal((0, 1, 1), (cache.Statistics.PurgePatterns, cache.Statistics.MemoryObjects, cache.Statistics.Purged));
        Assert.Equal(MissReason.Changed, await Given.WhyMissing(cache, Given.Key("/0")));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_flood_of_them_is_merged_and_never_serves_what_it_took()
    {
        const int Bound = 1_000;
        await using var cache = await Given.Open(new CacheOptions { MemoryBytes = 16 << 20, MaxPurgePatterns = Bound });
        using var keepsPatterns = cache.Join(Given.Key("/flight"), out _);
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        await Given.Put(cache, Given.Key("/a", partition: "EOTHER"), Given.Body(10));
        cache.PurgeTarget(Given.Key("/a"));
        for (var i = 0; i < 20 * Bound; i++)
        {
            cache.PurgeTarget(Given.Key($"/{i}"));
            Assert.InRange(cache.Statistics.PurgePatterns, 1, Bound);
        }

        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.NotNull(await Given.Get(cache, Given.Key("/a", partition: "EOTHER"))); // the flood is another's
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        Assert.NotNull(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task Those_of_one_target_again_and_again_take_one_pattern()
    {
        await using var cache = await Given.MemoryOnly();
        using var keepsPatterns = cache.Join(Given.Key("/flight"), out _);
        for (var i = 0; i < 1_000; i++)
        {
            cache.PurgeTarget(Given.Key("/a"));
        }

        Assert.Equal(1, cache.Statistics.PurgePatterns);
        Assert.Equal(0, cache.Statistics.PurgesUnwritten); // nothing is kept where there is no disk to write it to
    }
}
