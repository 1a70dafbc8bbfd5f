// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must do with access keys and the audit log. Each store's test project derives from it.</summary>
public abstract class CredentialsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, 123, TimeSpan.Zero);

    private IControlStore _store = null!;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Keys_are_read_as_they_were_stored_in_order_of_creation_and_every_change_moves_their_revision()
    {
        var before = await _store.ReadAccessKeysAsync(default);
        Assert.Empty(before.Keys);
        Assert.Equal(before.Revision, (await _store.ReadHeadAsync(default)).KeyRevision);

        await CreateAsync("K9", AccessKeyRole.Admin);
        await CreateAsync("K1", AccessKeyRole.ReadOnly);
        Assert.Equal(AccessKeyOutcome.Applied, (await UpdateAsync("K1", isActive: false)).Outcome);

        var after = await _store.ReadAccessKeysAsync(default);
        Assert.Equal([Row("K9", AccessKeyRole.Admin), Row("K1", AccessKeyRole.ReadOnly) with { IsActive = false }], after.Keys);
        Assert.Equal(before.Revision + 3, after.Revision);
        Assert.Equal(after.Revision, (await _store.ReadHeadAsync(default)).KeyRevision);
    }

    [Fact]
    public async Task A_key_that_is_not_there_cannot_be_changed()
    {
        await CreateAsync("K1", AccessKeyRole.Admin);

        Assert.Equal(AccessKeyOutcome.NotFound, (await UpdateAsync("k1", isActive: true)).Outcome);
        Assert.Equal(AccessKeyOutcome.NotFound, (await DeleteAsync("K1\0")).Outcome);
        Assert.Single((await _store.ReadAccessKeysAsync(default)).Keys);
    }

    [Fact]
    public async Task There_are_no_more_keys_than_a_creation_allows()
    {
        await CreateAsync("K1", AccessKeyRole.Admin);
        var change = new AccessKeyChange { Verb = ChangeVerb.Create, Row = Row("K2", AccessKeyRole.Admin), Limit = 1 };

        Assert.Equal(AccessKeyOutcome.TooMany, (await _store.ChangeAccessKeyAsync(change, default)).Outcome);
        Assert.Equal(AccessKeyOutcome.Applied, (await _store.ChangeAccessKeyAsync(change with { Limit = 2 }, default)).Outcome);
    }

    [Fact]
    public async Task The_last_active_admin_key_stays()
    {
        await CreateAsync("A1", AccessKeyRole.Admin);
        await CreateAsync("A2", AccessKeyRole.Admin);
        await CreateAsync("R1", AccessKeyRole.ReadOnly);

        Assert.Equal(AccessKeyOutcome.Applied, (await UpdateAsync("A2", isActive: false)).Outcome);
        Assert.Equal(AccessKeyOutcome.LastAdmin, (await UpdateAsync("A1", isActive: false)).Outcome);
        Assert.Equal(AccessKeyOutcome.LastAdmin, (await DeleteAsync("A1")).Outcome);
        Assert.Equal(AccessKeyOutcome.Applied, (await DeleteAsync("A2")).Outcome); // inactive: nothing is lost with it
        Assert.Equal(AccessKeyOutcome.Applied, (await DeleteAsync("R1")).Outcome);
        Assert.Equal([Row("A1", AccessKeyRole.Admin)], (await _store.ReadAccessKeysAsync(default)).Keys);
    }

    [Fact]
    public async Task Of_deletions_that_would_leave_no_admin_key_together_all_but_one_are_made()
    {
        for (var i = 0; i < 8; i++)
        {
            await CreateAsync($"A{i}", AccessKeyRole.Admin);
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => DeleteAsync($"A{i}")));

        Assert.Equal(7, outcomes.Count(static changed => changed.Outcome == AccessKeyOutcome.Applied));
        Assert.Single(outcomes, static changed => changed.Outcome == AccessKeyOutcome.LastAdmin);
        Assert.Single((await _store.ReadAccessKeysAsync(default)).Keys);
    }

    [Fact]
    public async Task When_a_key_was_used_never_goes_back_and_moves_no_revision()
    {
        await CreateAsync("K1", AccessKeyRole.Admin);
        var revision = (await _store.ReadAccessKeysAsync(default)).Revision;

        await _store.NoteAccessKeyUseAsync("K1", Now.AddHours(2), default);
        await _store.NoteAccessKeyUseAsync("K1", Now.AddHours(1), default);
        await _store.NoteAccessKeyUseAsync("K2", Now, default);

        var keys = await _store.ReadAccessKeysAsync(default);
        Assert.Equal(Now.AddHours(2), Assert.Single(keys.Keys).UsedAt);
        Assert.Equal(revision, keys.Revision);
    }

    [Fact]
    public async Task Forgotten_keys_are_all_gone_and_said_to_be()
    {
        await CreateAsync("A1", AccessKeyRole.Admin);
        await CreateAsync("R1", AccessKeyRole.ReadOnly);

        Assert.Equal(2, await _store.ForgetAccessKeysAsync(Call("ForgetAccessKeys"), default));

        Assert.Empty((await _store.ReadAccessKeysAsync(default)).Keys);
        Assert.Equal(["R1", "A1"], (await ReadAuditAsync()).Select(static entry => entry.ResourceId));
        Assert.Equal(3, (await _store.ReadAccessKeysAsync(default)).Revision);
    }

    [Fact]
    public async Task Every_change_leaves_an_entry_with_what_was_before_and_after()
    {
        var created = Change(ChangeVerb.Create, "E1", "A1", null, 0) with { Audit = Call("CreateDistribution") };
        await _store.ChangeResourceAsync(created, default);
        await _store.ChangeResourceAsync(Change(ChangeVerb.Update, "E1", "A2", "A1", 1) with { Audit = Call("UpdateDistribution") }, default);
        await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", "v")], [], 50) { Audit = Call("TagResource") }, default);
        await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("l", "w")], ["k"], 50) { Audit = Call("UntagResource") }, default);
        await _store.AppendInvalidationAsync(Invalidation("r1") with { Audit = Call("CreateInvalidation") }, default);
        await _store.ChangeResourceAsync(Change(ChangeVerb.Delete, "E1", "A2", "A2", 2) with { Audit = Call("DeleteDistribution") }, default);

        var entries = (await ReadAuditAsync()).Reverse().ToList();

        Assert.Equal(["CreateDistribution", "UpdateDistribution", "TagResource", "UntagResource", "CreateInvalidation", "DeleteDistribution"], entries.Select(static entry => entry.Operation));
        Assert.All(entries, static entry => Assert.Equal(("K1", "192.0.2.1", "request", "E1", Now, null), (entry.AccessKeyId, entry.Source, entry.RequestId, entry.ResourceId, entry.At, entry.Error)));
        Assert.Equal([(null, "A1"), ("A1", "A2"), (null, null), (null, null), (null, null), ("A2", null)], entries.Select(static entry => (entry.ETagBefore, entry.ETagAfter)));
        Assert.Equal([(null, "<A1 />"), ("<A1 />", "<A2 />")], entries.Take(2).Select(static entry => (entry.Before, entry.After)));
        Assert.Equal(("<A2 />", null), (entries[5].Before, entries[5].After));
        Assert.DoesNotContain("<Key>", entries[2].Before, StringComparison.Ordinal);
        Assert.Contains("<Key>k</Key><Value>v</Value>", entries[2].After, StringComparison.Ordinal);
        Assert.Contains("<Key>k</Key>", entries[3].Before, StringComparison.Ordinal);
        Assert.DoesNotContain("<Key>k</Key>", entries[3].After, StringComparison.Ordinal);
        Assert.Contains("<Key>l</Key>", entries[3].After, StringComparison.Ordinal);
        Assert.Contains("<Path>/a</Path>", entries[4].After, StringComparison.Ordinal);
        Assert.Equal(("Invalidation", "Distribution"), (entries[4].Kind, entries[0].Kind));
        Assert.Equal(entries.Select(static entry => entry.Sequence).Order(), entries.Select(static entry => entry.Sequence));
    }

    [Fact]
    public async Task A_change_that_is_not_made_leaves_no_entry()
    {
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 0), default);
        var update = Change(ChangeVerb.Update, "E1", "A2", "A1", 1) with { Audit = Call("U") };

        Assert.Equal(ChangeOutcome.ETagDiffers, await _store.ChangeResourceAsync(update with { ExpectedETag = "B" }, default));
        Assert.Equal(ChangeOutcome.SnapshotMoved, await _store.ChangeResourceAsync(update with { BaseVersion = 0 }, default));
        Assert.Equal(ChangeOutcome.ETagDiffers, await _store.ChangeResourceAsync(update with { Before = [update with { Row = Row("E1", "A9") }], ExpectedETag = "A1" }, default));
        Assert.Equal(TagOutcome.TooMany, await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", "v")], [], 0) { Audit = Call("T") }, default));
        Assert.Equal(AppendOutcome.TooManyPaths, (await _store.AppendInvalidationAsync(Invalidation("r1") with { PathLimit = 0, Audit = Call("I") }, default)).Outcome);
        Assert.Equal(AccessKeyOutcome.NotFound, (await _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Delete, Row = Row("K", AccessKeyRole.Admin), Audit = Call("D") }, default)).Outcome);

        Assert.Empty(await ReadAuditAsync());
    }

    [Fact]
    public async Task Of_a_change_to_several_resources_each_leaves_an_entry()
    {
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 0), default);
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E2", "B1", null, 1), default);
        var earlier = Change(ChangeVerb.Update, "E1", "A2", "A1", 2) with { Snapshot = null, Audit = Call("AssociateAlias") };

        await _store.ChangeResourceAsync(Change(ChangeVerb.Update, "E2", "B2", "B1", 2) with { Before = [earlier], Audit = Call("AssociateAlias") }, default);

        Assert.Equal([("E2", "B1", "B2"), ("E1", "A1", "A2")], (await ReadAuditAsync()).Select(static entry => (entry.ResourceId, entry.ETagBefore!, entry.ETagAfter!)));
    }

    /// <summary>Values of pairs may be secrets, and so may header values and code.</summary>
    [Fact]
    public async Task An_entry_holds_nothing_that_may_be_secret()
    {
        var store = Change(ChangeVerb.Create, "S1", "A1", null, 0) with { Row = Row("S1", "A1") with { Kind = ResourceKind.KeyValueStore }, KeyValues = new NewKeyValues("T0", [new("a", "sesame")]), Audit = Call("CreateKeyValueStore") };
        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(store, default));
        var pairs = new KeyValueChange { StoreId = "S1", ExpectedETag = "T0", ETag = "T1", ModifiedAt = Now, Puts = [new("b\u0001", "sésame")], Deletes = ["a"], ByteLimit = 1_000, Audit = Call("UpdateKeys") };
        Assert.Equal(KeyValueOutcome.Applied, (await _store.ChangeKeyValuesAsync(pairs, default)).Outcome);
        const string Body = "<D><Origins><OriginCustomHeader><HeaderName>X-Key</HeaderName><HeaderValue>sesame</HeaderValue></OriginCustomHeader></Origins><HeaderValue>shown</HeaderValue><FunctionCode>c2VzYW1l</FunctionCode></D>";
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 1) with { Row = Row("E1", "A1") with { Body = Body }, Audit = Call("CreateDistribution") }, default);

        var entries = await ReadAuditAsync();

        Assert.Equal(3, entries.Length);
        Assert.All(entries, static entry => Assert.DoesNotMatch("s[eé]same|c2VzYW1l", entry.Before + entry.After));
        Assert.Contains("X-Key", entries[0].After, StringComparison.Ordinal);
        Assert.Contains("<HeaderValue>shown</HeaderValue>", entries[0].After, StringComparison.Ordinal);
        Assert.Contains("6 bytes, SHA-256 d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272", entries[0].After, StringComparison.Ordinal);
        Assert.Contains("<Key>b\uFFFD</Key><ValueBytes>7</ValueBytes>", entries[1].After, StringComparison.Ordinal);
        Assert.Contains("<Delete><Key>a</Key></Delete>", entries[1].After, StringComparison.Ordinal);
        Assert.Equal(("T0", "T1"), (entries[1].ETagBefore, entries[1].ETagAfter));
    }

    [Fact]
    public async Task A_document_that_is_too_long_is_cut_and_says_so()
    {
        var body = $"<D>{new string('x', 100_000)}</D>";
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 0) with { Row = Row("E1", "A1") with { Body = body }, Audit = Call("C") }, default);

        var after = Assert.Single(await ReadAuditAsync()).After!;

        Assert.Equal(AuditLimits.LongestDocument, after.Length);
        Assert.EndsWith("… (cut: 100007 characters)", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_found_by_time_resource_and_key_newest_first_and_page_by_page()
    {
        for (var i = 0; i < 6; i++)
        {
            await _store.AppendAuditAsync(Refusal($"E{i % 2}", $"K{i % 3}") with { At = Now.AddHours(i) }, 100, default);
        }

        var all = await ReadAuditAsync();

        Assert.Equal([5, 4, 3, 2, 1, 0], all.Select(static entry => (entry.At - Now).Hours));
        Assert.Equal([5, 4], Hours(await _store.ReadAuditAsync(new AuditQuery(long.MaxValue, 10) { Since = Now.AddHours(4) }, default)));
        Assert.Equal([4, 2, 0], Hours(await _store.ReadAuditAsync(new AuditQuery(long.MaxValue, 10) { ResourceId = "E0" }, default)));
        Assert.Equal([4], Hours(await _store.ReadAuditAsync(new AuditQuery(long.MaxValue, 10) { ResourceId = "E0", AccessKeyId = "K1" }, default)));
        Assert.Equal([3, 2], Hours(await _store.ReadAuditAsync(new AuditQuery(all[1].Sequence, 2), default)));
        Assert.Empty(await _store.ReadAuditAsync(new AuditQuery(long.MaxValue, 10) { ResourceId = "E0\0" }, default));

        static IEnumerable<int> Hours(ImmutableArray<AuditRow> rows) => rows.Select(static row => (row.At - Now).Hours);
    }

    /// <summary>Whoever may change nothing cannot fill the log until the changes are gone.</summary>
    [Fact]
    public async Task Old_entries_are_dropped_changes_and_refusals_each_by_their_own_number()
    {
        var call = Call("TagResource") with { Kept = 10 };
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 0), default);
        for (var i = 0; i < 20; i++)
        {
            await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", $"{i}")], [], 50) { Audit = call }, default);
        }

        for (var i = 0; i < 2 * AuditLimits.PruneEvery; i++)
        {
            await _store.AppendAuditAsync(Refusal("E1", "K1"), 30, default);
        }

        var entries = await ReadAuditAsync();
        Assert.Equal(20, entries.Count(static entry => entry.Error is null));
        Assert.InRange(entries.Count(static entry => entry.Error is not null), 30, 30 + AuditLimits.PruneEvery);

        for (var i = 0; i < AuditLimits.PruneEvery; i++)
        {
            await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", $"{i}")], [], 50) { Audit = call }, default);
        }

        Assert.InRange((await ReadAuditAsync()).Count(static entry => entry.Error is null), 10, 10 + AuditLimits.PruneEvery);
    }

    /// <summary>By this a call is known that somebody recorded, whichever process made it.</summary>
    [Fact]
    public async Task The_first_change_of_a_call_is_found_by_what_was_signed()
    {
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 0), default);
        foreach (var hour in new[] { 3, 1, 2 })
        {
            var call = Call("TagResource") with { At = Now.AddHours(hour), Signed = "0123456789abcdef0123456789abcdef" };
            await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", $"{hour}")], [], 50) { Audit = call }, default);
        }

        await _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", "x")], [], 50) { Audit = Call("TagResource") }, default);

        Assert.Equal(Now.AddHours(1), await _store.FindCallAsync("0123456789abcdef0123456789abcdef", default));
        Assert.Null(await _store.FindCallAsync("0123456789ABCDEF0123456789ABCDEF", default));
        Assert.Equal(3, (await ReadAuditAsync()).Count(static entry => entry.Signed is "0123456789abcdef0123456789abcdef"));
    }

    [Fact]
    public async Task Changes_at_once_leave_an_entry_each()
    {
        await _store.ChangeResourceAsync(Change(ChangeVerb.Create, "E1", "A1", null, 0), default);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? _store.ChangeTagsAsync(new TagChange(ResourceKind.Distribution, "E1", [new("k", $"{i}")], [], 50) { Audit = Call($"Tag{i}") }, default)
            : (Task)_store.AppendInvalidationAsync(Invalidation($"r{i}") with { Audit = Call($"Invalidate{i}") }, default)));

        var entries = await ReadAuditAsync();
        Assert.Equal(40, entries.Select(static entry => entry.Operation).Distinct().Count());
        Assert.Equal(40, entries.Select(static entry => entry.Sequence).Distinct().Count());
    }

    private static AuditCall Call(string operation) => new(Now, "K1", "192.0.2.1", operation, "request", 100_000);

    private static AuditRow Refusal(string resource, string key) => new()
    {
        At = Now,
        AccessKeyId = key,
        Source = "192.0.2.1",
        Operation = "DeleteDistribution",
        RequestId = "request",
        Kind = "",
        ResourceId = resource,
        Error = "AccessDenied",
    };

    private static AccessKeyRow Row(string id, AccessKeyRole role) => new() { Id = id, Role = role, IsActive = true, Description = "ü", CreatedAt = Now, SealedSecret = "sealed " + id };

    private static ResourceRow Row(string id, string etag) => new() { Kind = ResourceKind.Distribution, Id = id, ETag = etag, Body = $"<{etag} />", ModifiedAt = Now, SnapshotVersion = 1 };

    private static ResourceChange Change(ChangeVerb verb, string id, string etag, string? expected, long baseVersion) => new()
    {
        Verb = verb,
        Row = Row(id, etag),
        ExpectedETag = expected,
        BaseVersion = baseVersion,
        Snapshot = new SnapshotRow(baseVersion + 1, "{}", Now),
    };

    private static NewInvalidation Invalidation(string reference) => new(
        new InvalidationRow { DistributionId = "E1", Id = "I" + reference, CallerReference = reference, Paths = ["/a"], EffectivePaths = ["/a"], CreatedAt = Now }, 1_000, 1_000, 1_000);

    private Task<ImmutableArray<AuditRow>> ReadAuditAsync() => _store.ReadAuditAsync(new AuditQuery(long.MaxValue, 1_000), default);

    private async Task CreateAsync(string id, AccessKeyRole role) =>
        Assert.Equal(AccessKeyOutcome.Applied, (await _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Create, Row = Row(id, role) }, default)).Outcome);

    private Task<AccessKeyChanged> UpdateAsync(string id, bool isActive) =>
        _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Update, Row = Row(id, default(AccessKeyRole)) with { IsActive = isActive } }, default);

    private Task<AccessKeyChanged> DeleteAsync(string id) => _store.ChangeAccessKeyAsync(new AccessKeyChange { Verb = ChangeVerb.Delete, Row = Row(id, default(AccessKeyRole)) }, default);
}
