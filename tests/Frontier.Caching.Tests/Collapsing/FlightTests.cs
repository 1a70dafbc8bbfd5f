// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Collapsing;

public class FlightTests
{
    private static readonly byte[] Key = Given.Key("/a");

    [Fact]
    public async Task One_leads_and_thousands_read_along_while_it_fills() // DP-17.1, DP-17.3
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Lead, role);
        var body = Given.Body(200_000);
        var followers = Enumerable.Range(0, 5000).Select(_ => Follow()).ToArray();
        var fill = leader.Begin(Given.Head(cache), body.Length)!;
        await Given.Write(fill, body.AsMemory(0, 150_000));
        Assert.All(followers, follower => Assert.False(follower.IsCompleted));
        await Given.Write(fill, body.AsMemory(150_000));
        await fill.CompleteAsync();

        foreach (var (bytes, state) in await Task.WhenAll(followers))
        {
            Assert.Equal(BodyState.End, state);
            Assert.True(body.AsSpan().SequenceEqual(bytes));
        }

        cache.CheckInvariants();

        async Task<(byte[], BodyState)> Follow()
        {
            using var flight = cache.Join(Key, out var mine);
            Assert.Equal(FlightRole.Follow, mine);
            var outcome = await flight.WaitAsync(CancellationToken.None);
            Assert.Equal(FlightResult.Filling, outcome.Result);
            await using var reader = outcome.Fill!.OpenBody(0, null);
            return await Given.ReadAll(reader);
        }
    }

    [Fact]
    public async Task Bytes_reach_a_reader_before_the_body_is_complete() // DP-17.3
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out _);
        var fill = leader.Begin(Given.Head(cache), null)!;
        await using var reader = fill.OpenBody(0, null);
        var first = reader.ReadAsync(CancellationToken.None).AsTask();
        Assert.False(first.IsCompleted);
        await Given.Write(fill, "abc"u8.ToArray());
        var read = await first;
        Assert.Equal("abc"u8, read.Bytes.Span);
        Assert.Equal(BodyState.More, read.State);
        fill.Abort();
    }

    [Fact]
    public async Task A_late_joiner_reads_from_the_beginning()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out _);
        var fill = leader.Begin(Given.Head(cache), null)!;
        await Given.Write(fill, Given.Body(100_000));
        using var late = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Follow, role);
        var outcome = await late.WaitAsync(CancellationToken.None);
        await using var reader = outcome.Fill!.OpenBody(0, null);
        await fill.CompleteAsync();
        Assert.Equal(Given.Body(100_000), (await Given.ReadAll(reader)).Bytes);
    }

    [Fact]
    public async Task A_declined_key_releases_followers_and_is_fetched_alone_until_it_is_forgotten() // DP-17.2
    {
        var clock = new ManualTimeProvider(Given.Noon);
        await using var cache = await HttpCache.OpenAsync(new CacheOptions { MemoryBytes = 16 << 20 }, clock, CancellationToken.None);
        using var leader = cache.Join(Key, out _);
        using var follower = cache.Join(Key, out _);
        var waiting = follower.WaitAsync(CancellationToken.None);
        leader.Decline(TimeSpan.FromSeconds(10));
        Assert.Equal(FlightResult.Declined, (await waiting).Result);

        using var alone = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Alone, role);
        Assert.Null(alone.Begin(Given.Head(cache), 1));
        clock.Advance(TimeSpan.FromSeconds(10));
        using var next = cache.Join(Key, out role);
        Assert.Equal(FlightRole.Lead, role);
    }

    [Fact]
    public async Task Followers_get_what_the_leader_failed_with() // DP-17.4
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out _);
        using var follower = cache.Join(Key, out _);
        var error = new object();
        leader.Fail(error);
        var outcome = await follower.WaitAsync(CancellationToken.None);
        Assert.Equal(FlightResult.Failed, outcome.Result);
        Assert.Same(error, outcome.Error);
        Assert.Equal(0, cache.Flights.Count);
    }

    [Fact]
    public async Task A_leader_that_leaves_without_a_word_has_failed()
    {
        await using var cache = await Given.MemoryOnly();
        var leader = cache.Join(Key, out _);
        using var follower = cache.Join(Key, out _);
        leader.Dispose();
        Assert.Equal(FlightResult.Failed, (await follower.WaitAsync(CancellationToken.None)).Result);
        using var next = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Lead, role);
    }

    [Fact]
    public async Task A_follower_that_leaves_harms_nobody()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out _);
        using (cache.Join(Key, out _))
        {
        }

        using var follower = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Follow, role);
        using var cancel = new CancellationTokenSource();
        var waiting = follower.WaitAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.NotNull(leader.Begin(Given.Head(cache), 1));
    }

    [Fact]
    public async Task Followers_of_a_leader_without_a_head_fetch_for_themselves_after_a_while()
    {
        var clock = new ManualTimeProvider(Given.Noon);
        await using var cache = await HttpCache.OpenAsync(new CacheOptions { MemoryBytes = 16 << 20 }, clock, CancellationToken.None);
        using var leader = cache.Join(Key, out _);
        clock.Advance(TimeSpan.FromSeconds(30));
        using var follower = cache.Join(Key, out _);
        var waiting = follower.WaitAsync(CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FlightResult.TimedOut, (await waiting).Result);

        using var second = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Lead, role);

        // The old leader may still store.
        var fill = leader.Begin(Given.Head(cache), 3)!;
        await Given.Write(fill, "abc"u8.ToArray());
        await fill.CompleteAsync();
        Assert.Equal("abc"u8.ToArray(), await Given.Get(cache, Key));
    }

    [Fact]
    public async Task A_validated_object_goes_to_every_follower_with_a_reference_of_its_own()
    {
        await using var cache = await Given.MemoryOnly();
        await Given.Put(cache, Key, Given.Body(10));
        Assert.True(cache.TryGetResident(Key, out var old));
        using var leader = cache.Join(Key, out _);
        var followers = Enumerable.Range(0, 10).Select(_ => cache.Join(Key, out var _)).ToArray();
        var refreshed = await old.RefreshAsync(Given.Head(cache, Given.Noon.AddMinutes(5)));
        leader.Resolve(refreshed!);
        foreach (var follower in followers)
        {
            var outcome = await follower.WaitAsync(CancellationToken.None);
            Assert.Equal(FlightResult.Resolved, outcome.Result);
            Assert.Same(refreshed, outcome.Object);
            outcome.Object!.Dispose();
        }

        refreshed!.Dispose();
        old.Dispose();
        Assert.Equal(Given.Body(10), await Given.Get(cache, Key));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_fill_whose_last_reader_left_is_abandoned_unless_finishing_is_worth_it()
    {
        await using var cache = await Given.MemoryOnly(64 << 20);
        using var large = cache.Join(Given.Key("/large"), out _);
        var fill = large.Begin(Given.Head(cache), 4 << 20)!;
        await Given.Write(fill, Given.Body(1 << 20));
        await fill.OpenBody(0, null).DisposeAsync();
        Assert.False(fill.Abandoned.IsCancellationRequested);
        large.Leave();
        Assert.True(fill.Abandoned.IsCancellationRequested);
        using (cache.Join(Given.Key("/large"), out var role))
        {
            Assert.Equal(FlightRole.Lead, role);
        }

        fill.Abort();

        using var nearly = cache.Join(Given.Key("/nearly"), out _);
        var worthy = nearly.Begin(Given.Head(cache), 4 << 20)!;
        await Given.Write(worthy, Given.Body(2 << 20));
        await worthy.OpenBody(0, null).DisposeAsync();
        nearly.Leave();
        Assert.False(worthy.Abandoned.IsCancellationRequested);
        worthy.Abort();
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_fill_keeps_its_bytes_until_everybody_who_was_promised_them_has_left()
    {
        await using var cache = await Given.MemoryOnly();
        using var leader = cache.Join(Key, out _);
        using var follower = cache.Join(Key, out _);
        var fill = leader.Begin(Given.Head(cache), null)!;
        await Given.Write(fill, Given.Body(100_000));
        await fill.CompleteAsync();
        await cache.ApplyAsync([new PurgeEntry(1, "E1A2B3C4D5E6F7", ["/*"])], CancellationToken.None);
        Assert.False(cache.TryGetResident(Key, out _));

        leader.Leave();
        await using (var late = (await follower.WaitAsync(CancellationToken.None)).Fill!.OpenBody(0, null))
        {
            Assert.Equal(Given.Body(100_000), (await Given.ReadAll(late)).Bytes);
        }

        follower.Leave();
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_body_nothing_can_keep_is_passed_on_at_the_pace_of_its_slowest_reader()
    {
        await using var cache = await Given.MemoryOnly(1 << 20);
        using var leader = cache.Join(Key, out _);
        var fill = leader.Begin(Given.Head(cache), null)!;
        await using var slow = fill.OpenBody(0, null);
        await using var fast = fill.OpenBody(0, null);
        var body = Given.Body(3 << 20);
        var writing = Task.Run(async () =>
        {
            await Given.Write(fill, body);
            await fill.CompleteAsync();
        });
        var fastRead = Given.ReadAll(fast);
        await Eventually.IsTrueAsync(() => cache.Statistics.FillsNotStored == 1);
        Assert.False(writing.IsCompleted);
        Assert.Equal(body, (await Given.ReadAll(slow)).Bytes);
        Assert.Equal(body, (await fastRead).Bytes);
        await writing;
        Assert.Null(await Given.Get(cache, Key));
        cache.CheckInvariants();
    }

    [Fact]
    public async Task A_body_known_to_be_too_large_is_declined_without_being_remembered()
    {
        await using var cache = await Given.MemoryOnly(1 << 20);
        using var leader = cache.Join(Key, out _);
        using var follower = cache.Join(Key, out _);
        Assert.Null(leader.Begin(Given.Head(cache), 1 << 20));
        Assert.Equal(FlightResult.Declined, (await follower.WaitAsync(CancellationToken.None)).Result);
        using var next = cache.Join(Key, out var role);
        Assert.Equal(FlightRole.Lead, role);
    }
}
