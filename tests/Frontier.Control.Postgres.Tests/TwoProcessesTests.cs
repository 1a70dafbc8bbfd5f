// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres.Commands;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Frontier.Testing;

namespace Frontier.Control.Postgres.Tests;

/// <summary>Two stores on one database, as two control processes have them.</summary>
public sealed class TwoProcessesTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private PostgresControlStore _one = null!;
    private PostgresControlStore _two = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        (_one, _two) = (await _database.OpenAsync(), await _database.OpenAsync());
        await Rows.CreateAsync(_one, Rows.Distribution("E1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Of_updates_with_one_etag_exactly_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Either(i).ChangeResourceAsync(
            new ResourceChange { Verb = ChangeVerb.Update, Row = Rows.Distribution("E1", $"B{i}"), ExpectedETag = "A1", BaseVersion = 1, Snapshot = Rows.Snapshot(2) }, default)));

        var winner = Assert.Single(outcomes.Index(), outcome => outcome.Item == ChangeOutcome.Applied);
        Assert.Equal(59, outcomes.Count(outcome => outcome == ChangeOutcome.ETagDiffers));
        Assert.Equal($"B{winner.Index}", (await _one.FindResourceAsync(ResourceKind.Distribution, "E1", default))!.ETag);
        Assert.Equal(2, (await _two.ReadHeadAsync(default)).SnapshotVersion);
    }

    [Fact]
    public async Task Of_distributions_created_against_one_version_exactly_one_is_published()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Rows.CreateAsync(Either(i), Rows.Distribution($"N{i}"), version: 2)));

        Assert.Single(outcomes, outcome => outcome == ChangeOutcome.Applied);
        Assert.Equal(19, outcomes.Count(outcome => outcome == ChangeOutcome.SnapshotMoved));
    }

    [Fact]
    public async Task A_caller_reference_is_one_invalidation_whoever_is_asked()
    {
        var appended = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Either(i).AppendInvalidationAsync(Rows.Invalidation("same"), default)));

        Assert.Single(appended, result => result.Outcome == AppendOutcome.Appended);
        Assert.Equal(39, appended.Count(result => result.Outcome == AppendOutcome.Existing));
        Assert.Single(appended.Select(result => result.Row!.Id).Distinct());
    }

    /// <summary>An edge reads on from its position: an entry that appeared behind it would never be applied.</summary>
    [Fact]
    public async Task No_entry_of_the_log_appears_behind_one_that_was_read()
    {
        const int Each = 100;
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var read = new List<long>();
            while (read.Count < 2 * Each)
            {
                done.Token.ThrowIfCancellationRequested();
                read.AddRange((await _two.ReadLogAsync(read.LastOrDefault(), 7, int.MaxValue, default)).Select(row => row.Sequence));
            }

            return read;
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async lane =>
        {
            for (var i = lane; i < 2 * Each; i += 8)
            {
                await Either(lane).AppendInvalidationAsync(Rows.Invalidation($"{i}"), default);
            }
        }));

        done.CancelAfter(TimeSpan.FromSeconds(20));
        Assert.Equal(Rows.UpTo(2 * Each), await reading);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_leaves_no_gap_and_no_number_behind()
    {
        await using var database = new Database(Connecting.CreateSource(new PostgresOptions { Address = _database.Address }), TimeProvider.System);
        var appended = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            if (i % 3 > 0)
            {
                return await Either(i).AppendInvalidationAsync(Rows.Invalidation($"{i}"), default);
            }

            await Assert.ThrowsAsync<InvalidOperationException>(() => database.ChangeAsync<InvalidationAppended>(
                async session =>
                {
                    await InvalidationCommands.AppendAsync(session, Rows.Invalidation($"{i}"));
                    throw new InvalidOperationException("on purpose");
                },
                default));
            return null;
        }));

        Assert.Equal(Rows.UpTo(40), appended.OfType<InvalidationAppended>().Select(result => result.Row!.Sequence).Order());
        Assert.Equal(Rows.UpTo(40), await Rows.LogAsync(_two));
    }

    /// <summary>Two transactions that wait for each other: the server ends one, which is done again.</summary>
    [Fact]
    public async Task A_deadlock_is_retried()
    {
        await using var database = new Database(Connecting.CreateSource(new PostgresOptions { Address = _database.Address }), TimeProvider.System);
        await _one.SaveEdgesAsync([new EdgeRow("a", "", 0, 0)], default);
        await _one.SaveEdgesAsync([new EdgeRow("b", "", 0, 0)], default);
        var tries = 0;
        var both = new TaskCompletionSource();
        async Task<int> LockAsync(Session session, string first, string second)
        {
            await session.ExecuteAsync("UPDATE edge SET pop = pop || 'x' WHERE edge_id = $1", first);
            if (Interlocked.Increment(ref tries) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return await session.ExecuteAsync("UPDATE edge SET pop = pop || 'x' WHERE edge_id = $1", second);
        }

        await Task.WhenAll(database.ChangeAsync(session => LockAsync(session, "a", "b"), default), database.ChangeAsync(session => LockAsync(session, "b", "a"), default));

        Assert.True(tries > 2);
        Assert.Equal(["xx", "xx"], (await _one.ListEdgesAsync(TimeSpan.FromHours(1), default)).Select(edge => edge.Pop));
    }

    [Fact]
    public async Task A_commit_of_one_is_a_hint_to_the_other()
    {
        await DrainHintsAsync(_two);
        var hint = _two.WaitForHintAsync(TimeSpan.FromMinutes(5), default);
        Assert.False(hint.IsCompleted);

        await _one.AppendInvalidationAsync(Rows.Invalidation("r"), default);

        await hint.WaitAsync(TimeSpan.FromSeconds(20));
        hint = _two.WaitForHintAsync(TimeSpan.FromMinutes(5), default);
        await Rows.CreateAsync(_one, Rows.Distribution("E2"), version: 2);
        await hint.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Hints_go_on_after_their_connection_is_lost()
    {
        await _database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
        await Eventually.IsTrueAsync(async () => await _database.ReadAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'") == 2);
        await DrainHintsAsync(_two);

        var hint = _two.WaitForHintAsync(TimeSpan.FromMinutes(5), default);
        await _one.AppendInvalidationAsync(Rows.Invalidation("r"), default);

        await hint.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Nothing_is_deployed_before_the_edges_of_both_have_it()
    {
        await _one.SaveEdgesAsync([new EdgeRow("at-one", "P", 1, 0)], default);
        await _two.SaveEdgesAsync([new EdgeRow("at-two", "P", 0, 0)], default);
        await _one.SettleAsync([new("at-one", TimeSpan.Zero)], TimeSpan.FromHours(1), default);
        Assert.False((await _one.FindResourceAsync(ResourceKind.Distribution, "E1", default))!.Deployed);

        await _two.SaveEdgesAsync([new EdgeRow("at-two", "P", 1, 0)], default);
        await _two.SettleAsync([new("at-two", TimeSpan.Zero)], TimeSpan.FromHours(1), default);

        Assert.True((await _one.FindResourceAsync(ResourceKind.Distribution, "E1", default))!.Deployed);
    }

    private PostgresControlStore Either(int i) => i % 2 == 0 ? _one : _two;

    /// <summary>What happened before says nothing about what a test does next.</summary>
    private static async Task DrainHintsAsync(PostgresControlStore store)
    {
        var quiet = TimeSpan.FromMilliseconds(300);
        for (var isQuiet = false; !isQuiet;)
        {
            var start = TimeProvider.System.GetTimestamp();
            await store.WaitForHintAsync(quiet, default);
            isQuiet = TimeProvider.System.GetElapsedTime(start) >= quiet;
        }
    }
}
