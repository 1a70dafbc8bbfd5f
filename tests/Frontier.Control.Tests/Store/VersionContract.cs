// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must do with versions of resources. Each store's test project derives from it.</summary>
public abstract class VersionContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, 123, TimeSpan.Zero);

    private IControlStore _store = null!;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Versions_are_numbered_from_one_and_listed_newest_first()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, new NewVersion("AK1", "Create", 0, "<one/>", 10));
        await ChangeAsync(ChangeVerb.Create, "E2", "B1", null, new NewVersion("AK1", "Create", 0, "<other/>", 10));
        await ChangeAsync(ChangeVerb.Update, "E1", "A2", "A1", new NewVersion("AK2", "Update", 0, "<two/>", 10), Now.AddSeconds(1));
        await ChangeAsync(ChangeVerb.Update, "E1", "A3", "A2", new NewVersion("AK3", "RollBack", 1, "<one/>", 10), Now.AddSeconds(2));

        VersionHead[] expected =
        [
            new(3, Now.AddSeconds(2), "AK3", "RollBack", 1, "A3"), new(2, Now.AddSeconds(1), "AK2", "Update", 0, "A2"), new(1, Now, "AK1", "Create", 0, "A1"),
        ];
        Assert.Equal(expected, (await ListAsync("E1"))!);
        Assert.Equal(expected[1..2], (await _store.ListVersionsAsync(ResourceKind.Distribution, "E1", 3, 1, default))!.Value);
        Assert.Equal([], (await _store.ListVersionsAsync(ResourceKind.Distribution, "E1", 1, 10, default))!.Value);
        Assert.Equal(new VersionRow(expected[1], "<two/>"), await _store.FindVersionAsync(ResourceKind.Distribution, "E1", 2, default));
        Assert.Equal("<other/>", (await _store.FindVersionAsync(ResourceKind.Distribution, "E2", 1, default))!.Body);
    }

    [Fact]
    public async Task What_is_not_there_has_no_versions()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, new NewVersion("AK1", "Create", 0, "<one/>", 10));

        Assert.Null(await ListAsync("E2"));
        Assert.Null(await ListAsync("E1\0"));
        Assert.Null(await _store.ListVersionsAsync(ResourceKind.CachePolicy, "E1", long.MaxValue, 10, default));
        Assert.Null(await _store.FindVersionAsync(ResourceKind.Distribution, "E1", 2, default));
        Assert.Null(await _store.FindVersionAsync(ResourceKind.Distribution, "E1", 0, default));
        Assert.Null(await _store.FindVersionAsync(ResourceKind.Distribution, "E2", 1, default));
        Assert.Null(await _store.FindVersionAsync(ResourceKind.Distribution, "E1\0", 1, default));
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_no_version()
    {
        var version = new NewVersion("AK1", "Update", 0, "<two/>", 10);
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, version);
        var head = await _store.ReadHeadAsync(default);

        Assert.Equal(ChangeOutcome.ETagDiffers, await ChangeAsync(ChangeVerb.Update, "E1", "A2", "other", version));
        Assert.Equal(ChangeOutcome.SnapshotMoved, await _store.ChangeResourceAsync(Change(ChangeVerb.Update, "E1", "A2", "A1", version, Now, head.SnapshotVersion - 1), default));
        var whole = Change(ChangeVerb.Update, "E2", "B2", "B1", version, Now, head.SnapshotVersion);
        var first = Change(ChangeVerb.Update, "E1", "A2", "A1", version, Now, head.SnapshotVersion) with { Snapshot = null };
        Assert.Equal(ChangeOutcome.NotFound, await _store.ChangeResourceAsync(whole with { Before = [first] }, default));

        Assert.Single((await ListAsync("E1"))!);
    }

    [Fact]
    public async Task Changes_made_together_make_a_version_each()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, new NewVersion("AK1", "Create", 0, "<one/>", 10));
        await ChangeAsync(ChangeVerb.Create, "E2", "B1", null, new NewVersion("AK1", "Create", 0, "<one/>", 10));
        var head = await _store.ReadHeadAsync(default);
        var moved = new NewVersion("AK2", "Move", 0, "<moved/>", 10);
        var change = Change(ChangeVerb.Update, "E2", "B2", "B1", moved, Now, head.SnapshotVersion);

        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(
            change with { Before = [Change(ChangeVerb.Update, "E1", "A2", "A1", moved, Now, head.SnapshotVersion) with { Snapshot = null }] }, default));

        Assert.Equal("A2", (await ListAsync("E1"))![0].ETag);
        Assert.Equal("B2", (await ListAsync("E2"))![0].ETag);
    }

    [Fact]
    public async Task Only_the_newest_are_kept_and_numbers_go_on()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, new NewVersion("AK1", "Create", 0, "<x/>", 3));
        for (var number = 2; number <= 6; number++)
        {
            await ChangeAsync(ChangeVerb.Update, "E1", $"A{number}", $"A{number - 1}", new NewVersion("AK1", "Update", 0, "<x/>", 3));
        }

        Assert.Equal([6, 5, 4], (await ListAsync("E1"))!.Select(version => version.Number));
        Assert.Null(await _store.FindVersionAsync(ResourceKind.Distribution, "E1", 3, default));
    }

    [Fact]
    public async Task A_deletion_takes_its_versions_along()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, new NewVersion("AK1", "Create", 0, "<x/>", 10));
        await ChangeAsync(ChangeVerb.Delete, "E1", "A1", "A1", null);
        Assert.Null(await ListAsync("E1"));

        await ChangeAsync(ChangeVerb.Create, "E1", "B1", null, new NewVersion("AK1", "Create", 0, "<again/>", 10));

        Assert.Equal([1], (await ListAsync("E1"))!.Select(version => version.Number));
        Assert.Equal("<again/>", (await _store.FindVersionAsync(ResourceKind.Distribution, "E1", 1, default))!.Body);
    }

    [Fact]
    public async Task Of_concurrent_changes_each_that_wins_has_one_number()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1", null, new NewVersion("AK1", "Create", 0, "<x/>", 100));
        var head = await _store.ReadHeadAsync(default);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(attempt => _store.ChangeResourceAsync(
            Change(ChangeVerb.Update, "E1", $"B{attempt}", "A1", new NewVersion($"AK{attempt}", "Update", 0, "<x/>", 100), Now, head.SnapshotVersion), default)));

        var winner = Array.IndexOf(outcomes, ChangeOutcome.Applied);
        Assert.Single(outcomes, ChangeOutcome.Applied);
        Assert.Equal([(2, $"AK{winner}"), (1, "AK1")], (await ListAsync("E1"))!.Select(version => (version.Number, version.AccessKeyId)));
    }

    private static ResourceChange Change(ChangeVerb verb, string id, string etag, string? expected, NewVersion? version, DateTimeOffset time, long baseVersion) => new()
    {
        Verb = verb,
        Row = new ResourceRow { Kind = ResourceKind.Distribution, Id = id, ETag = etag, Body = "<x/>", ModifiedAt = time, SnapshotVersion = baseVersion + 1 },
        ExpectedETag = expected,
        Version = version,
        BaseVersion = baseVersion,
        Snapshot = new SnapshotRow(baseVersion + 1, "{}", time),
    };

    private async Task<IReadOnlyList<VersionHead>?> ListAsync(string id) => await _store.ListVersionsAsync(ResourceKind.Distribution, id, long.MaxValue, 100, default);

    private async Task<ChangeOutcome> ChangeAsync(ChangeVerb verb, string id, string etag, string? expected, NewVersion? version, DateTimeOffset? time = null)
    {
        var head = await _store.ReadHeadAsync(default);
        return await _store.ChangeResourceAsync(Change(verb, id, etag, expected, version, time ?? Now, head.SnapshotVersion), default);
    }
}
