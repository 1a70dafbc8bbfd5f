// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Tests.Disk;
using Frontier.Testing;

namespace Frontier.Caching.Tests;

/// <summary>One key dropped at once, as an unsafe method asks for it (RFC 9111, section 4.4).</summary>
public class ForgetTests
{
    private static readonly byte[] Key = Given.Key("/a");

    [Fact]
    public async Task A_forgotten_key_is_missing_and_its_neighbours_are_not()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Key, Given.Body(10));
        await Given.Put(cache, Given.Key("/b"), Given.Body(10));
        cache.Forget(Key);
        Assert.Equal(MissReason.Invalidated, await Given.WhyMissing(cache, Key));
        Assert.Null(await Given.Get(cache, Key));
        Assert.NotNull(await Given.Get(cache, Given.Key("/b")));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task What_is_fetched_after_it_is_stored()
    {
        await using var cache = await Given.MemoryOnly();
        cache.Forget(Key);
        await Given.Put(cache, Key, Given.Body(10));
        Assert.NotNull(await Given.Get(cache, Key));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 10)]
    [InlineData(true, 6_000_000)]
    public async Task A_fill_under_way_is_read_to_its_end_and_not_stored(bool hasDisk, int length)
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path) with { Directory = hasDisk ? directory.Path : null });
        using var leader = cache.Join(Key, out _);
        var fill = leader.Begin(Given.Head(cache), length)!;
        await using var reader = fill.OpenBody(0, null);
        await Given.Write(fill, Given.Body(length).AsMemory(0, length / 2));
        cache.Forget(Key);
        using (var newcomer = cache.Join(Key, out var role))
        {
            Assert.Equal(FlightRole.Lead, role);
        }

        var rest = Task.Run(async () =>
        {
            await Given.Write(fill, Given.Body(length).AsMemory(length / 2));
            await fill.CompleteAsync();
        });
        Assert.Equal(Given.Body(length), (await Given.ReadAll(reader)).Bytes);
        await rest;
        Assert.Null(await Given.Get(cache, Key));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_fetch_without_a_head_yet_is_not_stored_either()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out _);
        cache.Forget(Key);
        var fill = leader.Begin(Given.Head(cache), 10)!;
        await Given.Write(fill, Given.Body(10));
        await fill.CompleteAsync();
        Assert.Null(await Given.Get(cache, Key));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(6_000_000)]
    public async Task What_a_viewer_holds_stays_readable_and_cannot_be_refreshed(int length)
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        await Given.Put(cache, Key, Given.Body(length));
        var (held, _, _) = await cache.FindAsync(Key, CancellationToken.None);
        cache.Forget(Key);
        Assert.Null(await held!.RefreshAsync(Given.Head(cache)));
        await using (var reader = held.OpenBody(0, length))
        {
            Assert.Equal(Given.Body(length), (await Given.ReadAll(reader)).Bytes);
        }

        held.Dispose();
        Assert.Null(await Given.Get(cache, Key));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task An_object_evicted_before_it_was_forgotten_cannot_be_refreshed_by_who_holds_it()
    {
        await using var cache = await Given.MemoryOnly(2 << 20);
        await Given.Put(cache, Key, Given.Body(10));
        Assert.True(cache.TryGetResident(Key, out var held));
        for (var i = 0; i < 100; i++)
        {
            await Given.Put(cache, Given.Key($"/other/{i}"), Given.Body(100_000));
            Assert.NotNull(await Given.Get(cache, Given.Key($"/other/{i}")));
        }

        Assert.Null(await Given.Get(cache, Key));
        cache.Forget(Key);
        Assert.Null(await held.RefreshAsync(Given.Head(cache)));
        held.Dispose();
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_resident_object_is_refreshed_though_another_key_was_forgotten()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Key, Given.Body(10));
        Assert.True(cache.TryGetResident(Key, out var held));

        // So many that some share its cell.
        for (var i = 0; i < 100_000; i++)
        {
            cache.Forget(Given.Key($"/other/{i}"));
        }

        using var refreshed = await held.RefreshAsync(Given.Head(cache));
        held.Dispose();
        Assert.NotNull(refreshed);
        Assert.NotNull(await Given.Get(cache, Key));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(6_000_000, false)]
    [InlineData(6_000_000, true)]
    public async Task A_forgotten_key_does_not_come_back_from_disk(int length, bool crashes)
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            await Given.Put(cache, Key, Given.Body(length));
            await Given.Put(cache, Given.Key("/b"), Given.Body(10));
            await Given.HitAndWrite(cache, length < 1_000_000 ? [Key, Given.Key("/b")] : [Given.Key("/b")]);
            cache.Forget(Key);
            Assert.Null(await Given.Get(cache, Key));
            await Eventually.IsTrueAsync(() => cache.IsWriterIdle);
            Crash.Copy(directory.Path, copy.Path);
        }

        await using var again = await Given.Open(crashes ? options with { Directory = copy.Path } : options);
        Assert.Null(await Given.Get(again, Key));
        Assert.NotNull(await Given.Get(again, Given.Key("/b")));
        await Given.Put(again, Key, Given.Body(10));
        Assert.NotNull(await Given.Get(again, Key));
        again.CheckInvariants();
    }

    [Fact]
    public async Task Forgetting_races_with_fetches_and_shows_none_from_before()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path) with { MemoryBytes = 1 << 20 });
        var forgotten = 0L;
        using var stop = new CancellationTokenSource();
        var fetchers = Enumerable.Range(0, 3).Select(_ => Task.Run(FetchAsync)).ToArray();
        var shown = 0;
        for (var round = 1; round <= 500 || shown < 20; round++)
        {
            Assert.True(round < 50_000, $"Only {shown} fetched objects were seen.");
            var now = Interlocked.Increment(ref forgotten);
            cache.Forget(Key);
            for (var look = 0; look < 10; look++)
            {
                if (await Given.Get(cache, Key) is { } body)
                {
                    shown++;
                    Assert.True(BitConverter.ToInt64(body) >= now);
                }

                await Task.Yield();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(fetchers);
        cache.CheckInvariants();

        async Task FetchAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                using var flight = cache.Join(Key, out var role);
                if (role != FlightRole.Lead)
                {
                    await Task.Yield();
                    continue;
                }

                // What the origin says now; it may be forgotten before it is stored.
                var bytes = BitConverter.GetBytes(Interlocked.Read(ref forgotten));
                var fill = flight.Begin(Given.Head(cache), bytes.Length)!;
                await Given.Write(fill, bytes);
                await fill.CompleteAsync();
                if (cache.TryGetResident(Key, out var hit))
                {
                    hit.Dispose();
                }
            }
        }
    }
}
