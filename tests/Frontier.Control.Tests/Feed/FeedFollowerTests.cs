// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Credentials;
using Frontier.Control.Feed;
using Frontier.Control.Publishing;
using Frontier.Control.Rollout;
using Frontier.Control.Sqlite;
using Frontier.Control.Store;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Control.Tests.Feed;

/// <summary>What another process commits to a store reaches the edges of this one.</summary>
public sealed class FeedFollowerTests : IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private static readonly byte[] SecretsKey = new byte[32];

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly FeedState _feed = new(null, 0, 1);
    private SqliteControlStore _store = null!;
    private SharedStore _shared = null!;
    private EdgeRegistry _edges = null!;
    private AccessKeyRing _keys = null!;
    private RolloutStore _rollout = null!;
    private FeedFollower _follower = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteControlStore.OpenAsync(_directory["control.db"], _clock, default);
        var shared = DispatchProxy.Create<ISharedControlStore, SharedStore>();
        _shared = (SharedStore)(object)shared;
        (_shared.Target, _shared.Clock) = (_store, _clock);
        _edges = new EdgeRegistry(shared, _feed, Silence, _clock);
        _keys = await AccessKeyRing.OpenAsync(shared, [], SecretsKey, NullLogger<AccessKeyRing>.Instance, default);
        _rollout = new RolloutStore(shared, new SnapshotHistory(shared), _feed, new RolloutOptions { Mode = RolloutMode.Waves });
        _follower = new FeedFollower(shared, new SnapshotHistory(shared), _feed, _rollout, new ZoneFeedState(0), _edges, _keys, _clock, NullLogger<FeedFollower>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _follower.DisposeAsync();
        _rollout.Dispose();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>An edge that moves here from another process must not be sent what it had before.</summary>
    [Fact]
    public async Task An_edge_that_knows_more_than_this_process_makes_it_look()
    {
        await CommitElsewhereAsync();

        await _follower.CatchUpAsync(Report(version: 0, position: 0), default);
        Assert.Equal((0, 0), (_feed.Read().Version, _feed.Read().LogEnd));
        await _follower.CatchUpAsync(Report(version: 1, position: 0), default);

        Assert.Equal((1, 1), (_feed.Read().Version, _feed.Read().LogEnd));
    }

    [Fact]
    public async Task A_hint_brings_it_at_once()
    {
        _follower.Start();
        var waiting = _feed.Read().Moved;
        await CommitElsewhereAsync();
        Assert.False(waiting.IsCompleted);

        _shared.Hint();

        await Eventually.IsTrueAsync(() => (_feed.Read().Version, _feed.Read().LogEnd) == (1, 1));
        Assert.True(waiting.IsCompleted);
    }

    [Fact]
    public async Task Without_a_hint_half_a_second_brings_it()
    {
        await CommitElsewhereAsync();
        _follower.Start();
        Assert.Equal(0, _feed.Read().Version);

        await Eventually.IsTrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return _feed.Read().Version == 1;
        });
    }

    [Fact]
    public async Task A_key_that_another_process_makes_or_takes_away_counts_here_within_half_a_second()
    {
        _follower.Start();
        var row = new AccessKeyRow { Id = "FK1", Role = AccessKeyRole.ReadOnly, IsActive = true, Description = "", CreatedAt = default, SealedSecret = new SecretSeal(SecretsKey).Seal("FK1", "a secret") };

        await _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Create, Row = row }, default);
        Assert.Null(_keys.Find("FK1"));
        await PassHalfSecondsUntilAsync(() => _keys.Find("FK1") is { Secret: "a secret", IsReadOnly: true });
        await _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Update, Row = row with { IsActive = false } }, default);

        await PassHalfSecondsUntilAsync(() => _keys.Find("FK1") is null);
    }

    /// <summary>A key made with another key file is refused here and stops nothing.</summary>
    [Fact]
    public async Task A_key_that_this_process_cannot_read_is_none()
    {
        _follower.Start();
        var row = new AccessKeyRow { Id = "FK1", Role = AccessKeyRole.Admin, IsActive = true, Description = "", CreatedAt = default, SealedSecret = new SecretSeal(new byte[32].Select(_ => (byte)1).ToArray()).Seal("FK1", "x") };

        await _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Create, Row = row }, default);

        await PassHalfSecondsUntilAsync(() => _keys.Unreadable.SequenceEqual(["FK1"]));
        Assert.Null(_keys.Find("FK1"));
    }

    /// <summary>An edge that reports here is in service for every process, though its reports say nothing new and cost the store nothing.</summary>
    [Fact]
    public async Task Edges_heard_here_are_not_silent_for_others()
    {
        await CommitElsewhereAsync();
        await _follower.CatchUpAsync(Report(1, 1), default);
        await _edges.NoteReportAsync(Report(0, 0), default);
        _follower.Start();
        await Eventually.IsTrueAsync(() => _shared.Waits == 1);

        for (var report = 0; report < 10; report++)
        {
            await PassAsync(seconds: 6);
            await _edges.NoteReportAsync(Report(0, 0), default);
        }

        await _store.SettleAsync([], Silence, default);
        Assert.Single(await _store.ListEdgesAsync(Silence, default));

        await PassAsync(seconds: 20);
        await _store.SettleAsync([], Silence, default);
        Assert.Empty(await _store.ListEdgesAsync(Silence, default));
    }

    /// <summary>Another process gave it up while this one could not tell of it: it must not count as heard here and be waited for nowhere.</summary>
    [Fact]
    public async Task An_edge_that_the_store_lost_comes_back_with_its_next_report()
    {
        await CommitElsewhereAsync();
        await _edges.NoteReportAsync(Report(0, 0), default);
        await _store.SettleAsync([], TimeSpan.FromSeconds(-1), default);
        Assert.Empty(await _store.ListEdgesAsync(Silence, default));

        await _edges.NoteReportAsync(Report(0, 0), default);
        Assert.Empty(await _store.ListEdgesAsync(Silence, default)); // nobody has noticed yet
        await _edges.NoteAsync(default);
        await _edges.NoteReportAsync(Report(0, 0), default);

        Assert.Single(await _store.ListEdgesAsync(Silence, default));
    }

    /// <summary>An edge that moves here with a version that only a rollout gives it must not be sent back because this process is behind.</summary>
    [Fact]
    public async Task What_another_process_decides_about_the_rollout_holds_here()
    {
        await CommitElsewhereAsync();
        var state = RolloutState.Everywhere(0, 0, _clock.GetUtcNow()) with { Target = 1, Wave = RolloutWave.Canary, Canary = "e", Edges = ["e"] };
        await _store.SwapSharedAsync(new SharedSwap("rollout", null, state.ToJson()), default);
        await _follower.CatchUpAsync(Report(version: 1, position: 0), default);

        Assert.Equal(1, _feed.Read().For(Report(1, 0))!.Version);
        Assert.Null(_feed.Read().For(Report(0, 0) with { EdgeId = "another" }));
    }

    [Fact]
    public async Task After_a_time_without_store_no_edge_counts_as_silent()
    {
        await CommitElsewhereAsync();
        await _store.SaveEdgesAsync([new EdgeRow("elsewhere", "P", 0, 0)], default);
        _follower.Start();
        await Eventually.IsTrueAsync(() => _shared.Waits == 1);

        _shared.IsLost = true;
        _shared.Hint();
        await Eventually.IsTrueAsync(() => _shared.Waits == 2);
        _clock.Advance(TimeSpan.FromHours(1));
        _shared.IsLost = false;
        _shared.Hint();

        await Eventually.IsTrueAsync(() => _feed.Read().Version == 1);
        await _store.SettleAsync([], Silence, default);
        Assert.Single(await _store.ListEdgesAsync(TimeSpan.FromHours(2), default));
    }

    private Task PassHalfSecondsUntilAsync(Func<bool> condition) => Eventually.IsTrueAsync(() =>
    {
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        return condition();
    });

    private static EdgeReport Report(long version, long position) => new() { EdgeId = "e", Pop = "P", SnapshotVersion = version, InvalidationPosition = position };

    /// <summary>Second by second, each seen by the follower.</summary>
    private async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            var before = _shared.Waits;
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.IsTrueAsync(() => _shared.Waits > before);
        }
    }

    private async Task CommitElsewhereAsync()
    {
        var json = JsonSerializer.Serialize(new ConfigSnapshot { Version = 1, CreatedAt = _clock.GetUtcNow() }, ContractsJson.Default.ConfigSnapshot);
        var row = new ResourceRow { Kind = ResourceKind.Distribution, Id = "E1", ETag = "A", Body = "<x/>", ModifiedAt = _clock.GetUtcNow(), SnapshotVersion = 1 };
        await _store.ChangeResourceAsync(
            new ResourceChange { Verb = ChangeVerb.Create, Row = row, BaseVersion = 0, Snapshot = new SnapshotRow(1, json, _clock.GetUtcNow()) }, default);
        var invalidation = new InvalidationRow { DistributionId = "E1", Id = "I1", CallerReference = "r", Paths = ["/a"], EffectivePaths = ["/a"], CreatedAt = _clock.GetUtcNow() };
        await _store.AppendInvalidationAsync(new NewInvalidation(invalidation, 10, 10, 10), default);
    }

    /// <summary>A store as if others had it too: hints come when a test says so, and it can be away.</summary>
    public class SharedStore : DispatchProxy
    {
        private volatile TaskCompletionSource _hint = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waits;

        internal IControlStore Target { get; set; } = null!;

        internal TimeProvider Clock { get; set; } = null!;

        internal bool IsLost { get; set; }

        /// <summary>How often a hint was waited for, the wait that is under way included.</summary>
        internal int Waits => Volatile.Read(ref _waits);

        internal void Hint() => Interlocked.Exchange(ref _hint, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ISharedControlStore.WaitForHintAsync))
            {
                return WaitAsync((TimeSpan)args![0]!, (CancellationToken)args[1]!);
            }

            if (IsLost)
            {
                throw new StoreUnavailableException(false, new IOException("on purpose"));
            }

            return targetMethod.Invoke(Target, args);
        }

        private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
        {
            try
            {
                var hint = _hint.Task.WaitAsync(longest, Clock, cancellationToken);
                Interlocked.Increment(ref _waits);
                await hint;
            }
            catch (TimeoutException)
            {
                // Nobody hinted at anything.
            }
        }
    }
}
