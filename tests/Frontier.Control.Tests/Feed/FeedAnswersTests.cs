// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Feed;
using Frontier.Control.Store;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Feed;

/// <summary>What five hundred edges lack is read and serialised once.</summary>
public sealed class FeedAnswersTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly EdgeReport Report = new() { EdgeId = "e", Pop = "P", SnapshotVersion = 1, SnapshotCreatedAt = Now, InvalidationPosition = 6 };

    private readonly CountingStore _counting;
    private readonly IControlStore _store;
    private readonly FeedState _feed = new(new ConfigSnapshot { Version = 1, CreatedAt = Now }, 7, 1);

    public FeedAnswersTests()
    {
        _store = DispatchProxy.Create<IControlStore, CountingStore>();
        _counting = (CountingStore)(object)_store;
    }

    [Fact]
    public async Task The_log_is_read_once_for_all_who_lack_the_same()
    {
        var answers = new FeedAnswers(_store, TestControl.DefaultOptions);

        var read = await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ => Parse(await answers.ComposeAsync(Report, _feed.Read(), null, null, default))));

        Assert.All(read, static answer => Assert.Equal(["/a"], answer.Invalidations.Single().Paths));
        Assert.Equal(1, _counting.Calls(nameof(IControlStore.ReadLogAsync)));
    }

    [Fact]
    public async Task A_reading_that_failed_is_made_anew()
    {
        var answers = new FeedAnswers(_store, TestControl.DefaultOptions);
        _counting.Fails = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await answers.ComposeAsync(Report, _feed.Read(), null, null, default));
        _counting.Fails = false;

        Assert.Single(Parse(await answers.ComposeAsync(Report, _feed.Read(), null, null, default)).Invalidations);
    }

    [Fact]
    public async Task An_edge_whose_snapshot_is_known_gets_the_difference_and_any_other_the_whole()
    {
        var answers = new FeedAnswers(_store, TestControl.DefaultOptions);
        _feed.Publish(new ConfigSnapshot { Version = 2, CreatedAt = Now.AddSeconds(1) });
        var moment = _feed.Read();

        var known = Parse(await answers.ComposeAsync(Report, moment, moment.For(Report), null, default));
        var foreign = Parse(await answers.ComposeAsync(Report with { SnapshotCreatedAt = Now.AddDays(1) }, moment, moment.For(Report), null, default));

        Assert.Equal((1, 2), (known.Delta!.BaseVersion, known.Delta.Version));
        Assert.Null(known.Snapshot);
        Assert.Equal(2, foreign.Snapshot!.Version);
        Assert.Null(foreign.Delta);
    }

    /// <summary>They are written by hand: a member that is forgotten would never reach an edge.</summary>
    [Fact]
    public async Task Every_member_of_an_answer_has_its_place()
    {
        var answers = new FeedAnswers(_store, TestControl.DefaultOptions);
        _feed.Publish(new ConfigSnapshot { Version = 2, CreatedAt = Now.AddSeconds(1) });
        var moment = _feed.Read();
        var written = new HashSet<string>();
        foreach (var report in (EdgeReport[])[Report, Report with { SnapshotVersion = 0, ChallengeRevision = "another" }])
        {
            using var document = JsonDocument.Parse(await answers.ComposeAsync(report, moment, moment.Snapshot, FleetDirectory.Empty, default));
            written.UnionWith(document.RootElement.EnumerateObject().Select(static property => property.Name));
        }

        var all = ContractsJson.Default.FeedAnswer.Properties.Select(static property => property.Name);
        Assert.Equal(all.Order(), written.Order());
    }

    [Fact]
    public async Task What_is_shared_is_bounded()
    {
        var made = 0;
        var parts = new SharedParts<int, byte[]>(mostBytes: 1_000, static bytes => bytes.Length);
        Task<byte[]> GetAsync(int key) => parts.GetAsync(key, _ =>
        {
            made++;
            return Task.FromResult(new byte[400]);
        });

        for (var key = 0; key < 4; key++)
        {
            await GetAsync(key);
        }

        await GetAsync(3);
        await GetAsync(2);
        Assert.Equal(4, made);
        await GetAsync(0);
        Assert.Equal(5, made);
    }

    private static FeedAnswer Parse(ReadOnlyMemory<byte> answer) => JsonSerializer.Deserialize(answer.Span, ContractsJson.Default.FeedAnswer)!;

    /// <summary>Reports cost the store what they say, not how many they are.</summary>
    [Fact]
    public async Task Acknowledgements_share_transactions_and_reports_that_say_nothing_new_cost_none()
    {
        var edges = new EdgeRegistry(_store, _feed, TimeSpan.FromSeconds(15), new Frontier.Testing.ManualTimeProvider());
        Task ReportAllAsync(long position) => Task.WhenAll(Enumerable.Range(0, 500).Select(number => Task.Run(() => edges.NoteReportAsync(Report with { EdgeId = $"e{number}", InvalidationPosition = position }, default))));

        // The first one's transaction lasts until the others have come: how many share the next is no matter of speed then.
        _counting.Saving = new TaskCompletionSource();
        var first = edges.NoteReportAsync(Report with { EdgeId = "e0" }, default);
        var others = Enumerable.Range(1, 499).Select(number => edges.NoteReportAsync(Report with { EdgeId = $"e{number}" }, default)).ToList();
        _counting.Saving.SetResult();
        await Task.WhenAll([first, .. others]);
        var saves = _counting.Calls(nameof(IControlStore.SaveEdgesAsync));
        Assert.InRange(saves, 1, 2);
        await ReportAllAsync(6);
        await ReportAllAsync(6);

        Assert.Equal(saves, _counting.Calls(nameof(IControlStore.SaveEdgesAsync)));
        Assert.Equal(0, _counting.Calls(nameof(IControlStore.NoteEdgesAsync)));
        await ReportAllAsync(7);
        Assert.True(_counting.Calls(nameof(IControlStore.SaveEdgesAsync)) > saves);
    }

    /// <summary>Whoever comes while a commit is under way shares the next.</summary>
    [Fact]
    public async Task However_many_come_meanwhile_two_commits_serve_them_all()
    {
        var commits = 0;
        var first = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var group = new GroupCommit(() =>
        {
            commits++;
            begun.TrySetResult();
            return first.Task;
        });

        var one = group.JoinAsync();
        await begun.Task;
        var others = Enumerable.Range(0, 499).Select(_ => group.JoinAsync()).ToList();
        Assert.False(one.IsCompleted);
        first.SetResult();
        await Task.WhenAll([one, .. others]);

        Assert.Equal(2, commits);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_those_who_shared_it_and_nobody_else()
    {
        var fails = true;
        var group = new GroupCommit(() => fails ? Task.FromException(new IOException("on purpose")) : Task.CompletedTask);

        await Assert.ThrowsAsync<IOException>(group.JoinAsync);
        fails = false;

        await group.JoinAsync();
    }

    /// <summary>A store with one entry in its log that counts what it is asked.</summary>
    public class CountingStore : DispatchProxy
    {
        private readonly Lock _gate = new();
        private readonly List<string> _calls = [];

        internal bool Fails { get; set; }

        /// <summary>What edges are saved after; null for at once.</summary>
        internal TaskCompletionSource? Saving { get; set; }

        internal int Calls(string name)
        {
            lock (_gate)
            {
                return _calls.Count(call => call == name);
            }
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            lock (_gate)
            {
                _calls.Add(targetMethod!.Name);
            }

            return targetMethod.Name switch
            {
                nameof(IControlStore.ReadLogAsync) => ReadLogAsync(),
                nameof(IControlStore.NoteEdgesAsync) => Task.FromResult(1),
                nameof(IControlStore.SaveEdgesAsync) => Saving?.Task ?? Task.CompletedTask,
                _ => Task.CompletedTask,
            };
        }

        private async Task<ImmutableArray<InvalidationRow>> ReadLogAsync()
        {
            await Task.Yield();
            return Fails ? throw new StoreUnavailableException(false, new IOException("on purpose"))
                : [new InvalidationRow { Sequence = 7, DistributionId = "E", Id = "I", CallerReference = "r", Paths = ["/a"], EffectivePaths = ["/a"], CreatedAt = Now }];
        }
    }
}
