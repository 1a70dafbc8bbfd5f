// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Purging;

/// <summary>How far the purge log is in effect, for caches that are filled from one another.</summary>
public sealed class FollowingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task What_is_in_effect_is_reached_at_once()
    {
        await using var cache = await Given.MemoryOnly();
        await cache.ApplyAsync([Given.Purge(3, "/a")], CancellationToken.None);
        Assert.Equal(3, cache.NewestPurge);
        Assert.True(await cache.ReachAsync(3, Patience, new ManualTimeProvider(), CancellationToken.None));
        Assert.True(await cache.ReachAsync(0, Patience, new ManualTimeProvider(), CancellationToken.None));
    }

    [Fact]
    public async Task What_is_on_its_way_is_waited_for()
    {
        await using var cache = await Given.MemoryOnly();
        var reaching = cache.ReachAsync(2, Patience, new ManualTimeProvider(), CancellationToken.None).AsTask();
        await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
        Assert.False(reaching.IsCompleted);
        await cache.ApplyAsync([Given.Purge(2, "/a")], CancellationToken.None);
        Assert.True(await reaching.WaitAsync(ScriptedOrigin.Patience));
    }

    [Fact]
    public async Task What_does_not_come_is_waited_for_no_longer_than_said()
    {
        await using var cache = await Given.MemoryOnly();
        var clock = new ManualTimeProvider();
        var reaching = cache.ReachAsync(1, Patience, clock, CancellationToken.None).AsTask();
        clock.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(reaching.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await reaching.WaitAsync(ScriptedOrigin.Patience));
    }

    [Fact]
    public async Task Who_has_enough_of_waiting_is_let_go()
    {
        await using var cache = await Given.MemoryOnly();
        using var enough = new CancellationTokenSource();
        var reaching = cache.ReachAsync(1, Patience, new ManualTimeProvider(), enough.Token).AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reaching);
    }

    [Fact]
    public async Task A_gap_in_the_log_counts_as_all_of_it_up_to_there_also_backwards()
    {
        await using var cache = await Given.MemoryOnly();
        await cache.ApplyAsync([Given.Purge(9, "/a")], CancellationToken.None);
        await cache.ForgetEverythingAsync(4, CancellationToken.None);
        Assert.Equal(4, cache.NewestPurge);
        Assert.True(await cache.ReachAsync(4, Patience, new ManualTimeProvider(), CancellationToken.None));
    }

    /// <summary>Whoever reads a stamp and then the newest purge knows every purge that the stamp covers: the number moves first.</summary>
    [Fact]
    public async Task The_newest_purge_is_never_behind_what_is_in_effect()
    {
        await using var cache = await Given.MemoryOnly();
        using var over = new CancellationTokenSource();
        var behind = 0;
        var watching = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                var stamp = cache.FillSequence; // 2 for the first entry, 4 for the second, and so on
                behind += cache.NewestPurge < stamp / 2 ? 1 : 0;
            }
        });
        for (var sequence = 1; sequence <= 20_000; sequence++)
        {
            await cache.ApplyAsync([Given.Purge(sequence, "/a")], CancellationToken.None);
        }

        await over.CancelAsync();
        await watching;
        Assert.Equal(0, behind);
        Assert.Equal(40_000, cache.FillSequence);
    }

    [Fact]
    public async Task What_is_not_to_spill_is_passed_on_and_kept_nowhere_when_it_is_too_large_for_memory()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        var body = Given.Body(6 << 20);
        using var flight = cache.Join(Given.Key("/big"), out _);
        var fill = flight.Begin(Given.Head(cache), body.Length, spills: false)!;
        await using var reader = fill.OpenBody(0, null);
        var writing = WriteAsync(fill, body);
        var read = new List<byte>();
        for (var state = BodyState.More; state is BodyState.More;)
        {
            var run = await reader.ReadAsync(CancellationToken.None);
            read.AddRange(run.Bytes.Span);
            state = run.State;
        }

        await writing;
        Assert.Equal(body, read);
        Assert.Null(await Given.Get(cache, Given.Key("/big")));
    }

    [Fact]
    public async Task What_is_not_to_spill_is_kept_in_memory_where_it_fits()
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path));
        using (var flight = cache.Join(Given.Key("/small"), out _))
        {
            var fill = flight.Begin(Given.Head(cache), 1_000, spills: false)!;
            await WriteAsync(fill, Given.Body(1_000));
        }

        Assert.Equal(Given.Body(1_000), await Given.Get(cache, Given.Key("/small")));
    }

    private static async Task WriteAsync(Fill fill, byte[] body)
    {
        await Given.Write(fill, body);
        await fill.CompleteAsync();
    }
}
