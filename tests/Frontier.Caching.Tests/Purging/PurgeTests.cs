// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Purging;

public class PurgeTests
{
    [Theory]
    [InlineData("/a.jpg", "/a.jpg", true)]
    [InlineData("/a.jpg", "/A.jpg", false)] // DP-27.1: case-sensitive
    [InlineData("/a.jpg", "/a.jpg?x=1", false)] // DP-27.4
    [InlineData("/a.jpg*", "/a.jpg?x=1", true)]
    [InlineData("/a.jpg?x=1", "/a.jpg?x=1", true)]
    [InlineData("/a.jpg?x=1", "/a.jpg", false)]
    [InlineData("/a.jpg?x=1", "/a.jpg?x=10", false)]
    [InlineData("/a.jpg?*", "/a.jpg?y=2", true)]
    [InlineData("/a.jpg?*", "/a.jpg", false)]
    [InlineData("/caf%C3%A9", "/caf%C3%A9", true)] // DP-27.2: as requested, byte by byte
    [InlineData("/caf%C3%A9", "/caf%c3%a9", false)]
    [InlineData("/a%20b", "/a b", false)]
    [InlineData("/dir/*", "/dir/b/c", true)] // DP-27.5
    [InlineData("/dir/*", "/dir", false)]
    [InlineData("/dir*", "/dir", true)]
    [InlineData("/dir*", "/directory/x", true)]
    [InlineData("/dir", "/dir/", false)]
    [InlineData("/a*b", "/axb", false)] // a star elsewhere is itself
    [InlineData("/a*b", "/a*b", true)]
    [InlineData("/*", "/anything?at=all", true)]
    [InlineData("*", "/anything", true)]
    public async Task A_pattern_takes_what_it_matches_and_nothing_else(string pattern, string target, bool matches)
    {
        await using var cache = await Given.MemoryOnly();
        byte[][] variants = [Given.Key(target), Given.Key(target, "gzip"), Given.Key(target, "br\0x")]; // DP-27.3
        foreach (var key in variants)
        {
            await Given.Put(cache, key, Given.Body(10));
        }

        await Given.Put(cache, Given.Key(target, partition: "EOTHER"), Given.Body(10));
        await cache.ApplyAsync([Given.Purge(1, pattern)], CancellationToken.None);

        foreach (var key in variants)
        {
            var lookup = await cache.FindAsync(key, CancellationToken.None);
            using var found = lookup.Object;
            Assert.Equal(matches, found is null);
            Assert.Equal(matches ? (MissReason.Invalidated, 1L) : (MissReason.None, 0L), (lookup.Reason, lookup.PurgedBy));
        }

        Assert.NotNull(await Given.Get(cache, Given.Key(target, partition: "EOTHER")));
    }

    [Fact]
    public async Task What_is_fetched_after_a_purge_is_served() // DP-27.9
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10, 1));
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        await Given.Put(cache, Given.Key("/a"), Given.Body(10, 2));
        Assert.Equal(Given.Body(10, 2), await Given.Get(cache, Given.Key("/a")));
        Assert.Equal(1, cache.Position);
    }

    [Fact]
    public async Task A_fill_that_began_before_a_purge_is_never_served_after_it() // DP-27.9
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Given.Key("/a"), out _);
        var fill = leader.Begin(Given.Head(cache), 10)!;
        await using var reader = fill.OpenBody(0, null);
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);

        using (var newcomer = cache.Join(Given.Key("/a"), out var role))
        {
            Assert.Equal(FlightRole.Lead, role);
        }

        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Equal(Given.Body(10), (await Given.ReadAll(reader)).Bytes);
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_fill_that_began_before_a_purge_and_its_sweep_is_never_served()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Given.Key("/a"), out _);
        var head = Given.Head(cache);
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        await Eventually.IsTrueAsync(() => cache.Purges.Swept == cache.FillSequence);
        Assert.Equal(1, cache.Statistics.PurgePatterns); // kept for the flight
        var fill = leader.Begin(head, 10)!;
        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task A_purged_object_cannot_be_refreshed() // DP-27.8
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        Assert.True(cache.TryGetResident(Given.Key("/a"), out var held));
        await cache.ApplyAsync([Given.Purge(1, "/*")], CancellationToken.None);
        Assert.Null(await held.RefreshAsync(Given.Head(cache)));
        held.Dispose();
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task Patterns_are_dropped_once_the_sweep_has_been_behind_them()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        await Given.Put(cache, Given.Key("/b"), Given.Body(10));
        await cache.ApplyAsync([Given.Purge(1, "/a", "/x*")], CancellationToken.None);
        await Eventually.IsTrueAsync(() => cache.Purges.Swept == cache.FillSequence);
        Assert.Equal(0, cache.Statistics.PurgePatterns);
        Assert.Equal(1, cache.Statistics.Purged);
        Assert.Equal(MissReason.Invalidated, await Given.WhyMissing(cache, Given.Key("/a")));
        Assert.NotNull(await Given.Get(cache, Given.Key("/b")));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task Forgetting_everything_leaves_nothing_and_no_fill_from_before()
    {
        await using var cache = await Given.MemoryOnly();
        await cache.ApplyAsync([Given.Purge(9, "/z")], CancellationToken.None);
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        using var leader = cache.Join(Given.Key("/b"), out _);
        var fill = leader.Begin(Given.Head(cache), 10)!;
        await cache.ForgetEverythingAsync(5, CancellationToken.None);
        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();

        Assert.Equal(5, cache.Position);
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.Null(await Given.Get(cache, Given.Key("/b")));
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        Assert.NotNull(await Given.Get(cache, Given.Key("/a")));
        cache.CheckInvariants();
    }
}
