// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching.Tests.Disk;
using Frontier.Testing;

namespace Frontier.Caching.Tests.Purging;

/// <summary>DP-27.12: an object can be purged by the tags its head carries.</summary>
public class TagPurgeTests
{
    [Theory]
    [InlineData("red", "red", true)]
    [InlineData("red,blue", "blue", true)]
    [InlineData("red,blue,green", "blue", true)]
    [InlineData("red,blue", "re", false)]
    [InlineData("red,blue", "red,blue", false)]
    [InlineData("red", "redder", false)]
    [InlineData("/a", "/b", false)]
    [InlineData("", "red", false)]
    public async Task A_tag_takes_what_carries_it_and_nothing_else(string carried, string purged, bool matches)
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10), Tagged(cache, carried));
        await Given.Put(cache, Given.Key("/a", partition: "EOTHER"), Given.Body(10), Tagged(cache, carried));
        await cache.ApplyAsync([Tags(1, purged)], CancellationToken.None);
        Assert.Equal(matches ? MissReason.Invalidated : MissReason.None, await Given.WhyMissing(cache, Given.Key("/a")));
        Assert.NotNull(await Given.Get(cache, Given.Key("/a", partition: "EOTHER")));
    }

    [Fact]
    public async Task A_tag_is_no_path_and_a_path_is_no_tag()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10), Tagged(cache, "/b"));
        await cache.ApplyAsync([Tags(1, "/a"), Given.Purge(2, "/b")], CancellationToken.None);
        Assert.NotNull(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task Paths_and_tags_of_one_entry_both_count()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Given.Key("/a"), Given.Body(10));
        await Given.Put(cache, Given.Key("/b"), Given.Body(10), Tagged(cache, "red"));
        await cache.ApplyAsync([Given.Purge(1, "/a") with { Tags = ["red"] }], CancellationToken.None);
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
        Assert.Null(await Given.Get(cache, Given.Key("/b")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fill_that_began_before_a_tag_was_purged_is_not_stored_and_not_joined(bool hasHead) // DP-27.9
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Given.Key("/a"), out _);
        var head = Tagged(cache, "red");
        var fill = hasHead ? leader.Begin(head, 10)! : null;
        await cache.ApplyAsync([Tags(1, "red")], CancellationToken.None);
        using (var newcomer = cache.Join(Given.Key("/a"), out var role))
        {
            Assert.Equal(FlightRole.Lead, role);
        }

        fill ??= leader.Begin(head, 10)!;
        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Null(await Given.Get(cache, Given.Key("/a")));
    }

    [Fact]
    public async Task A_fill_whose_head_carries_other_tags_is_joined_and_stored()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Given.Key("/a"), out _);
        var fill = leader.Begin(Tagged(cache, "blue"), 10)!;
        await cache.ApplyAsync([Tags(1, "red")], CancellationToken.None);
        using (var newcomer = cache.Join(Given.Key("/a"), out var role))
        {
            Assert.Equal(FlightRole.Follow, role);
        }

        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.NotNull(await Given.Get(cache, Given.Key("/a")));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(6_000_000, true)]
    public async Task Tags_and_their_purges_survive_a_restart(int length, bool crashes)
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            foreach (var tag in (string[])["red", "blue", "green"])
            {
                await Given.Put(cache, Given.Key("/" + tag), Given.Body(length), Tagged(cache, tag));
            }

            if (length < 1_000_000)
            {
                await Given.HitAndWrite(cache, [Given.Key("/red"), Given.Key("/blue"), Given.Key("/green")]);
            }

            await cache.ApplyAsync([Tags(1, "red")], CancellationToken.None);
            Crash.Copy(directory.Path, copy.Path);
        }

        options = crashes ? options with { Directory = copy.Path } : options;
        await using (var again = await Given.Open(options))
        {
            Assert.Equal(MissReason.Invalidated, await Given.WhyMissing(again, Given.Key("/red")));
            await again.ApplyAsync([Tags(2, "blue")], CancellationToken.None);
        }

        // And once more, now from the rewritten journal.
        await using var third = await Given.Open(options);
        Assert.Null(await Given.Get(third, Given.Key("/red")));
        Assert.Null(await Given.Get(third, Given.Key("/blue")));
        Assert.Equal(Given.Body(length), await Given.Get(third, Given.Key("/green")));
    }

    private static PurgeEntry Tags(long sequence, params string[] tags) => Given.Purge(sequence) with { Tags = [.. tags] };

    private static StoredHead Tagged(HttpCache cache, string tags) => new()
    {
        Status = 200,
        HeaderBlock = "content-type\0text/html\n"u8.ToArray(),
        ReceivedAt = Given.Noon,
        FreshUntil = Given.Noon.AddMinutes(1),
        FillSequence = cache.FillSequence,
        Tags = Encoding.ASCII.GetBytes(tags),
    };
}
