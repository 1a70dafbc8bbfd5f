// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must do with the pairs of key value stores. Each store's test project derives from it.</summary>
public abstract class KeyValueContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, 123, TimeSpan.Zero);

    private IControlStore _store = null!;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_store_begins_with_the_pairs_of_its_creation()
    {
        await CreateAsync("s", [new("b", "1"), new("ä", "zwei")]);

        Assert.Equal(new KeyValueHead("T0", 2, 2 + 6, Now, Now), await _store.ReadKeyValueHeadAsync("s", default));
        Assert.Equal("zwei", (await _store.FindKeyValueAsync("s", "ä", default))!.Value);
        Assert.Equal(new KeyValueFound((await _store.ReadKeyValueHeadAsync("s", default))!, null), await _store.FindKeyValueAsync("s", "B", default));
    }

    [Fact]
    public async Task What_is_no_store_has_no_pairs()
    {
        await CreateAsync("s", []);

        Assert.Null(await _store.ReadKeyValueHeadAsync("t", default));
        Assert.Null(await _store.FindKeyValueAsync("t", "a", default));
        Assert.Null(await _store.ListKeyValuesAsync("t", "", 10, default));
        Assert.Equal(new KeyValueChanged(KeyValueOutcome.NotFound, null), await _store.ChangeKeyValuesAsync(Change("T0", "T1") with { StoreId = "t" }, default));
    }

    [Fact]
    public async Task A_refused_creation_leaves_no_pairs()
    {
        await CreateAsync("s", [new("a", "1")]);

        Assert.Equal(ChangeOutcome.NameTaken, await CreateAsync("t", [new("a", "2")], name: "s"));

        Assert.Null(await _store.ReadKeyValueHeadAsync("t", default));
        Assert.Equal("1", (await _store.FindKeyValueAsync("s", "a", default))!.Value);
    }

    [Fact]
    public async Task A_change_puts_replaces_and_removes_and_counts_what_is_there_afterwards()
    {
        await CreateAsync("s", [new("a", "1"), new("b", "22"), new("c", "")]);
        var later = Now.AddSeconds(1);

        var changed = await _store.ChangeKeyValuesAsync(Change("T0", "T1") with { ModifiedAt = later, Puts = [new("b", "€"), new("d", "4")], Deletes = ["a", "nothing"] }, default);

        var head = new KeyValueHead("T1", 3, 4 + 1 + 2, Now, later);
        Assert.Equal(new KeyValueChanged(KeyValueOutcome.Applied, head), changed);
        Assert.Equal(head, await _store.ReadKeyValueHeadAsync("s", default));
        Assert.Equal([new("b", "€"), new("c", ""), new KeyValueRow("d", "4")], (await _store.ListKeyValuesAsync("s", "", 10, default))!.Items);
    }

    [Fact]
    public async Task A_change_with_a_stale_etag_or_past_the_limit_changes_nothing()
    {
        await CreateAsync("s", [new("a", "1")]);

        Assert.Equal(KeyValueOutcome.ETagDiffers, (await _store.ChangeKeyValuesAsync(Change("T9", "T1") with { Puts = [new("b", "2")] }, default)).Outcome);
        Assert.Equal(KeyValueOutcome.TooLarge, (await _store.ChangeKeyValuesAsync(Change("T0", "T1") with { Puts = [new("b", "2")], Deletes = ["a"], ByteLimit = 1 }, default)).Outcome);
        Assert.Equal(new KeyValueHead("T0", 1, 2, Now, Now), await _store.ReadKeyValueHeadAsync("s", default));
        Assert.Equal([new KeyValueRow("a", "1")], (await _store.ListKeyValuesAsync("s", "", 10, default))!.Items);

        var exact = Change("T0", "T1") with { Puts = [new("b", "2")], Deletes = ["a"], ByteLimit = 2 };
        Assert.Equal(KeyValueOutcome.Applied, (await _store.ChangeKeyValuesAsync(exact, default)).Outcome);
    }

    [Fact]
    public async Task Of_fifty_changes_with_one_etag_exactly_one_wins()
    {
        await CreateAsync("s", []);

        var changed = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _store.ChangeKeyValuesAsync(Change("T0", $"U{i}") with { Puts = [new($"k{i}", "v")] }, default)));

        var winner = Assert.Single(changed.Index(), outcome => outcome.Item.Outcome == KeyValueOutcome.Applied);
        Assert.Equal(49, changed.Count(outcome => outcome.Outcome == KeyValueOutcome.ETagDiffers));
        Assert.Equal($"k{winner.Index}", Assert.Single((await _store.ListKeyValuesAsync("s", "", 100, default))!.Items).Key);
    }

    [Fact]
    public async Task Pairs_are_listed_in_order_of_the_bytes_of_their_keys_from_behind_any_text()
    {
        string[] keys = ["a", "B", "ab", "a/b", "Z", "z", "é", "\uFFFD", "\U0001F600", "_", "10", "9"];
        await CreateAsync("s", [.. keys.Select(key => new KeyValueRow(key, "v" + key))]);
        await CreateAsync("t", [new("other", "x")]);
        var expected = keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal).ToList();

        Assert.Equal(expected, (await _store.ListKeyValuesAsync("s", "", 100, default))!.Items.Select(item => item.Key));
        Assert.Equal(expected[..5], (await _store.ListKeyValuesAsync("s", "", 5, default))!.Items.Select(item => item.Key));
        Assert.Equal(expected[5..], (await _store.ListKeyValuesAsync("s", expected[4], 100, default))!.Items.Select(item => item.Key));
        Assert.Equal(["ab", "z"], (await _store.ListKeyValuesAsync("s", "aa", 2, default))!.Items.Select(item => item.Key));
    }

    [Fact]
    public async Task Changing_the_resource_leaves_its_pairs_and_deleting_it_takes_them_along()
    {
        await CreateAsync("s", [new("a", "1")]);
        Assert.Equal(ChangeOutcome.Applied, await ChangeResourceAsync(ChangeVerb.Update, Row("s", "s") with { ETag = "A2" }, "A1", null));
        Assert.Equal(("T0", "1"), ((await _store.FindKeyValueAsync("s", "a", default))!.Head.ETag, (await _store.FindKeyValueAsync("s", "a", default))!.Value));

        Assert.Equal(ChangeOutcome.Applied, await ChangeResourceAsync(ChangeVerb.Delete, Row("s", "s"), "A2", null));

        Assert.Null(await _store.ReadKeyValueHeadAsync("s", default));
        await CreateAsync("s", []);
        Assert.Empty((await _store.ListKeyValuesAsync("s", "", 10, default))!.Items);
    }

    [Fact]
    public async Task Five_megabytes_of_pairs_come_and_one_of_them_changes()
    {
        ImmutableArray<KeyValueRow> items = [.. Enumerable.Range(0, 5_000).Select(i => new KeyValueRow($"key-{i:D6}", new string('v', 1_024)))];
        await CreateAsync("s", items);

        var changed = await _store.ChangeKeyValuesAsync(Change("T0", "T1") with { Puts = [new("key-004999", "short")] }, default);

        Assert.Equal(5_000, changed.Head!.ItemCount);
        Assert.Equal((5_000L * (10 + 1_024)) - 1_024 + 5, changed.Head.TotalBytes);
        var tail = (await _store.ListKeyValuesAsync("s", "key-004997", 10, default))!.Items;
        Assert.Equal([items[4_998], new("key-004999", "short")], tail);
    }

    private static KeyValueChange Change(string expected, string next) => new() { StoreId = "s", ExpectedETag = expected, ETag = next, ModifiedAt = Now, ByteLimit = 10_000_000 };

    private static ResourceRow Row(string id, string name) => new() { Kind = ResourceKind.KeyValueStore, Id = id, Name = name, ETag = "A1", Body = "<x/>", ModifiedAt = Now };

    private Task<ChangeOutcome> CreateAsync(string id, ImmutableArray<KeyValueRow> items, string? name = null) =>
        ChangeResourceAsync(ChangeVerb.Create, Row(id, name ?? id), null, new NewKeyValues("T0", items));

    private Task<ChangeOutcome> ChangeResourceAsync(ChangeVerb verb, ResourceRow row, string? expected, NewKeyValues? keyValues) =>
        _store.ChangeResourceAsync(new ResourceChange { Verb = verb, Row = row, ExpectedETag = expected, BaseVersion = 0, KeyValues = keyValues }, default);
}
