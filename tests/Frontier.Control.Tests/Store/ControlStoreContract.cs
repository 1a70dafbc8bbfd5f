// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must do. Each store's test project derives from it.</summary>
public abstract class ControlStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, 123, TimeSpan.Zero);

    private IControlStore _store = null!;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_resource_is_found_as_it_was_stored()
    {
        var row = Row("E1", etag: "A1") with { Name = "n", CallerReference = "c", DomainName = "d1.test", Body = "<x a='ü'>\u0001</x>", SnapshotVersion = 1 };
        Assert.Equal(ChangeOutcome.Applied, await CreateAsync(row, 0));

        Assert.Equal(row, await _store.FindResourceAsync(ResourceKind.Distribution, "E1", default));
        Assert.Null(await _store.FindResourceAsync(ResourceKind.OriginAccessControl, "E1", default));
        Assert.Null(await _store.FindResourceAsync(ResourceKind.Distribution, "e1", default));
    }

    [Fact]
    public async Task Changes_to_several_resources_take_place_together_in_their_order()
    {
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, Row("E1", etag: "A1"), null, 0) with { Aliases = ["www.test"] }, default);
        await CreateAsync(Row("E2", etag: "B1"), 1);
        var takes = Change(ChangeVerb.Update, Row("E2", etag: "B2"), "B1", 2) with { Aliases = ["www.test"] };

        Assert.Equal(ChangeOutcome.AliasTaken, await _store.ChangeResourceAsync(takes, default));
        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(takes with { Before = [Change(ChangeVerb.Update, Row("E1", etag: "A2"), "A1", 2) with { Snapshot = null }] }, default));

        Assert.Equal("A2", (await _store.FindResourceAsync(ResourceKind.Distribution, "E1", default))!.ETag);
        Assert.Equal("B2", (await _store.FindResourceAsync(ResourceKind.Distribution, "E2", default))!.ETag);
        Assert.Equal(3, (await _store.ReadHeadAsync(default)).SnapshotVersion);
        var back = Change(ChangeVerb.Update, Row("E1", etag: "A3"), "A2", 3) with { Aliases = ["www.test"] };
        Assert.Equal(ChangeOutcome.AliasTaken, await _store.ChangeResourceAsync(back, default)); // the name is E2's now
    }

    [Fact]
    public async Task Of_changes_to_several_resources_none_takes_place_where_one_cannot()
    {
        await CreateAsync(Row("E1", etag: "A1"), 0);
        await CreateAsync(Row("E2", etag: "B1"), 1);
        var earlier = Change(ChangeVerb.Update, Row("E1", etag: "A2"), "A1", 2) with { Snapshot = null };

        Assert.Equal(ChangeOutcome.ETagDiffers, await _store.ChangeResourceAsync(Change(ChangeVerb.Update, Row("E2", etag: "B2"), "other", 2) with { Before = [earlier] }, default));
        Assert.Equal(ChangeOutcome.NotFound, await _store.ChangeResourceAsync(Change(ChangeVerb.Update, Row("E3", etag: "C2"), "C1", 2) with { Before = [earlier] }, default));
        Assert.Equal(ChangeOutcome.SnapshotMoved, await _store.ChangeResourceAsync(Change(ChangeVerb.Update, Row("E2", etag: "B2"), "B1", 1) with { Before = [earlier] }, default));
        Assert.Equal(ChangeOutcome.ETagDiffers, await _store.ChangeResourceAsync(
            Change(ChangeVerb.Update, Row("E2", etag: "B2"), "B1", 2) with { Before = [earlier, earlier] }, default));

        Assert.Equal("A1", (await _store.FindResourceAsync(ResourceKind.Distribution, "E1", default))!.ETag);
        Assert.Equal("B1", (await _store.FindResourceAsync(ResourceKind.Distribution, "E2", default))!.ETag);
        Assert.Equal(2, (await _store.ReadHeadAsync(default)).SnapshotVersion);
    }

    [Fact]
    public async Task Resources_are_read_in_order_of_creation_with_the_version_they_add_up_to()
    {
        await CreateAsync(Row("E9"), 0);
        await CreateAsync(Row("E1"), 1);
        await CreateAsync(Row("E5"), 2);
        await UpdateAsync(Row("E9", etag: "A2"), "A1", 3);

        var contents = await _store.ReadContentsAsync([], default);

        Assert.Equal(4, contents.SnapshotVersion);
        Assert.Equal(["E9", "E1", "E5"], contents.Resources.Select(row => row.Id));
    }

    [Fact]
    public async Task Names_caller_references_and_aliases_are_unique_within_their_kind()
    {
        await CreateAsync(Row("E1") with { Name = "n", CallerReference = "c" }, 0, aliases: ["a.test"]);

        Assert.Equal(ChangeOutcome.CallerReferenceTaken, await CreateAsync(Row("E2") with { CallerReference = "c" }, 1));
        Assert.Equal(ChangeOutcome.NameTaken, await CreateAsync(Row("E2") with { Name = "n" }, 1));
        Assert.Equal(ChangeOutcome.AliasTaken, await CreateAsync(Row("E2"), 1, aliases: ["b.test", "a.test"]));
        Assert.Null(await _store.FindResourceAsync(ResourceKind.Distribution, "E2", default));
        Assert.Equal(1, (await _store.ReadHeadAsync(default)).SnapshotVersion);
        Assert.Equal(ChangeOutcome.Applied, await CreateAsync(Row("E2") with { Kind = ResourceKind.OriginAccessControl, Name = "n" }, 1));
        Assert.Equal(ChangeOutcome.Applied, await UpdateAsync(Row("E1", etag: "A2") with { Name = "n", CallerReference = "c" }, "A1", 2, aliases: ["a.test", "c.test"]));
        Assert.Equal(ChangeOutcome.Applied, await CreateAsync(Row("E3"), 3, aliases: ["b.test"]));
    }

    [Fact]
    public async Task A_change_with_a_stale_etag_or_base_changes_nothing()
    {
        await CreateAsync(Row("E1"), 0, aliases: ["a.test"]);

        Assert.Equal(ChangeOutcome.NotFound, await UpdateAsync(Row("E2"), "A1", 1));
        Assert.Equal(ChangeOutcome.ETagDiffers, await UpdateAsync(Row("E1", etag: "A3"), "A2", 1));
        Assert.Equal(ChangeOutcome.SnapshotMoved, await UpdateAsync(Row("E1", etag: "A3"), "A1", 0));
        Assert.Equal(ChangeOutcome.SnapshotMoved, await CreateAsync(Row("E2"), 0));
        Assert.Equal(ChangeOutcome.ETagDiffers, await DeleteAsync("E1", "A2", 1));

        var contents = await _store.ReadContentsAsync([], default);
        Assert.Equal("A1", Assert.Single(contents.Resources).ETag);
        Assert.Equal(1, contents.SnapshotVersion);
    }

    [Fact]
    public async Task A_deletion_frees_aliases_and_takes_tags_and_invalidations_along()
    {
        await CreateAsync(Row("E1"), 0, aliases: ["a.test"], tags: [new("k", "v")]);
        await _store.AppendInvalidationAsync(Invalidation("E1", "r1"), default);

        Assert.Equal(ChangeOutcome.Applied, await DeleteAsync("E1", "A1", 1));

        Assert.Null(await _store.ReadTagsAsync(ResourceKind.Distribution, "E1", default));
        Assert.Empty(await _store.CountOpenInvalidationsAsync(default));
        Assert.Single(await _store.ReadLogAsync(0, 10, int.MaxValue, default));
        Assert.Equal(ChangeOutcome.Applied, await CreateAsync(Row("E2"), 2, aliases: ["a.test"]));
    }

    [Fact]
    public async Task Every_snapshot_version_is_kept()
    {
        await CreateAsync(Row("E1"), 0);
        await UpdateAsync(Row("E1", etag: "A2"), "A1", 1);

        Assert.Equal(new SnapshotRow(1, "{\"v\":1}", Now), await _store.FindSnapshotAsync(1, default));
        Assert.Equal(new SnapshotRow(2, "{\"v\":2}", Now), await _store.FindSnapshotAsync(2, default));
        Assert.Null(await _store.FindSnapshotAsync(3, default));
    }

    [Fact]
    public async Task Of_a_hundred_updates_with_one_etag_exactly_one_wins()
    {
        await CreateAsync(Row("E1"), 0);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => UpdateAsync(Row("E1", etag: $"B{i}"), "A1", 1)));

        var winner = Assert.Single(outcomes.Index(), outcome => outcome.Item == ChangeOutcome.Applied);
        Assert.Equal(99, outcomes.Count(outcome => outcome == ChangeOutcome.ETagDiffers));
        Assert.Equal($"B{winner.Index}", (await _store.FindResourceAsync(ResourceKind.Distribution, "E1", default))!.ETag);
    }

    [Fact]
    public async Task Of_a_hundred_creations_with_one_caller_reference_exactly_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _store.ChangeResourceAsync(
            new ResourceChange { Verb = ChangeVerb.Create, Row = Row($"E{i}") with { CallerReference = "c" }, BaseVersion = 0 }, default)));

        Assert.Single(outcomes, outcome => outcome == ChangeOutcome.Applied);
        Assert.Equal(99, outcomes.Count(outcome => outcome == ChangeOutcome.CallerReferenceTaken));
        Assert.Single((await _store.ReadContentsAsync([], default)).Resources);
    }

    [Fact]
    public async Task Sequences_of_concurrent_invalidations_have_no_gaps_and_no_doubles()
    {
        await CreateAsync(Row("E1"), 0);
        await CreateAsync(Row("E2"), 1);

        // Every fifth repeats a caller reference and every seventh exceeds a limit: neither may use up a number.
        var appended = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _store.AppendInvalidationAsync(
            Invalidation(i % 2 == 0 ? "E1" : "E2", i % 5 == 0 ? "same" : $"r{i}", i % 7 == 0 ? 0 : 10_000), default)));

        var sequences = appended.Where(result => result.Outcome == AppendOutcome.Appended).Select(result => result.Row!.Sequence).Order().ToList();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(number => (long)number), sequences);
        Assert.Equal(sequences, (await _store.ReadLogAsync(0, 1_000, int.MaxValue, default)).Select(row => row.Sequence));
        Assert.Equal(sequences.Count, (await _store.ReadHeadAsync(default)).LogEnd);
        Assert.Contains(appended, result => result.Outcome == AppendOutcome.Existing);
        Assert.Contains(appended, result => result.Outcome == AppendOutcome.TooManyPaths);
    }

    [Fact]
    public async Task A_repeated_caller_reference_returns_the_first_invalidation()
    {
        await CreateAsync(Row("E1"), 0);
        var first = await _store.AppendInvalidationAsync(Invalidation("E1", "r1"), default);

        var again = await _store.AppendInvalidationAsync(Invalidation("E1", "r1"), default);

        Assert.Equal(AppendOutcome.Existing, again.Outcome);
        Assert.Equal(first.Row!.Id, again.Row!.Id);
        Assert.Equal(first.Row.Paths, again.Row.Paths);
        Assert.Equal(AppendOutcome.NoSuchDistribution, (await _store.AppendInvalidationAsync(Invalidation("E2", "r1"), default)).Outcome);
    }

    [Fact]
    public async Task Quotas_count_what_is_open_and_nothing_else()
    {
        await CreateAsync(Row("E1"), 0);
        var three = Invalidation("E1", "r1", pathLimit: 4) with { WildcardLimit = 1 };
        three = three with { Row = three.Row with { Paths = ["/a", "/b", "/c*"], EffectivePaths = ["/a", "/b", "/c*"] } };
        Assert.Equal(AppendOutcome.Appended, (await _store.AppendInvalidationAsync(three, default)).Outcome);

        Assert.Equal(AppendOutcome.TooManyPaths, (await _store.AppendInvalidationAsync(three with { Row = three.Row with { Id = "I2", CallerReference = "r2" } }, default)).Outcome);
        var wildcard = three with { Row = three.Row with { Id = "I3", CallerReference = "r3", Paths = ["/d*"], EffectivePaths = ["/d*"] } };
        Assert.Equal(AppendOutcome.TooManyWildcards, (await _store.AppendInvalidationAsync(wildcard, default)).Outcome);
        await SettleAsync(new EdgeRow("e", "P", 0, 1));
        Assert.Equal(AppendOutcome.Appended, (await _store.AppendInvalidationAsync(wildcard, default)).Outcome);
    }

    [Fact]
    public async Task The_log_keeps_its_length_and_says_what_it_still_has()
    {
        await CreateAsync(Row("E1"), 0);
        Assert.Equal(new StoreHead(1, 0, 1) { Revision = 1 }, await _store.ReadHeadAsync(default));
        for (var i = 1; i <= 7; i++)
        {
            await _store.AppendInvalidationAsync(Invalidation("E1", $"r{i}") with { LogKept = 3 }, default);
        }

        Assert.Equal(new StoreHead(1, 7, 5) { Revision = 1 }, await _store.ReadHeadAsync(default));
        Assert.Equal([5L, 6, 7], (await _store.ReadLogAsync(0, 10, int.MaxValue, default)).Select(row => row.Sequence));
        Assert.Equal([6L], (await _store.ReadLogAsync(5, 1, int.MaxValue, default)).Select(row => row.Sequence));
        Assert.Equal([5L], (await _store.ReadLogAsync(0, 10, 1, default)).Select(row => row.Sequence));
        Assert.Equal(7, (await _store.ListInvalidationsAsync("E1", null, 100, default))!.Value.Length);
    }

    [Fact]
    public async Task Invalidations_are_listed_newest_first_from_behind_the_marker()
    {
        await CreateAsync(Row("E1"), 0);
        await CreateAsync(Row("E2"), 1);
        foreach (var reference in new[] { "r1", "r2", "r3" })
        {
            await _store.AppendInvalidationAsync(Invalidation("E1", reference), default);
            await _store.AppendInvalidationAsync(Invalidation("E2", reference), default);
        }

        var first = (await _store.ListInvalidationsAsync("E1", null, 2, default))!.Value;
        var second = (await _store.ListInvalidationsAsync("E1", first[^1].Id, 2, default))!.Value;

        Assert.Equal(["r3", "r2", "r1"], first.Concat(second).Select(row => row.CallerReference));
        Assert.Null(await _store.ListInvalidationsAsync("E1", "INONE", 2, default));
        Assert.Null(await _store.FindInvalidationAsync("E2", first[0].Id, default));
    }

    [Fact]
    public async Task Settling_deploys_and_completes_up_to_a_point_and_never_back()
    {
        await CreateAsync(Row("E1"), 0);
        await CreateAsync(Row("E2"), 1);
        await _store.AppendInvalidationAsync(Invalidation("E1", "r1"), default);
        await _store.AppendInvalidationAsync(Invalidation("E1", "r2"), default);

        await SettleAsync(new EdgeRow("e1", "P", 1, 2), new EdgeRow("e2", "P", 2, 1));
        await SettleAsync(new EdgeRow("e1", "P", 0, 0), new EdgeRow("e2", "P", 0, 0));

        Assert.Equal([true, false], (await _store.ReadContentsAsync([], default)).Resources.Select(row => row.Deployed));
        Assert.Equal([false, true], (await _store.ListInvalidationsAsync("E1", null, 9, default))!.Value.Select(row => row.Completed));
        Assert.Equal(1, (await _store.CountOpenInvalidationsAsync(default))["E1"]);
    }

    [Fact]
    public async Task Tags_are_set_replaced_and_removed_within_their_limit()
    {
        await CreateAsync(Row("E1"), 0, tags: [new("b", "1"), new("a", "2")]);
        TagChange Change(params TagRow[] set) => new(ResourceKind.Distribution, "E1", [.. set], [], 3);

        Assert.Equal(TagOutcome.Applied, await _store.ChangeTagsAsync(Change(new("b", "3"), new("c", "4")), default));
        Assert.Equal(TagOutcome.TooMany, await _store.ChangeTagsAsync(Change(new("a", "9"), new("d", "5")), default));
        Assert.Equal(TagOutcome.NotFound, await _store.ChangeTagsAsync(Change() with { Id = "E2" }, default));
        Assert.Equal([new("a", "2"), new("b", "3"), new TagRow("c", "4")], (await _store.ReadTagsAsync(ResourceKind.Distribution, "E1", default))!.Value);

        Assert.Equal(TagOutcome.Applied, await _store.ChangeTagsAsync(Change() with { Remove = ["a", "nothing"] }, default));
        Assert.Equal(["b", "c"], (await _store.ReadTagsAsync(ResourceKind.Distribution, "E1", default))!.Value.Select(tag => tag.Key));
    }

    [Fact]
    public async Task Without_an_edge_nothing_is_settled()
    {
        await CreateAsync(Row("E1"), 0);

        await SettleAsync();

        Assert.False((await _store.ReadContentsAsync([], default)).Resources[0].Deployed);
    }

    [Fact]
    public async Task Edges_are_remembered_with_what_they_acknowledged_and_forgotten_when_silent()
    {
        await CreateAsync(Row("E1"), 0);
        await _store.SaveEdgesAsync([new EdgeRow("e2", "B", 0, 0)], default);
        await _store.SaveEdgesAsync([new EdgeRow("e1", "A", 0, 3)], default);
        await _store.SaveEdgesAsync([new EdgeRow("e2", "C", 1, 2)], default);
        Assert.Equal([new("e1", "A", 0, 3), new EdgeRow("e2", "C", 1, 2)], await _store.ListEdgesAsync(TimeSpan.FromHours(1), default));

        // By a clock that runs on, all are silent but the one that a process hears as it settles.
        await _store.SettleAsync([new("e2", TimeSpan.FromHours(-1)), new("unknown", TimeSpan.Zero)], TimeSpan.FromMinutes(-30), default);

        Assert.Equal([new EdgeRow("e2", "C", 1, 2)], await _store.ListEdgesAsync(TimeSpan.FromHours(1), default));
        Assert.True((await _store.ReadContentsAsync([], default)).Resources[0].Deployed);
    }

    [Fact]
    public async Task An_edge_that_was_noted_or_revived_is_not_silent()
    {
        await CreateAsync(Row("E1"), 0);
        await _store.SaveEdgesAsync([new EdgeRow("e1", "A", 0, 0)], default);
        await _store.NoteEdgesAsync([new("e1", TimeSpan.FromHours(-1))], default);
        await _store.NoteEdgesAsync([new("e1", TimeSpan.FromHours(1))], default);

        await _store.SettleAsync([], TimeSpan.FromMinutes(-30), default);
        Assert.Single(await _store.ListEdgesAsync(TimeSpan.FromHours(1), default));
        await _store.ReviveEdgesAsync(default);
        await _store.SettleAsync([], TimeSpan.FromMinutes(30), default);
        Assert.Single(await _store.ListEdgesAsync(TimeSpan.FromHours(1), default));
        await _store.SettleAsync([], TimeSpan.FromMinutes(-30), default);
        Assert.Empty(await _store.ListEdgesAsync(TimeSpan.FromHours(1), default));
    }

    [Fact]
    public async Task Of_two_who_change_what_all_share_the_first_wins()
    {
        Assert.Null(await _store.FindSharedAsync("x", default));
        Assert.False(await _store.SwapSharedAsync(new SharedSwap("x", "a", "b"), default));
        Assert.Null(await _store.FindSharedAsync("x", default));

        Assert.True(await _store.SwapSharedAsync(new SharedSwap("x", null, "a"), default));
        Assert.False(await _store.SwapSharedAsync(new SharedSwap("x", null, "b"), default));
        Assert.Equal("a", await _store.FindSharedAsync("x", default));
        Assert.True(await _store.SwapSharedAsync(new SharedSwap("x", "a", "c"), default));
        Assert.False(await _store.SwapSharedAsync(new SharedSwap("x", "a", "d"), default));
        Assert.Equal("c", await _store.FindSharedAsync("x", default));
    }

    [Fact]
    public async Task The_head_tells_of_changes_that_cause_no_snapshot()
    {
        var before = (await _store.ReadHeadAsync(default)).Revision;
        await CreateAsync(Row("E1"), 0);
        var after = await _store.ReadHeadAsync(default);
        Assert.True(after.Revision > before);
        Assert.Equal(after.Revision, (await _store.ReadContentsAsync([], default)).Revision);
    }

    [Fact]
    public async Task Whoever_proposes_first_is_agreed_with()
    {
        var agreed = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _store.AgreeAsync("origin-access", $"{i}", default)));

        Assert.Single(agreed.Distinct());
        Assert.Equal(agreed[0], await _store.AgreeAsync("origin-access", "another", default));
        Assert.Equal("x", await _store.AgreeAsync("else", "x", default));
    }

    /// <summary>Without this a policy could be deleted by one process while another publishes a distribution that names it.</summary>
    [Fact]
    public async Task A_change_checked_before_another_resource_changed_is_refused_although_no_snapshot_moved()
    {
        await CreateAsync(Row("E1"), 0);
        var seen = await _store.ReadContentsAsync([], default);
        var policy = new ResourceChange { Verb = ChangeVerb.Create, Row = Row("P1") with { Kind = ResourceKind.CachePolicy }, BaseVersion = 1, BaseRevision = seen.Revision };

        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(policy, default));
        Assert.Equal(ChangeOutcome.SnapshotMoved, await _store.ChangeResourceAsync(policy with { Row = policy.Row with { Id = "P2" } }, default));

        seen = await _store.ReadContentsAsync([], default);
        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(policy with { Row = policy.Row with { Id = "P2" }, BaseRevision = seen.Revision }, default));
    }

    /// <summary>What a request names may hold anything that a URL can.</summary>
    [Fact]
    public async Task An_id_with_a_zero_byte_is_found_nowhere()
    {
        await CreateAsync(Row("E1"), 0);

        Assert.Null(await _store.FindResourceAsync(ResourceKind.Distribution, "E1\0", default));
        Assert.Null(await _store.ReadTagsAsync(ResourceKind.Distribution, "E1\0", default));
        Assert.Null(await _store.FindInvalidationAsync("E1", "I\0", default));
        Assert.Null(await _store.ListInvalidationsAsync("E1", "I\0", 1, default));
        Assert.Equal(TagOutcome.NotFound, await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1\0", [], [], 50), default));
    }

    protected static ResourceRow Row(string id, string etag = "A1") => new()
    {
        Kind = ResourceKind.Distribution,
        Id = id,
        ETag = etag,
        Body = "<x/>",
        ModifiedAt = Now,
    };

    protected static NewInvalidation Invalidation(string distribution, string reference, int pathLimit = 3_000) => new(
        new InvalidationRow
        {
            DistributionId = distribution,
            Id = "I" + Guid.NewGuid().ToString("N"),
            CallerReference = reference,
            Paths = ["/a"],
            EffectivePaths = ["/a"],
            CreatedAt = Now,
        },
        pathLimit, 15, 100_000);

    private async Task SettleAsync(params EdgeRow[] edges)
    {
        foreach (var edge in edges)
        {
            await _store.SaveEdgesAsync([edge], default);
        }

        await _store.SettleAsync([], TimeSpan.FromHours(1), default);
    }

    private Task<ChangeOutcome> CreateAsync(ResourceRow row, long baseVersion, ImmutableArray<string> aliases = default, ImmutableArray<TagRow> tags = default) =>
        ChangeAsync(ChangeVerb.Create, row, null, baseVersion, aliases, tags);

    private Task<ChangeOutcome> UpdateAsync(ResourceRow row, string expected, long baseVersion, ImmutableArray<string> aliases = default) =>
        ChangeAsync(ChangeVerb.Update, row, expected, baseVersion, aliases, default);

    private Task<ChangeOutcome> DeleteAsync(string id, string expected, long baseVersion) => ChangeAsync(ChangeVerb.Delete, Row(id), expected, baseVersion, default, default);

    private Task<ChangeOutcome> ChangeAsync(ChangeVerb verb, ResourceRow row, string? expected, long baseVersion, ImmutableArray<string> aliases, ImmutableArray<TagRow> tags) =>
        _store.ChangeResourceAsync(
            Change(verb, row, expected, baseVersion) with { Aliases = aliases.IsDefault ? [] : aliases, Tags = tags.IsDefault ? [] : tags }, default);

    private static ResourceChange Change(ChangeVerb verb, ResourceRow row, string? expected, long baseVersion) => new()
    {
        Verb = verb,
        Row = row.SnapshotVersion == 0 ? row with { SnapshotVersion = baseVersion + 1 } : row,
        ExpectedETag = expected,
        BaseVersion = baseVersion,
        Snapshot = new SnapshotRow(baseVersion + 1, $"{{\"v\":{baseVersion + 1}}}", Now),
    };
}
