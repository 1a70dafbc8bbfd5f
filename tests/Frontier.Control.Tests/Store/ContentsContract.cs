// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must answer to a reader that knows some of it already. Each store's test project derives from it.</summary>
public abstract class ContentsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, 123, TimeSpan.Zero);

    private IControlStore _store = null!;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_reader_is_given_only_the_rows_that_it_does_not_know()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1");
        await ChangeAsync(ChangeVerb.Create, "E2", "B1");
        await ChangeAsync(ChangeVerb.Create, "E3", "C1");
        var known = await _store.ReadContentsAsync([], default);
        Assert.Equal(["E1", "E2", "E3"], known.Resources.Select(row => row.Id));

        var same = await _store.ReadContentsAsync(known.Marks, default);
        Assert.Empty(same.Resources);
        Assert.Equal(known.Marks, same.Marks);

        await ChangeAsync(ChangeVerb.Update, "E2", "B2", "B1");
        await ChangeAsync(ChangeVerb.Delete, "E1", "A1", "A1");
        await ChangeAsync(ChangeVerb.Create, "E4", "D1");
        var after = await _store.ReadContentsAsync(known.Marks, default);
        Assert.Equal(["E2", "E4"], after.Resources.Select(row => row.Id));
        Assert.Equal(["B2", "D1"], after.Resources.Select(row => row.ETag));
        Assert.Equal([(known.Marks[1].Position, "B2"), (known.Marks[2].Position, "C1"), (after.Marks[2].Position, "D1")], after.Marks.Select(mark => (mark.Position, mark.ETag)));
        Assert.True(after.Marks[2].Position > known.Marks[2].Position);
        Assert.Equal((known.SnapshotVersion + 3, known.Revision + 3), (after.SnapshotVersion, after.Revision));
    }

    [Fact]
    public async Task The_tags_that_set_something_come_along_and_no_others()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1");
        await ChangeAsync(ChangeVerb.Create, "E2", "B1");
        await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E2", [new("frontier:x", "2"), new("frontier", "no"), new("frontierx", "no"), new("team", "no")], [], 50), default);
        await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("frontier:x", "1"), new("frontier:a", "0")], [], 50), default);

        var tags = (await _store.ReadContentsAsync([], default)).OwnTags;

        Assert.Equal(
            [new(ResourceKind.Distribution, "E1", "frontier:a", "0"), new(ResourceKind.Distribution, "E1", "frontier:x", "1"), new OwnTag(ResourceKind.Distribution, "E2", "frontier:x", "2")],
            tags);
    }

    [Fact]
    public async Task That_a_resource_was_deployed_is_told_without_its_row()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1");
        await ChangeAsync(ChangeVerb.Create, "E2", "B1");
        var known = await _store.ReadContentsAsync([], default);
        await _store.SaveEdgesAsync([new EdgeRow("e1", "P", 1, 0)], default);
        await _store.SettleAsync([], TimeSpan.FromHours(1), default);

        var after = await _store.ReadContentsAsync(known.Marks, default);

        Assert.Empty(after.Resources);
        Assert.Equal([false, false], known.Marks.Select(mark => mark.Deployed));
        Assert.Equal([true, false], after.Marks.Select(mark => mark.Deployed));
    }

    [Fact]
    public async Task A_resource_made_again_under_the_same_id_and_etag_is_another_one()
    {
        await ChangeAsync(ChangeVerb.Create, "E1", "A1");
        var known = await _store.ReadContentsAsync([], default);
        await ChangeAsync(ChangeVerb.Delete, "E1", "A1", "A1");
        await ChangeAsync(ChangeVerb.Create, "E1", "A1");

        var after = await _store.ReadContentsAsync(known.Marks, default);

        Assert.Equal("E1", Assert.Single(after.Resources).Id);
        Assert.True(Assert.Single(after.Marks).Position > known.Marks[0].Position);
    }

    private async Task ChangeAsync(ChangeVerb verb, string id, string etag, string? expected = null)
    {
        var version = (await _store.ReadHeadAsync(default)).SnapshotVersion;
        var change = new ResourceChange
        {
            Verb = verb,
            Row = new ResourceRow { Kind = ResourceKind.Distribution, Id = id, ETag = etag, Body = "<x/>", ModifiedAt = Now, SnapshotVersion = version + 1 },
            ExpectedETag = expected,
            BaseVersion = version,
            Snapshot = new SnapshotRow(version + 1, "{}", Now),
        };
        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(change, default));
    }
}
